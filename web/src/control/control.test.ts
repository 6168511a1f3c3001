import { describe, expect, it } from 'vitest';
import type { Inject, LogRow, TeamCard } from '../api/names';
import { actOf, eligible, outside, possible, type TeamStates } from './acts';
import { agendaByInject, armed, audience, nextDue, tray } from './agenda';
import { conditionWords, waitsFor, type Words } from './conditions';
import { blank } from './draft';
import type { Call, Standing } from '../frame/calls';
import { alarms, answerable, answeredAtFirst, verdicts } from './duff';
import { fromFrame, fromRow, merge } from './feed';
import { gathered } from './preview';
import { lastSeen, readers } from './readers';
import { queue } from './requests';
import { SHORTCUTS, shortcutOf } from './shortcuts';
import { INJECT_STATES, injectState, STATE_SIGNS, tally, type Known } from './states';
import { teamIdOf } from './teamId';
import { clockFace, lastMoment, momentIn, nextMoment, sinceRelease } from './wallTime';

const teams: TeamCard[] = ['x', 'y'].map((team) => ({ team, name: team, language: 'en', cohort: team === 'x' ? 'a' : 'b' }));
const prose = (text: string) => ({ part: 'p', text });
/** The schema says only that a body is an object. */
const body = (fact: object) => fact as LogRow['body'];

describe('the agenda', () => {
  const items = [
    { what: { kind: 'inject' as const, inject: 'late' }, plan_time: 9, teams: null },
    { what: { kind: 'break' as const, break: 'tea', length: 60_000 }, plan_time: 7, teams: null },
    { what: { kind: 'inject' as const, inject: 'soon' }, plan_time: 4, teams: ['y'] },
  ];
  it('shows the soonest first, and for whom', () => {
    expect(nextDue(items, ['x', 'y'], 5)).toEqual([
      { what: { kind: 'inject', inject: 'soon' }, planTime: 4, teams: ['y'] },
      { what: { kind: 'break', break: 'tea', length: 60_000 }, planTime: 7, teams: ['x', 'y'] },
      { what: { kind: 'inject', inject: 'late' }, planTime: 9, teams: ['x', 'y'] },
    ]);
    expect(nextDue(items, ['x'], 1)).toHaveLength(1);
  });
  it('knows each time by inject and team', () => {
    const due = agendaByInject(items, ['x', 'y']);
    expect([due.get('late')?.get('x'), due.get('soon')?.get('x'), due.get('soon')?.get('y')]).toEqual([9, undefined, 4]);
  });
  it('finds whom an inject is for', () => {
    const ids = (inject: Inject) => audience(inject, teams).map((team) => team.team);
    expect(ids(blank('a'))).toEqual(['x', 'y']);
    expect(ids({ ...blank('a'), audience: { teams: ['y'] } })).toEqual(['y']);
    expect(ids({ ...blank('a'), audience: { cohorts: ['a'] } })).toEqual(['x']);
  });
  it('keeps the tray in the order in which it fell due', () => {
    const card = (inject: string, team: string, due: number, proposed = false) => ({ inject, team, due, at: 9, proposed });
    const rows = tray([card('b', 'x', 5), card('a', 'x', 3), card('b', 'y', 4), card('b', 'z', 1, true)]);
    expect(rows.map((row) => [row.inject, row.due, row.teams, row.proposed])).toEqual([
      ['b', 1, ['z'], true],
      ['a', 3, ['x'], false],
      ['b', 4, ['x', 'y'], false],
    ]);
  });
});

describe('releases that can be undone', () => {
  it('stand in one line for all teams that they go to at once', () => {
    const card = (team: string, goes_at: number) => ({ inject: 'a', team, goes_at, by: 'p' });
    expect(armed([card('x', 9), card('y', 9), card('z', 5)]).map((row) => [row.goesAt, row.teams])).toEqual([[5, ['z']], [9, ['x', 'y']]]);
  });
});

describe('the state of an inject at a team', () => {
  const known = (has: string[], over: Partial<Known> = {}): Known => ({
    addressed: true, on: 'at', left: () => null, answer: undefined, asks: true, has: (card) => has.includes(card), ...over,
  });
  it('is what came last', () => {
    expect(injectState(known([], { left: () => 5 }))).toBe('scheduled');
    expect(injectState(known([], { left: () => 0 }))).toBe('due');
    expect(injectState(known(['released']))).toBe('released');
    expect(injectState(known(['released', 'delivered', 'opened']))).toBe('opened');
    expect(injectState(known(['released', 'delivered', 'opened', 'acknowledged']))).toBe('acknowledged');
    expect(injectState(known(['released', 'acknowledged', 'closed']))).toBe('closed');
    expect(injectState(known(['released', 'acknowledged', 'closed'], { asks: false }))).toBe('acknowledged');
    expect(injectState(known(['released', 'closed'], { answer: { late: true } }))).toBe('late');
    expect(injectState(known(['released', 'closed', 'recalled'], { answer: { late: false } }))).toBe('recalled');
    expect(injectState(known(['released', 'excused'], { answer: { late: false } }))).toBe('answered');
    expect(injectState(known(['released', 'opened', 'excused']))).toBe('excused');
    expect(injectState(known(['released', 'skipped']))).toBe('released');
    expect(injectState(known(['missed', 'proposed']))).toBe('proposed');
    expect(injectState(known(['held', 'armed']))).toBe('armed');
    expect(injectState(known(['held'], { left: () => 5 }))).toBe('held');
    expect(injectState(known(['detained']))).toBe('detained');
    expect(injectState(known(['passed_over']))).toBe('passed_over');
    expect(injectState(known([], { on: 'when' }))).toBe('waiting');
    expect(injectState(known([], { on: 'manual' }))).toBe('manual');
    expect(injectState(known(['skipped']))).toBe('skipped');
    expect(injectState(known([], { addressed: false }))).toBeNull();
  });
  it('does not look at the clock for what is out', () => {
    const left = () => {
      throw new Error('looked');
    };
    expect(injectState(known(['released'], { left }))).toBe('released');
  });
  it('has a sign of its own, so that colour says nothing alone', () => {
    expect(new Set(INJECT_STATES.map((state) => STATE_SIGNS[state])).size).toBe(INJECT_STATES.length);
  });
  it('is counted with what needs a person first', () => {
    expect(tally(['released', 'missed', null, 'released'])).toEqual([['missed', 1], ['released', 2]]);
    expect(new Set(INJECT_STATES).size).toBe(INJECT_STATES.length);
  });
});

describe('acts on an inject', () => {
  const states: TeamStates = [['x', 'released'], ['y', 'held'], ['z', null]];
  it('fit some teams only', () => {
    expect(eligible('recall', states)).toEqual(['x']);
    expect(eligible('free', states)).toEqual(['y']);
    expect(eligible('hold', states)).toEqual([]);
  });
  it('depend on the stage and on a deadline', () => {
    expect(possible('running', states, false)).toEqual(['release', 'free', 'skip', 'retime', 'recall', 'resend', 'excuse']);
    expect(possible('running', states, true)).toContain('extend');
    expect(possible('ended', states, true)).toEqual(['excuse']);
  });
  it('reach teams that the plan does not mean, when it is a release', () => {
    expect(outside(states)).toEqual(['z']);
    expect(possible('running', [['z', null]], false)).toEqual(['release']);
    expect(possible('ended', [['z', null]], false)).toEqual([]);
  });
  it('become what the server takes', () => {
    const details = { reason: 'why', at: 5, by: 7, grace: true };
    expect(actOf('release', 'a', ['x'], details)).toEqual({ type: 'release', inject: 'a', teams: ['x'], grace: true });
    expect(actOf('retime', 'a', null, details)).toEqual({ type: 'retime', inject: 'a', teams: null, at: 5 });
    expect(actOf('recall', 'a', null, details)).toEqual({ type: 'recall', inject: 'a', teams: null, reason: 'why' });
    expect(actOf('extend', 'a', null, details)).toMatchObject({ by: 7 });
  });
});

describe('conditions in words', () => {
  const words: Words = {
    say: (key, values = {}) => `${key}(${Object.values(values).join(',')})`,
    inject: (id) => id.toUpperCase(),
    flag: (id) => id,
    option: (_inject, _field, option) => option,
  };
  it('say what must hold, however deep', () => {
    expect(conditionWords({ all: [{ flag: 'f' }, { not: { answered: 'a' } }] }, words)).toBe('cond_all(cond_flag(f); cond_not(cond_answered(A)))');
    expect(conditionWords({ silent: { inject: 'a', for: 61_000 } }, words)).toBe('cond_silent(A,01:01)');
    expect(conditionWords({ teams: { of: { at_least: 2 }, meet: { logged: 3 } } }, words)).toBe('cond_teams_some(2,cond_logged(3))');
    expect(conditionWords({ score: { below: 500 } }, words)).toBe('cond_score(0,50)');
  });
  it('stand beside the time of an inject', () => {
    const inject: Inject = { ...blank('b'), trigger: { on: 'after', inject: 'a', delay: 60_000 }, only_if: { flag: 'f' } };
    expect(waitsFor(inject, words, String)).toEqual(['trigger_after(01:00,A)', 'only_if(cond_flag(f))']);
  });
});

describe('wall times', () => {
  const noon = new Date(2026, 10, 22, 12, 0).getTime();
  it('are the next or the last such moment', () => {
    expect(nextMoment('12:15', noon)).toBe(noon + 15 * 60_000);
    expect(nextMoment('11:00', noon)).toBe(new Date(2026, 10, 23, 11, 0).getTime());
    expect(lastMoment('12:15', noon)).toBe(new Date(2026, 10, 21, 12, 15).getTime());
    expect(lastMoment('12:00', noon)).toBe(noon);
    expect(nextMoment('25:00', noon)).toBeNull();
    expect(nextMoment('', noon)).toBeNull();
    expect([sinceRelease(noon, noon + 30_000), sinceRelease(noon, noon + 90_000)]).toEqual([noon + 30_000, noon]);
    expect(clockFace(noon)).toBe('12:00');
  });
  it('is meant in a named zone, also across a change of summer time', () => {
    const noon = Date.UTC(2026, 10, 22, 12, 0);
    expect(nextMoment('08:30', noon, 'America/Port_of_Spain')).toBe(noon + 30 * 60_000);
    expect(nextMoment('08:00', noon, 'America/Port_of_Spain')).toBe(noon + 86_400_000);
    expect(nextMoment('01:00', noon, 'Asia/Tokyo')).toBe(Date.UTC(2026, 10, 22, 16, 0));
    expect(momentIn('2026-07-01T12:00', 'Europe/Paris')).toBe(Date.UTC(2026, 6, 1, 10, 0));
    expect(momentIn('2026-12-01T12:00', 'Europe/Paris')).toBe(Date.UTC(2026, 11, 1, 11, 0));
    expect(momentIn('2026-03-29T03:30', 'Europe/Paris')).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(momentIn('', 'UTC')).toBeNull();
  });
});

describe('NO DUFF', () => {
  const call = (item: string, standing: Standing, team: string | null = 'x', at = 1): Call => {
    const card = { card: 'duff' as const, item, at, team, by: 'p', text: prose('t'), call_back: prose('1'), escalates_at: null };
    return { card, standing, decided: undefined, lifted: undefined, open: standing !== 'lifted' && standing !== 'stood_down', since: at, widensIn: null };
  };
  it('puts open calls first', () => {
    expect(alarms([call('c', 'lifted', 'x', 9), call('a', 'widened', 'x', 1), call('b', 'open', 'x', 2)]).map((row) => row.card.item)).toEqual(['b', 'a', 'c']);
  });
  it('is not stood down while play stands because of it', () => {
    expect(verdicts(call('a', 'open'), true)).toEqual(['suspend_all', 'team_only']);
    expect(verdicts(call('a', 'widened'), false)).toEqual(['team_only']);
    expect(verdicts(call('a', 'open', null), false)).toEqual(['suspend_all', 'stand_down']);
    expect(verdicts(call('a', 'team_only'), false)).toEqual(['suspend_all', 'stand_down']);
  });
  it('offers a lift what it may answer, and ticks what the suspension stands for', () => {
    const calls = [call('fire', 'widened', 'x'), call('heart', 'open', 'y'), call('old', 'lifted', 'x')];
    expect(answerable(calls, null).map(({ card }) => card.item)).toEqual(['fire', 'heart']);
    expect(answeredAtFirst(calls, null)).toEqual(['fire']);
    expect(answeredAtFirst(calls, 'y')).toEqual(['heart']);
    expect(answeredAtFirst([...calls, call('second', 'open', 'y')], 'y')).toEqual([]);
  });
});

describe('requests', () => {
  it('wait in order, answered ones below', () => {
    const card = (item: string, at: number) => ({ card: 'request' as const, item, team: 'x', by: 'p', text: prose('?'), inject: null, at });
    const answer = { card: 'request_answer' as const, item: 'a', text: null, inject: 'i', at: 9 };
    const owner = { card: 'request_owner' as const, item: 'c', by: 'me', at: 4 };
    expect(queue([card('a', 1), card('c', 3), card('b', 2)], [owner], [answer]).map((row) => [row.card.item, row.owner?.by])).toEqual([['b', undefined], ['c', 'me'], ['a', undefined]]);
  });
});

describe('readers', () => {
  it('are the first of the team and those after', () => {
    const people = [{ person: 'p', role: 'player' as const, team: 'x' }, { person: 'q', role: 'player' as const, team: 'x' }, { person: 'r', role: 'player' as const, team: 'y' }];
    const first = { delivered: { by: 'p', at: 1 }, opened: undefined };
    expect(readers(people, 'x', first, (kind, person) => (kind === 'got' && person === 'q' ? { at: 5 } : undefined))).toEqual([
      { person: 'p', got: 1, read: null },
      { person: 'q', got: 5, read: null },
    ]);
  });
  it('were last seen when they did something', () => {
    const personal = { card: 'personal_receipt' as const, inject: 'a', person: 'p', team: 'x', at: 7 };
    expect(lastSeen({ receipts: [{ inject: 'a', team: 'x', by: 'p', at: 3 }], personal: [personal], written: [{ by: null, at: 9 }] })).toEqual(new Map([['p', 7]]));
  });
});

describe('a preview', () => {
  it('says the same thing once, for all its teams', () => {
    const fact = (team: string) => ({ kind: 'inject_released', inject: 'a', teams: [team], title: 'A' });
    expect(gathered([fact('x'), fact('y'), { ...fact('x'), inject: 'b' }]).map((line) => [line.inject, line.teams])).toEqual([['a', ['x', 'y']], ['b', ['x']]]);
  });
});

describe('keys', () => {
  const key = (name: string, over = {}) => ({ key: name, code: '', ctrlKey: false, altKey: false, metaKey: false, ...over });
  it('work unless somebody is typing', () => {
    expect(shortcutOf(key('J'), false, false)).toBe('jump');
    expect([shortcutOf(key('j'), true, false), shortcutOf(key('j'), false, true), shortcutOf(key('j', { ctrlKey: true }), false, false)]).toEqual([null, null, null]);
  });
  it('work on a keyboard that writes another script, by the place of the key', () => {
    const at = (name: string, code: string) => shortcutOf(key(name, { code }), false, false);
    expect([at('з', 'KeyP'), at('ح', 'KeyP'), at('؟', 'Slash')]).toEqual(['pause', 'pause', 'help']);
    // Where Latin letters stand elsewhere, the letter counts.
    expect([at('a', 'KeyQ'), at('é', 'KeyP')]).toEqual(['adhoc', null]);
  });
  it('mean one thing each', () => {
    expect(new Set(SHORTCUTS.map((one) => one.key)).size).toBe(SHORTCUTS.length);
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
