import { describe, expect, it } from 'vitest';
import type { ClockValue } from '../api/names';
import { backoff } from './backoff';
import { read, Skew, wallLeft } from './reading';

const clock = (over: Partial<ClockValue> = {}): ClockValue => ({
  at: 1_000,
  active: 60_000,
  plan: 90_000,
  rate: 1000,
  running: true,
  stage: 'running',
  paused_alone: false,
  suspended_alone: false,
  planned_end: 0,
  ...over,
});

describe('a clock', () => {
  it('runs at its rate, and both readings alike', () => {
    expect(read(clock({ rate: 2500 }), 5_000)).toEqual({ active: 70_000, plan: 100_000 });
  });
  it('stands while paused', () => {
    expect(read(clock({ running: false }), 500_000)).toEqual({ active: 60_000, plan: 90_000 });
  });
  it('never runs backwards when this device is a little behind', () => {
    expect(read(clock(), 0).active).toBe(60_000);
  });
  it('counts down in wall time', () => {
    expect(wallLeft(clock({ rate: 2000 }), 70_000, 1_000)).toBe(5_000);
    expect(wallLeft(clock(), 50_000, 1_000)).toBe(-10_000);
  });
});

describe('skew', () => {
  it('takes the sample that the line delayed least', () => {
    const skew = new Skew();
    expect(skew.value).toBe(0);
    skew.note(10_000, 9_100);
    skew.note(20_000, 19_900);
    expect(skew.value).toBe(900);
  });
  it('forgets old samples, so that a corrected device clock is followed', () => {
    const skew = new Skew();
    skew.note(10_000, 0);
    for (let n = 0; n < 8; n += 1) skew.note(20_000, 20_000);
    expect(skew.value).toBe(0);
  });
});

describe('back-off', () => {
  it('doubles from half a second to fifteen seconds, with jitter', () => {
    expect([0, 1, 2, 20].map((failures) => backoff(failures, 0.999_999))).toEqual([500, 1000, 2000, 15_000]);
    expect(backoff(0, 0)).toBe(250);
  });
});
