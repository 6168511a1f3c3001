import { describe, expect, it } from 'vitest';
import type { Scorecard, TimelineLine } from '../api/names';
import { coverage, filtered, kinds } from './summary';

const line = (seq: number, kind: string, teams: string[]): TimelineLine => ({ seq, at: 0, plan_time: 0, kind, teams });

describe('a report', () => {
  it('counts the injects that have points, nought included, but none that were excused', () => {
    const score = (points_milli: number | null, why: string, attainable_milli = 1000) => ({ score: { points_milli, attainable_milli, outcome: { why } } });
    const injects = [score(0, 'not_answered'), score(null, 'unmarked'), score(500, 'counted'), score(900, 'excused'), score(null, 'recalled'), score(null, 'not_scored', 0), { score: null }];
    expect(coverage({ injects } as unknown as Scorecard)).toEqual({ counted: 2, all: 5 });
  });
  it('filters its timeline; what concerns all concerns each', () => {
    const timeline = [line(1, 'paused', []), line(2, 'said', ['x']), line(3, 'said', ['y'])];
    expect(filtered(timeline, { kind: '', team: 'x' }).map((one) => one.seq)).toEqual([1, 2]);
    expect(filtered(timeline, { kind: 'said', team: '' }).map((one) => one.seq)).toEqual([2, 3]);
    expect(kinds(timeline)).toEqual(['paused', 'said']);
  });
});
