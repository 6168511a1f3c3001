import { describe, expect, it } from 'vitest';
import type { Card, Reader } from '../api/names';
import { Cards } from '../live/cards.svelte';
import { maySubmit, sendersOf } from './delegates';

const person = (id: string, role: 'team_lead' | 'player', team = 't'): [string, Card] => [`person/${id}`, { card: 'person', person: id, role, team }];
const delegate = (id: string, team = 't'): [string, Card] => [`delegate/${team}/${id}`, { card: 'delegate', person: id, team }];
function holding(...all: [string, Card][]): Cards {
  const cards = new Cards();
  cards.put(all.map(([key, card]) => ({ key, card })));
  return cards;
}
const reader = (id: string, role: Reader['role'] = 'player') => ({ person: id, role, team: 't' }) as Reader;

describe('the official answer', () => {
  it('is sent by the lead and by whoever the lead named', () => {
    const cards = holding(person('ana', 'team_lead'), person('ben', 'player'), person('cleo', 'player'), delegate('ben'));
    expect([reader('ana', 'team_lead'), reader('ben'), reader('cleo')].map((one) => maySubmit(cards, one))).toEqual([true, true, false]);
    expect(sendersOf(cards, 't')).toEqual(['ana', 'ben']);
  });
  it('is sent by everybody while nobody leads; leads and delegates of other teams say nothing', () => {
    const cards = holding(person('ben', 'player'), person('dee', 'team_lead', 'u'), delegate('ben', 'u'));
    expect(maySubmit(cards, reader('ben'))).toBe(true);
    expect(sendersOf(cards, 't')).toEqual([]);
  });
});
