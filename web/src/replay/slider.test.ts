import { describe, expect, it } from 'vitest';
import { keyed, markAt, next, previous, rangeOf, ticks, within } from './slider';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = 1_800_000_000_000;
const marks = [0, 2, 2, 7, 30].map((minutes) => ({ at: NOON + minutes * MINUTE }));
const range = { from: NOON - 5 * MINUTE, to: NOON + 40 * MINUTE };

describe('the slider', () => {
  it('shows the drill and its edges, however long setting up and late answers took', () => {
    const span = { first_at: NOON - 48 * HOUR, started_at: NOON, ended_at: NOON + HOUR, last_at: NOON + 90 * HOUR };
    expect(rangeOf(span)).toEqual({ from: NOON - 5 * MINUTE, to: NOON + HOUR + 30 * MINUTE });
    expect(rangeOf({ ...span, first_at: NOON - MINUTE, last_at: NOON + HOUR })).toEqual({ from: NOON - MINUTE, to: NOON + HOUR });
  });
  it('shows the whole log of a drill that has not started or not ended', () => {
    const span = { first_at: NOON, started_at: null, ended_at: null, last_at: NOON + HOUR };
    expect(rangeOf(span)).toEqual({ from: NOON, to: NOON + HOUR });
    expect(rangeOf({ ...span, last_at: NOON })).toEqual({ from: NOON, to: NOON + 1 });
  });
  it('goes from mark to mark, and to the edges beyond them', () => {
    const forwards = [range.from];
    while (forwards.at(-1)! < range.to) forwards.push(next(marks, range, forwards.at(-1)!));
    expect(forwards.map((at) => (at - NOON) / MINUTE)).toEqual([-5, 0, 2, 7, 30, 40]);
    const backwards = [range.to];
    while (backwards.at(-1)! > range.from) backwards.push(previous(marks, range, backwards.at(-1)!));
    expect(backwards).toEqual([...forwards].reverse());
    expect(next([], range, NOON)).toBe(range.to);
    expect(previous([], range, NOON)).toBe(range.from);
  });
  it('takes keys: arrows by marks, pages by minutes, home and end', () => {
    const from = NOON + 3 * MINUTE;
    const key = (name: string, rightToLeft = false) => keyed(name, marks, range, from, rightToLeft);
    expect([key('ArrowRight'), key('ArrowUp'), key('ArrowLeft', true)]).toEqual(Array(3).fill(NOON + 7 * MINUTE));
    expect([key('ArrowLeft'), key('ArrowDown'), key('ArrowRight', true)]).toEqual(Array(3).fill(NOON + 2 * MINUTE));
    expect([key('PageUp'), key('PageDown')]).toEqual([from + MINUTE, from - MINUTE]);
    expect([key('Home'), key('End')]).toEqual([range.from, range.to]);
    expect([key('Tab'), key('a')]).toEqual([null, null]);
    expect(keyed('PageUp', marks, range, range.to, false)).toBe(range.to);
  });
  it('names the mark that a moment stands behind', () => {
    expect(markAt(marks, NOON - 1)).toBeUndefined();
    expect(markAt(marks, NOON)).toBe(marks[0]);
    expect(markAt(marks, NOON + 2 * MINUTE)).toBe(marks[2]);
    expect(markAt(marks, range.to)).toBe(marks[4]);
  });
  it('keeps within its edges and draws each place once', () => {
    expect([within(range, 0), within(range, Infinity), within(range, NOON)]).toEqual([range.from, range.to, NOON]);
    expect(ticks(marks, { from: NOON, to: NOON + 10 * MINUTE })).toEqual([0, 20, 70]);
  });
});
