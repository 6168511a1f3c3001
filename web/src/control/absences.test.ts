import { describe, expect, it } from 'vitest';
import { absencesOf, lengthOf, notGiven, withinLimit, type Absence } from './absences';
import { fromFrame, type FeedLine } from './feed';
import { clockFace, exactly } from './wallTime';

const line = (seq: number, kind: string, at: number, team = 'x'): FeedLine => ({ seq, kind, at, teams: [team], inject: null, person: null });
const over = (from: number, to: number): Absence => ({ from, to, lasts: false });

describe('absences', () => {
  const lines = [line(9, 'team_back', 90), line(8, 'team_lost', 80, 'y'), line(7, 'team_lost', 70), line(3, 'team_back', 30), line(1, 'team_added', 5)];
  it('are what lies between losing the line and coming back, newest first', () => {
    expect(absencesOf([...lines, line(2, 'team_lost', 20)].reverse(), 'x', null, 100)).toEqual([over(70, 90), over(20, 30)]);
  });
  it('have no beginning that was not read', () => {
    expect(absencesOf(lines, 'x', null, 100)).toEqual([over(70, 90)]);
    expect(absencesOf([], 'x', null, 100)).toEqual([]);
  });
  it('may last until now', () => {
    expect(absencesOf([line(8, 'team_lost', 80, 'y')], 'y', 80, 100)).toEqual([{ from: 80, to: 100, lasts: true }]);
  });
  it('lose what was given back', () => {
    expect(notGiven([over(10, 50)], [])).toEqual([over(10, 50)]);
    expect(notGiven([over(10, 50)], [{ from: 10, to: 50 }])).toEqual([]);
    expect(notGiven([over(10, 50)], [{ from: 30, to: 35 }, { from: 10, to: 20 }])).toEqual([over(35, 50), over(20, 30)]);
    expect(notGiven([{ from: 10, to: 50, lasts: true }], [{ from: 0, to: 20 }])).toEqual([{ from: 20, to: 50, lasts: true }]);
    expect(notGiven([over(10, 50)], [{ from: 40, to: 60 }])).toEqual([over(10, 40)]);
  });
  it('are given back up to the limit, in exercise time', () => {
    expect(lengthOf([over(0, 10_000), over(20_000, 25_000)], 2000)).toBe(30_000);
    expect(withinLimit(over(10_000, 70_000), 60_000, 1000)).toEqual({ from: 10_000, to: 70_000 });
    expect(withinLimit(over(10_000, 70_000), 60_000, 2000)).toEqual({ from: 10_000, to: 40_000 });
  });
  it('are of a team in the feed, too, when they end', () => {
    expect(fromFrame({ type: 'frame', seq: 1, at: 1, kind: 'team_back', cards: [{ key: 'lost/x', card: null }] })).toMatchObject({ teams: ['x'], inject: null });
  });
});

describe('a typed second', () => {
  it('is the instant in it', () => {
    expect([exactly(12_000, 12_345), exactly(11_000, 12_345), exactly(13_000, 12_345)]).toEqual([12_345, 11_000, 13_000]);
    expect(clockFace(new Date(2026, 10, 22, 12, 0, 7).getTime(), true)).toBe('12:00:07');
  });
});
