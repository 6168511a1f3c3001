import { describe, expect, it } from 'vitest';
import { tightness } from './fit';

describe('a fitted plan', () => {
  const stops = [
    { inject: 'a', planTime: 10 },
    { inject: 'b', planTime: 20 },
    { inject: 'c', planTime: 50 },
  ];
  it('is too tight when what stays has less than half of its room', () => {
    expect(tightness(stops, [], { now: 0, end: 60, fitted: 1 })).toEqual({ planned: 60, room: 1 });
    expect(tightness(stops, [], { now: 0, end: 60, fitted: 30 })).toBeNull();
  });
  it('counts the gap before an inject only if something comes then', () => {
    expect(tightness(stops, ['c'], { now: 0, end: 60, fitted: 15 })).toBeNull();
    expect(tightness([...stops, { inject: 'd', planTime: 50 }], ['c'], { now: 0, end: 60, fitted: 15 })).toEqual({ planned: 60, room: 15 });
    expect(tightness(stops, ['c'], { now: 15, end: 60, fitted: 16 })).toEqual({ planned: 15, room: 1 });
  });
});
