import { describe, expect, it } from 'vitest';
import type { ClockValue, Inject, LogRow, Plan, TeamCard } from '../api/names';
import { released, upcoming, type Facts } from './agenda';
import { CELL_STATES, cellState, SIGNS } from './board';
import { fromFrame, fromRow, merge } from './feed';
import { teamIdOf } from './teamId';

const clock: ClockValue = { at: 0, active: 0, plan: 0, rate: 2000, running: true, stage: 'running', paused_alone: false, suspended_alone: false, planned_end: 0 };
const inject = (id: string, trigger: Inject['trigger'], over: Partial<Inject> = {}): Inject => ({
  id, kind: 'task', priority: 'must', audience: 'all', trigger,
  content: { title: { en: id }, body: { en: '' }, channel: 'mail', attachments: [] },
  staff: { expected: [], keys: {}, notes: {}, objectives: [], samples: [] },
  ...over,
});
const teams: TeamCard[] = ['x', 'y'].map((team) => ({ team, name: team, language: 'en', cohort: team === 'x' ? 'a' : 'b' }));
const facts = (injects: Inject[], over: Partial<Facts> = {}): Facts => ({
  plan: { injects } as Plan, teams, clockOf: () => clock, released: () => undefined, missed: () => false, skipped: () => false, retimed: () => undefined, now: 0, ...over,
});
/** The schema says only that a body is an object. */
const body = (fact: object) => fact as LogRow['body'];
const at = (milliseconds: number) => ({ on: 'at' as const, at: milliseconds });

describe('the agenda', () => {
  it('shows the soonest first and what has no time last', () => {
    const rows = upcoming(facts([inject('manual', { on: 'manual' }), inject('late', at(9_000)), inject('soon', at(4_000))]));
    expect(rows.map((row) => row.inject.id)).toEqual(['soon', 'late', 'manual']);
    expect(rows[0]).toMatchObject({ due: 4_000, left: 2_000, teams: ['x', 'y'] });
  });
  it('leaves out teams that have it, missed it or skipped it, and injects that are never sent', () => {
    const card = { card: 'released' as const, inject: 'a', team: 'x', at: 0, cause: 'due' as const, clock_at_release: 0 };
    const rows = upcoming(facts([inject('a', at(1)), inject('watch', at(1), { kind: 'expected_action' })], { released: (_, team) => (team === 'x' ? card : undefined) }));
    expect(rows.map((row) => [row.inject.id, row.teams])).toEqual([['a', ['y']]]);
    expect(upcoming(facts([inject('a', at(1))], { skipped: () => true }))).toEqual([]);
  });
  it('follows a release, a new time and a cohort', () => {
    const card = { card: 'released' as const, inject: 'a', team: 'x', at: 0, cause: 'due' as const, clock_at_release: 1_000 };
    const after = inject('b', { on: 'after', inject: 'a', delay: 500 }, { audience: { cohorts: ['a'] } });
    expect(upcoming(facts([after]))[0]).toMatchObject({ due: null, teams: ['x'] });
    expect(upcoming(facts([after], { released: (id) => (id === 'a' ? card : undefined) }))[0]?.due).toBe(1_500);
    expect(upcoming(facts([after], { retimed: () => 7 }))[0]?.due).toBe(7);
  });
  it('gathers what went out by inject', () => {
    const card = (team: string, when: number) => ({ card: 'released' as const, inject: 'a', team, at: when, cause: 'due' as const, clock_at_release: 0 });
    expect(released({ injects: [inject('a', at(0))] } as Plan, [card('x', 1), card('y', 5)])).toMatchObject([{ teams: ['x', 'y'], at: 5 }]);
  });
});

describe('the board', () => {
  const nothing = { addressed: true, released: false, delivered: false, opened: false, acknowledged: false, closed: false, missed: false, skipped: false, response: undefined };
  it('shows the furthest that a team came', () => {
    expect(cellState(nothing)).toBe('pending');
    expect(cellState({ ...nothing, addressed: false })).toBe('none');
    expect(cellState({ ...nothing, released: true, delivered: true, opened: true })).toBe('opened');
    expect(cellState({ ...nothing, released: true, acknowledged: true, closed: true })).toBe('unanswered');
    expect(cellState({ ...nothing, released: true, closed: true, response: { late: true } })).toBe('late');
    expect(cellState({ ...nothing, skipped: true, released: true })).toBe('released');
  });
  it('has another sign for every state', () => {
    expect(new Set(CELL_STATES.map((state) => SIGNS[state])).size).toBe(CELL_STATES.length);
  });
});

describe('the feed', () => {
  it('makes one line of a row and of its live frame', () => {
    const row = fromRow({ seq: 4, at: 1, kind: 'inject_opened', actor: 'person/p', hash: '', body: body({ inject: 'a', team: 'x' }) });
    const frame = fromFrame({ type: 'frame', seq: 4, at: 1, kind: 'inject_opened', cards: [{ key: 'opened/a/x', card: { card: 'opened', inject: 'a', team: 'x', by: 'p', at: 1 } }] });
    expect(frame).toEqual(row);
    expect(merge([row], [frame, { ...frame, seq: 5 }]).map((line) => line.seq)).toEqual([5, 4]);
  });
  it('reads teams from a removed card and from a release', () => {
    expect(fromFrame({ type: 'frame', seq: 1, at: 1, kind: 'resumed', cards: [{ key: 'pause/x', card: null }] }).teams).toEqual(['x']);
    expect(fromRow({ seq: 1, at: 1, kind: 'inject_released', actor: 'system', hash: '', body: body({ inject: 'a', teams: { x: 1, y: 2 } }) }).teams).toEqual(['x', 'y']);
  });
});

describe('a team id', () => {
  it('is made from the name', () => {
    expect(teamIdOf('Port Méridian 2 ')).toBe('port-meridian-2');
    expect(teamIdOf('قصر البحر')).toBe('');
    expect(teamIdOf('x'.repeat(60))).toHaveLength(40);
  });
});
