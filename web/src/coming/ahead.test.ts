import { describe, expect, it } from 'vitest';
import type { Ahead } from '../api/names';
import { ahead } from './ahead';

const item = (inject: string, team: string, state: Ahead['state'], plan_time: number | null = null): Ahead => ({ inject, team, state, plan_time, goes_at: null });

describe('what is to come', () => {
  it('stands by inject, in order of plan time, what has none last', () => {
    const rows = ahead([item('manual', 'a', 'waiting'), item('late', 'a', 'scheduled', 9), item('soon', 'a', 'scheduled', 3), item('late', 'b', 'held', 5)], []);
    expect(rows.map((row) => [row.inject, row.items.length])).toEqual([['soon', 1], ['late', 2], ['manual', 1]]);
  });
  it('is held while it waits, freed while it is held, and undone while it goes out', () => {
    const may = (...states: Ahead['state'][]) => ahead(states.map((state, index) => item('one', `${index}`, state)), [])[0]?.may;
    expect(may('scheduled')).toEqual({ release: true, hold: true, free: false, undo: false });
    expect(may('held')).toEqual({ release: true, hold: false, free: true, undo: false });
    expect(may('armed')).toEqual({ release: false, hold: false, free: false, undo: true });
    expect(may('held', 'waiting')).toEqual({ release: true, hold: true, free: true, undo: false });
  });
});
