import { describe, expect, it } from 'vitest';
import type { ClockValue } from '../api/names';
import { plannedEnd, startTime } from './schedule';

const clock: ClockValue = { at: 0, active: 0, plan: 0, rate: 2000, running: true, stage: 'running', paused_alone: false, suspended_alone: false, planned_end: 60_000 };

describe('the planned end', () => {
  it('comes sooner when time runs faster', () => {
    expect(plannedEnd(clock, 10_000)).toBe(30_000);
  });
  it('is not known while time stands, and is none once it has passed', () => {
    expect(plannedEnd({ ...clock, stage: 'paused', running: false }, 0)).toBeNull();
    expect(plannedEnd(clock, 40_000)).toBeNull();
  });
});

describe('a scheduled start', () => {
  const at = Date.UTC(2026, 10, 22, 21, 0);
  it('is told in its own zone and in the reader’s', () => {
    const card = { card: 'scheduled' as const, at, zone: 'Pacific/Fiji' };
    expect(startTime(card, at - 3_600_000, 'en-GB', 'Pacific/Noumea')).toEqual({ given: '09:00', zone: 'Pacific/Fiji', yours: '08:00', left: 3_600_000 });
  });
  it('is told once where both clocks read the same', () => {
    const card = { card: 'scheduled' as const, at, zone: 'Pacific/Fiji' };
    expect(startTime(card, at + 5, 'en', 'Pacific/Fiji')).toMatchObject({ yours: null, left: 0 });
  });
  it('falls back to UTC for a zone that this browser does not know', () => {
    expect(startTime({ card: 'scheduled', at, zone: 'Home/Office' }, at, 'en', 'UTC')).toMatchObject({ given: '21:00', zone: 'UTC' });
  });
});
