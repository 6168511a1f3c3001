import { describe, expect, it } from 'vitest';
import type { CardOf } from '../api/names';
import { callsOf, ownOpenCall } from './calls';

const prose = (text: string) => ({ part: text, text });
const duff = (item: string, over: Partial<CardOf<'duff'>> = {}): CardOf<'duff'> => ({
  card: 'duff', item, team: 't', by: 'ana', text: prose('fire'), call_back: prose('+1'), escalates_at: 30_000, at: 0, ...over,
});
const decided = (verdict: CardOf<'duff_decided'>['verdict']): CardOf<'duff_decided'> => ({ card: 'duff_decided', item: 'a', verdict, note: prose('note'), at: 5 });
const lift = (team: string | null, at = 9): CardOf<'decision'> => ({ card: 'decision', team, text: prose('go on'), at });

describe('calls of NO DUFF', () => {
  it('count down to the moment when play stands for everybody', () => {
    expect(callsOf([duff('a')], [], [], false, 10_000)[0]).toMatchObject({ open: true, widensIn: 20_000 });
    expect(callsOf([duff('a')], [], [], false, 40_000)[0]?.widensIn).toBe(0);
    expect(callsOf([duff('a')], [], [], true, 10_000)[0]?.widensIn).toBeNull();
    expect(callsOf([duff('a')], [decided('team_only')], [], false, 10_000)[0]).toMatchObject({ open: true, widensIn: null });
  });
  it('are over once staff stand down or play goes on by a written decision', () => {
    expect(callsOf([duff('a')], [decided('stand_down')], [], false, 10)[0]?.open).toBe(false);
    expect(callsOf([duff('a')], [], [lift(null)], false, 10)[0]?.open).toBe(false);
    expect(callsOf([duff('a')], [], [lift('t')], false, 10)[0]?.open).toBe(false);
    expect(callsOf([duff('a')], [], [lift('other')], false, 10)[0]?.open).toBe(true);
    expect(callsOf([duff('a', { at: 20 })], [], [lift(null)], false, 30)[0]?.open).toBe(true);
  });
  it('are one a person', () => {
    const calls = callsOf([duff('a'), duff('b', { by: 'ben' })], [], [], false, 0);
    expect(ownOpenCall(calls, 'ben')?.card.item).toBe('b');
    expect(ownOpenCall(calls, 'cleo')).toBeUndefined();
  });
});
