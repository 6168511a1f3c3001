import { describe, expect, it } from 'vitest';
import type { TeamPlayed } from '../api/names';
import { busy, heaviest, hours, minutes, percent, place, span, ticks } from './picture';

const MINUTE = 60_000;
const axis = { from: -10 * MINUTE, until: 90 * MINUTE };
const team = (over: Partial<TeamPlayed>): TeamPlayed => ({
  team: 'x', name: 'X', releases: [], quarters: [], dead: [], fields_to_mark: 0,
  reach: { automatic_milli: 0, by_people_milli: 0, points_milli: 0, counted_milli: 0 },
  ...over,
});

describe('the axis', () => {
  it('runs from the beginning to the end of play', () => {
    expect([place(axis.from, axis), place(40 * MINUTE, axis), place(axis.until, axis)]).toEqual([0, 50, 100]);
  });
  it('keeps what lies outside at its ends', () => {
    expect(place(200 * MINUTE, axis)).toBe(100);
    expect(span(-60 * MINUTE, 15 * MINUTE, axis)).toEqual({ start: 0, length: 25 });
  });
  it('is a point when play has no length', () => {
    expect(place(5, { from: 0, until: 0 })).toBe(0);
    expect(ticks({ from: 0, until: 0 }, 8)).toEqual([]);
  });
  it('has ticks at quarter hours, and fewer where there would be too many', () => {
    expect(ticks(axis, 8).map((time) => time / MINUTE)).toEqual([0, 15, 30, 45, 60, 75]);
    expect(ticks(axis, 4).map((time) => time / MINUTE)).toEqual([0, 30, 60]);
    expect(ticks({ from: 0, until: 3 * 24 * 60 * MINUTE }, 8).length).toBeLessThanOrEqual(8);
  });
});

describe('what a team has open', () => {
  it('joins stretches that touch and leaves out what asks for nothing', () => {
    const releases = [
      { inject: 'a', at: 0, open_until: 10 },
      { inject: 'b', at: 5, open_until: 8 },
      { inject: 'c', at: 9 },
      { inject: 'd', at: 10, open_until: 12 },
      { inject: 'e', at: 20, open_until: 25 },
    ];
    expect(busy(team({ releases }))).toEqual([{ from: 0, until: 12 }, { from: 20, until: 25 }]);
  });
  it('makes the longest bar', () => {
    const quarter = (open: number) => ({ from: 0, arrived: 0, open, due: 0, acts: 0 });
    expect(heaviest([team({ quarters: [quarter(2), quarter(7)] }), team({ quarters: [quarter(3)] })])).toBe(7);
    expect(heaviest([])).toBe(1);
  });
});

describe('figures', () => {
  it('write plan times short', () => {
    expect([minutes(0), minutes(75 * MINUTE), minutes(-10 * MINUTE)]).toEqual(['T+0', 'T+75', 'T\u221210']);
  });
  it('are never made of nothing', () => {
    expect(percent(1, 3)).toBe(33);
    expect(percent(0, 0)).toBeNull();
  });
  it('round working time up', () => {
    expect([hours(0), hours(1), hours(60), hours(61)]).toEqual(['0.0', '0.1', '1.0', '1.1']);
  });
});
