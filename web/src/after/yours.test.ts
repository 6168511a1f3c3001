import { describe, expect, it } from 'vitest';
import { arrived, placed, type Known } from './yours';

const inject = (id: string, at: number, deadline: number | null) => ({ inject: id, released_at: at, title: id, form: { deadline, fields: [], hints: [], sections: [] } });
const known = {
  injects: [inject('second', 2000, 600_000), inject('first', 1000, null)],
  responses: [
    { inject: 'second', revision: 2, taken: 700_000, late: true, at: 9 },
    { inject: 'second', revision: 1, taken: 300_000, late: false, at: 5 },
  ],
  acknowledged: [{ inject: 'second', at: 62_000 }],
  hints: [{ inject: 'second' }, { inject: 'second' }],
  extended: [],
} as unknown as Known;

describe('a team’s timeline', () => {
  it('stands in order of arrival, with what the team did', () => {
    const [first, second] = arrived(known);
    expect([first?.card.inject, first?.answers.length, first?.acknowledged]).toEqual(['first', 0, null]);
    expect(second).toMatchObject({ acknowledged: 60_000, hints: 2, deadline: 600_000 });
    expect(second?.answers.map((answer) => answer.revision)).toEqual([1, 2]);
  });
  it('has a bar that reaches what came last', () => {
    const second = arrived(known)[1]!;
    expect([placed(second, 700_000), placed(second, 0), placed(second, -5)]).toEqual([100, 0, 0]);
    expect(placed(second, 600_000)).toBeCloseTo(85.7, 1);
  });
  it('goes by the deadline that control gave', () => {
    const longer = { ...known, extended: [{ inject: 'second', deadline: 900_000 }] } as unknown as Known;
    expect(arrived(longer)[1]?.deadline).toBe(900_000);
  });
});
