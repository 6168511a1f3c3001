import { describe, expect, it } from 'vitest';
import { Cards } from './cards.svelte';

const ended = { card: 'ended' as const, at: 1, hot_wash: [] };
const closed = (team: string) => ({ card: 'closed' as const, inject: 'mail', team, at: 1 });

describe('cards', () => {
  it('keeps the last card of a key and removes on request', () => {
    const cards = new Cards();
    cards.put([{ key: 'ended', card: ended }, { key: 'closed/mail/a', card: closed('a') }]);
    cards.put([{ key: 'closed/mail/a', card: { ...closed('a'), at: 2 } }]);
    expect(cards.get('closed', 'mail', 'a')?.at).toBe(2);
    cards.put([{ key: 'closed/mail/a', card: null }]);
    expect(cards.list('closed')).toEqual([]);
    expect(cards.get('ended')).toEqual(ended);
  });
  it('drops on a reset what is not in it', () => {
    const cards = new Cards();
    cards.put([{ key: 'ended', card: ended }, { key: 'closed/mail/a', card: closed('a') }]);
    cards.reset([{ key: 'closed/mail/b', card: closed('b') }]);
    expect(cards.get('ended')).toBeUndefined();
    expect(cards.list('closed').map((card) => card.team)).toEqual(['b']);
  });
  it('drops on a reset the values that are not in it', () => {
    const cards = new Cards();
    const presence = (online: string[]) => ({ value: 'presence' as const, team: 'a', online, writing: {} });
    cards.putValue('presence/a', presence(['p']));
    cards.putValue('presence/b', presence(['q']));
    cards.resetValues([{ key: 'presence/b', value: presence([]) }]);
    expect(cards.value('presence', 'a')).toBeUndefined();
    expect(cards.value('presence', 'b')?.online).toEqual([]);
  });
  it('takes the same frame twice without harm', () => {
    const cards = new Cards();
    const frame = [{ key: 'closed/mail/a', card: closed('a') }];
    cards.put(frame);
    cards.put(frame);
    expect(cards.list('closed')).toHaveLength(1);
  });
});
