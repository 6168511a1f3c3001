import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReplayAnswer, ReplayMarks } from '../api/names';
import { Replay, type Query } from './replay.svelte';

const START = 1_800_000_000_000;
const END = START + 600_000;
/** Something is seen at the start and every ten seconds after it. */
const STEP = 10_000;
const span = { first_at: START, started_at: START, ended_at: END, last_at: END };
const viewer = { role: 'player' as const, team: 'reds', person: null, language: 'en' };

/** A server whose answers come when the test says so. */
class Server {
  asked: { query: Query; signal: AbortSignal; answer: () => void; fail: () => void }[] = [];

  marks = (): Promise<ReplayMarks> => Promise.resolve({ viewer, span, marks: [], left_out: 0 });
  moment = (query: Query, signal: AbortSignal): Promise<ReplayAnswer> =>
    new Promise((resolve, reject) => {
      const at = Number(query.at);
      const seq = Math.floor((at - START) / STEP) + 1;
      const since = typeof query.held === 'number' ? query.held : null;
      const card = { card: 'message' as const, item: `${seq}`, team: null, title: `${seq}`, body: '', at };
      const answer = { viewer, at, seq, next_at: START + seq * STEP, span, since, values: [], cards: [{ key: `message/${seq}`, card }] };
      this.asked.push({ query, signal, answer: () => resolve(answer), fail: () => reject(new Error('lost')) });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });

  get last() {
    return this.asked.at(-1)!;
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const rest = () => vi.advanceTimersByTimeAsync(100);

async function opened() {
  const server = new Server();
  const replay = new Replay('e', 's', server);
  void replay.look({ role: 'player', team: 'reds' }, 'en');
  await settle();
  server.last.answer();
  await settle();
  return { server, replay };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a replay', () => {
  it('begins at StartEx with everything that was seen then', async () => {
    const { server, replay } = await opened();
    expect(server.asked.map((one) => one.query)).toEqual([{ as: 'player', team: 'reds', language: 'en', at: START }]);
    expect([replay.clock.now, replay.reader?.role, replay.team]).toEqual([START, 'player', 'reds']);
    expect(replay.cards.list('message').map((card) => card.title)).toEqual(['1']);
  });
  it('asks nothing while the same cards stand, and moves the clock', async () => {
    const { server, replay } = await opened();
    replay.seek(START + STEP - 1);
    await rest();
    expect([server.asked.length, replay.clock.now, replay.waiting]).toEqual([1, START + STEP - 1, false]);
  });
  it('asks only for what differs, once the slider rests', async () => {
    const { server, replay } = await opened();
    for (const seconds of [20, 40, 80]) replay.seek(START + seconds * 1000);
    expect([server.asked.length, replay.waiting, replay.clock.now]).toEqual([1, true, START]);
    await rest();
    expect(server.asked.slice(1).map((one) => one.query)).toEqual([{ as: 'player', team: 'reds', language: 'en', held: 1, at: START + 80_000 }]);
    server.last.answer();
    await settle();
    expect(replay.clock.now).toBe(START + 80_000);
    expect(replay.cards.list('message').map((card) => card.title)).toEqual(['1', '9']);
  });
  it('gives an older question up', async () => {
    const { server, replay } = await opened();
    replay.seek(START + 20_000);
    await rest();
    replay.seek(START + 40_000);
    await rest();
    expect(server.asked.slice(1).map((one) => one.signal.aborted)).toEqual([true, false]);
    server.last.answer();
    await settle();
    expect([replay.clock.now, replay.failed, replay.waiting]).toEqual([START + 40_000, null, false]);
    replay.seek(START + 80_000);
    await rest();
    replay.seek(START + 45_000);
    await rest();
    expect([server.last.signal.aborted, replay.clock.now, replay.waiting]).toEqual([true, START + 45_000, false]);
  });
  it('plays as fast as the line allows, skips nothing and stops at the end', async () => {
    const { server, replay } = await opened();
    replay.speed = 60;
    replay.play();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.asked.length, 'time waits for the picture').toBe(2);
    const waited = replay.at;
    expect(waited).toBeLessThan(START + 2 * 12_000);
    for (let turn = 0; turn < 200 && replay.playing; turn += 1) {
      server.last.answer();
      await vi.advanceTimersByTimeAsync(200);
    }
    server.last.answer();
    await settle();
    expect([replay.playing, replay.at, replay.clock.now]).toEqual([false, END, END]);
    const gaps = server.asked.slice(1).map((one, index) => Number(one.query.at) - Number(server.asked[index]!.query.at));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * 12_000);
  });
  it('says when the line is lost, and comes back', async () => {
    const { server, replay } = await opened();
    replay.play();
    replay.seek(START + 20_000);
    await rest();
    server.last.fail();
    await settle();
    expect([replay.failed !== null, replay.playing, replay.waiting, replay.clock.now]).toEqual([true, false, false, START]);
    replay.seek(START + 30_000);
    await rest();
    server.last.answer();
    await settle();
    expect([replay.failed, replay.clock.now]).toEqual([null, START + 30_000]);
  });
  it('keeps the moment through other eyes and starts their board anew', async () => {
    const { server, replay } = await opened();
    replay.seek(START + 5_000);
    void replay.look({ role: 'observer' }, 'fr');
    await settle();
    expect(server.last.query).toEqual({ as: 'observer', language: 'fr', at: START + 5_000 });
    server.last.answer();
    await settle();
    expect(replay.cards.list('message')).toHaveLength(1);
  });
});
