import { describe, expect, it } from 'vitest';
import type { CardOf } from '../api/names';
import { aliasOf, letters, ownName, peersOf } from './peers';

const contact = (alias: string | null, for_team: boolean) => ({ alias, for_team, name: `Name ${alias}`, role: 'role', address: 'x@y.example' });
const contacts = [contact('cirt-a', true), contact('cirt-b', true), contact('ministry', false), contact(null, false)];
const peer = (item: string, at: number, from: string | null): CardOf<'peer'> => ({
  card: 'peer', item, from, from_name: 'Name cirt-b', to_names: [], to: [], text: { part: item, text: item }, tlp: 'amber', at,
});

describe('peers', () => {
  it('are the aliases of other teams, not people of the story', () => {
    expect(peersOf(contacts, 'cirt-a').map((one) => one.alias)).toEqual(['cirt-b']);
    expect(peersOf(contacts, null).map((one) => one.alias)).toEqual(['cirt-a', 'cirt-b']);
    expect(ownName(contacts, 'cirt-a')).toBe('Name cirt-a');
    expect(ownName(contacts, null)).toBeNull();
  });
  it('write letters, the newest on top, told apart by who sent them', () => {
    expect(letters([peer('a', 1, 'us'), peer('b', 2, null)], 'us').map((one) => [one.card.item, one.sent])).toEqual([['b', false], ['a', true]]);
    expect(letters([peer('b', 2, null)], null)[0]?.sent).toBe(false);
  });
  it('are answered by the name on the letter', () => {
    expect(aliasOf(peersOf(contacts, 'cirt-a'), 'Name cirt-b')).toBe('cirt-b');
    expect(aliasOf([], 'Name cirt-b')).toBeUndefined();
  });
});
