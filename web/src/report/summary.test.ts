import { describe, expect, it } from 'vitest';
import type { Scorecard, TimelineLine } from '../api/names';
import { coverage, filtered, kinds } from './summary';

const line = (seq: number, kind: string, teams: string[]): TimelineLine => ({ seq, at: 0, plan_time: 0, kind, teams });

describe('a report', () => {
  it('counts the fields that have points, a zero included', () => {
    const fields = [{ points_milli: 0 }, { points_milli: null }, { points_milli: 500 }];
    expect(coverage({ injects: [{ fields }] } as unknown as Scorecard)).toEqual({ counted: 2, all: 3 });
  });
  it('filters its timeline; what concerns all concerns each', () => {
    const timeline = [line(1, 'paused', []), line(2, 'said', ['x']), line(3, 'said', ['y'])];
    expect(filtered(timeline, { kind: '', team: 'x' }).map((one) => one.seq)).toEqual([1, 2]);
    expect(filtered(timeline, { kind: 'said', team: '' }).map((one) => one.seq)).toEqual([2, 3]);
    expect(kinds(timeline)).toEqual(['paused', 'said']);
  });
});
