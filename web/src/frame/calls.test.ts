import { describe, expect, it } from 'vitest';
import type { CardOf } from '../api/names';
import { Cards } from '../live/cards.svelte';
import { callsOf, ownOpenCall, type Standing } from './calls';

const prose = (text: string) => ({ part: text, text });
const duff = (item: string, over: Partial<CardOf<'duff'>> = {}): CardOf<'duff'> => ({
  card: 'duff', item, team: 't', by: 'ana', text: prose('fire'), call_back: prose('+1'), escalates_at: 30_000, at: 0, ...over,
});

/** A call and how it stands. */
function told(standing: Standing, decision: number | null = null): Cards {
  const cards = new Cards();
  cards.put([
    { key: 'duff/a', card: duff('a') },
    { key: 'duff_state/a', card: { card: 'duff_state', item: 'a', standing, decision, at: 9 } },
  ]);
  return cards;
}

describe('calls of NO DUFF', () => {
  it('count down to the moment when play stands for everybody', () => {
    const cards = told('open');
    expect(callsOf(cards, 10_000)[0]).toMatchObject({ open: true, widensIn: 20_000 });
    expect(callsOf(cards, 40_000)[0]?.widensIn).toBe(0);
    expect(callsOf(told('team_only'), 10_000)[0]).toMatchObject({ open: true, widensIn: null });
    cards.put([{ key: 'suspension', card: { card: 'suspension', team: null, at: 2 } }]);
    expect(callsOf(cards, 10_000)[0]?.widensIn).toBeNull();
  });
  it('are open or closed as the engine says', () => {
    const open: Standing[] = ['open', 'team_only', 'all_stand', 'widened'];
    expect(open.map((standing) => callsOf(told(standing), 10)[0]?.open)).toEqual([true, true, true, true]);
    expect((['stood_down', 'lifted'] as const).map((standing) => callsOf(told(standing), 10)[0]?.open)).toEqual([false, false]);
  });
  it('name the decision that answers them', () => {
    const cards = told('lifted', 7);
    cards.put([{ key: 'decision/7', card: { card: 'decision', team: null, text: prose('go on'), at: 9 } }]);
    expect(callsOf(cards, 10)[0]?.lifted?.text.text).toBe('go on');
  });
  it('are one a person', () => {
    const cards = told('open');
    cards.put([{ key: 'duff/b', card: duff('b', { by: 'ben' }) }]);
    expect(ownOpenCall(callsOf(cards, 0), 'ben')?.card.item).toBe('b');
    expect(ownOpenCall(callsOf(cards, 0), 'cleo')).toBeUndefined();
  });
});
