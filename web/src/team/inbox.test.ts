import { describe, expect, it } from 'vitest';
import type { CardOf, ClockValue, InjectCard } from '../api/names';
import { inbox, readingOf, type Known } from './inbox';

const clock: ClockValue = { at: 0, active: 0, plan: 0, rate: 1000, running: true, stage: 'running', paused_alone: false, suspended_alone: false, planned_end: 0 };
const field = { id: 'f', label: 'F', required: true, points: 1, kind: { type: 'long_text' as const, max_chars: 9 } };
const inject = (id: string, at: number, deadline: number | null = null): InjectCard => ({
  inject: id, title: id, body: '', language: 'en', channel: 'mail', attachments: [], released_at: at, clock_at_release: at,
  form: { acknowledge: false, deadline, target: null, fields: [field], hints: [] },
});
const response = (revision: number, late = false): CardOf<'response'> => ({ card: 'response', inject: 'a', team: 't', revision, at: revision, taken: 1, late, answers: {} });
const known = (over: Partial<Known>): Known => ({ injects: [inject('a', 0)], responses: [], acknowledged: [], closed: [], recalled: [], resent: [], excused: [], extended: [], opened: new Set(), clock, now: 0, ...over });
const only = (over: Partial<Known>) => inbox(known(over))[0]!;

describe('the inbox', () => {
  it('puts the newest first', () => {
    expect(inbox(known({ injects: [inject('a', 1), inject('b', 2)] })).map((one) => one.card.inject)).toEqual(['b', 'a']);
  });
  it('goes from new to opened to answered', () => {
    expect(only({}).state).toBe('new');
    expect(only({ opened: new Set(['a']) }).state).toBe('opened');
    expect(only({ responses: [response(1)] }).state).toBe('answered');
  });
  it('takes the last answer in time as the official one, or the last late one if none was', () => {
    const one = only({ responses: [response(3, true), response(1), response(2)] });
    expect(one.responses.map((card) => card.revision)).toEqual([2, 1, 3]);
    expect(one.state).toBe('answered');
    expect(only({ responses: [response(1, true), response(2, true)] })).toMatchObject({ state: 'late', responses: [{ revision: 2 }, { revision: 1 }] });
  });
  it('goes by when an answer came, not by when it was typed in', () => {
    const onPaper = { ...response(2), taken: 0 };
    expect(only({ responses: [response(1), onPaper] }).responses.map((card) => card.revision)).toEqual([1, 2]);
  });
  it('counts an answer as in time once its team was given longer', () => {
    const extended = (in_time: number[]) => [{ card: 'extended' as const, inject: 'a', team: 't', deadline: 70_000, in_time, at: 5 }];
    expect(only({ responses: [response(1, true)], extended: extended([1]) }).state).toBe('answered');
    expect(only({ responses: [response(1, true)], extended: extended([]) }).state).toBe('late');
    const one = only({ responses: [response(1), response(2, true), response(3, true)], extended: extended([1, 2]) });
    expect(one.responses.map((card) => [card.revision, card.late])).toEqual([[2, false], [1, false], [3, true]]);
  });
  it('counts down and closes by the clock even before the server says so', () => {
    const injects = [inject('a', 0, 60_000)];
    expect(only({ injects, now: 20_000 })).toMatchObject({ left: 40_000, closed: false });
    expect(only({ injects, now: 60_000 })).toMatchObject({ left: null, closed: true, state: 'closed' });
  });
  it('does not count down while the clock stands', () => {
    expect(only({ injects: [inject('a', 0, 60_000)], clock: { ...clock, running: false }, now: 90_000 }).left).toBe(60_000);
  });
  it('is closed after EndEx, whatever the deadline', () => {
    expect(only({ clock: { ...clock, stage: 'ended' } }).closed).toBe(true);
    expect(only({ clock: { ...clock, stage: 'cancelled' } }).closed).toBe(true);
  });
  const fate = (at = 5) => ({ inject: 'a', team: 't', reason: 'why', jumped: false, at });
  it('keeps what was recalled, without a countdown, whatever was answered', () => {
    const recalled = [{ card: 'recalled' as const, ...fate() }];
    expect(only({ injects: [inject('a', 0, 60_000)], recalled, responses: [response(1)] })).toMatchObject({ state: 'recalled', left: null, recalled: { reason: 'why' } });
  });
  it('puts what was sent again to the top, unread until it is opened once more', () => {
    const resent = { card: 'resent' as const, ...fate(9) };
    const injects = [inject('a', 1), inject('b', 2)];
    const [first] = inbox(known({ injects, resent: [resent], opened: new Set(['a', 'b']) }));
    expect(first).toMatchObject({ card: { inject: 'a' }, at: 9, unread: true, state: 'new' });
    const opened = new Set(['a', readingOf('a', resent)]);
    expect(inbox(known({ injects, resent: [resent], opened }))[0]).toMatchObject({ unread: false, state: 'opened' });
  });
  it('asks nothing of a team that is excused, and takes its answer all the same', () => {
    const excused = [{ card: 'excused' as const, ...fate() }];
    expect(only({ injects: [inject('a', 0, 60_000)], excused })).toMatchObject({ state: 'excused', left: null });
    expect(only({ excused, responses: [response(1)] }).state).toBe('answered');
  });
  it('counts to the extended deadline and is open again', () => {
    const extended = [{ card: 'extended' as const, inject: 'a', team: 't', deadline: 90_000, in_time: [], at: 5 }];
    expect(only({ injects: [inject('a', 0, 60_000)], extended, now: 70_000 })).toMatchObject({ left: 20_000, closed: false, state: 'new' });
  });
});
