import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Act } from '../api/names';
import { Outbox } from './outbox';
import { Stage, welcome } from './testStage';

/** A server whose answers the test gives. */
class Server {
  asked: { url: string; key: string; act: Act; signal: AbortSignal; answer: (status: number, body: unknown) => void; fail: () => void }[] = [];

  readonly fetch = (url: string, { body, signal }: { body: string; signal: AbortSignal }): Promise<Response> =>
    new Promise((answer, refuse) => {
      const fail = () => refuse(new TypeError('no line'));
      signal.addEventListener('abort', fail);
      const { key, act } = JSON.parse(body) as { key: string; act: Act };
      this.asked.push({ url, key, act, signal, fail, answer: (status, said) => answer(new Response(JSON.stringify(said), { status })) });
    });

  get last() {
    return this.asked[this.asked.length - 1]!;
  }
}

const small = (inject: string): Act => ({ type: 'acknowledge', inject });
const large = (inject: string, bytes = 70_000): Act => ({ type: 'submit', inject, answers: { iocs: { indicators: ['x'.repeat(bytes)] } }, composed_at: null });
const LATER = 3_000;

describe('a command that no frame can hold', () => {
  let stage: Stage;
  let server: Server;
  const onLine = () => stage.line.of('command').map((one) => 'inject' in one.act && one.act.inject);
  const byRequest = () => server.asked.map((one) => 'inject' in one.act && one.act.inject);
  const accept = (at: number) => stage.line.receive({ type: 'accepted', key: stage.line.of('command')[at]?.key ?? '', seq: 1 });
  const soon = (check: () => void) => vi.waitFor(check);

  beforeEach(() => {
    const kept = Object.create({
      getItem(key: string) { return (this as Record<string, string>)[key] ?? null; },
      setItem(key: string, text: string) { (this as Record<string, string>)[key] = text; },
      removeItem(key: string) { delete (this as Record<string, string>)[key]; },
    }) as object;
    server = new Server();
    vi.stubGlobal('localStorage', kept);
    vi.stubGlobal('fetch', server.fetch);
    stage = new Stage();
    stage.begin(1);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('goes by a request with its key, and settles as over the line', async () => {
    const outcome = stage.socket.act(large('a'));
    expect(onLine()).toEqual([]);
    expect(server.last).toMatchObject({ url: '/api/v1/exercises/x/commands?seat=seat', key: stage.outbox.waiting[0]?.key, act: large('a') });
    server.last.answer(200, { key: server.last.key, seq: 5 });
    await expect(outcome).resolves.toEqual({ ok: true, seq: 5 });
    expect(stage.outbox.waiting).toHaveLength(0);
  });

  it('keeps its key when the network fails, and is tried ever more seldom', async () => {
    const outcome = stage.socket.act(large('a'));
    for (const wait of [LATER, 2 * LATER, 4 * LATER]) {
      const tries = server.asked.length;
      server.last.fail();
      await soon(() => expect(stage.timers.some((timer) => timer.at === stage.time + wait)).toBe(true));
      stage.time += wait - 1;
      stage.pass(0);
      expect(server.asked).toHaveLength(tries);
      // The line lives: something is heard on it.
      stage.line.receive({ type: 'accepted', key: 'of another page', seq: 1 });
      stage.pass(1);
      expect(server.asked).toHaveLength(tries + 1);
    }
    expect(new Set(server.asked.map((one) => one.key)).size).toBe(1);
    server.last.answer(200, { key: server.last.key, seq: 5 });
    await expect(outcome).resolves.toEqual({ ok: true, seq: 5 });
  });

  it('keeps its key when the line breaks and when the page is loaded again', () => {
    void stage.socket.act(large('a'));
    const first = server.last;
    stage.line.onclose?.({ code: 1006 });
    expect(first.signal.aborted).toBe(true);
    expect(new Outbox('seat', () => undefined).waiting).toMatchObject([{ key: first.key, large: true }]);
    stage.pass(15_000);
    stage.line.onopen?.();
    expect(server.asked).toHaveLength(1);
    stage.line.receive(welcome(1));
    expect(server.asked.map((one) => one.key)).toEqual([first.key, first.key]);
    expect(onLine()).toEqual([]);
  });

  it('keeps its place among the others', async () => {
    for (const act of [small('a'), large('b'), small('c'), large('d'), small('e')]) void stage.socket.act(act);
    expect([onLine(), byRequest()]).toEqual([['a'], []]);
    accept(0);
    expect([onLine(), byRequest()]).toEqual([['a'], ['b']]);
    server.last.answer(200, { key: server.last.key, seq: 2 });
    await soon(() => expect(onLine()).toEqual(['a', 'c']));
    expect(byRequest()).toEqual(['b']);
    accept(1);
    expect(byRequest()).toEqual(['b', 'd']);
    server.last.answer(422, { code: 'bad_answer', detail: 'too many lines' });
    await soon(() => expect(onLine()).toEqual(['a', 'c', 'e']));
  });

  it('holds up no call of NO DUFF, and nobody while it waits for another try', async () => {
    void stage.socket.act(large('a'));
    void stage.socket.act({ type: 'raise_no_duff', text: 'fire', call_back: '' });
    void stage.socket.act(small('b'));
    expect(stage.line.of('command').map((one) => one.act.type)).toEqual(['raise_no_duff']);
    server.last.answer(503, { code: 'unavailable', detail: 'not now' });
    await soon(() => expect(stage.line.of('command')).toHaveLength(2));
    expect(byRequest()).toEqual(['a']);
    stage.pass(LATER);
    expect(byRequest()).toEqual(['a', 'a']);
  });

  it('is given up and tried again where a request has no answer for a minute', async () => {
    void stage.socket.act(large('a'));
    void stage.socket.act(small('b'));
    for (const at of [30_000, 60_000]) {
      expect(onLine()).toEqual([]);
      stage.line.receive({ type: 'accepted', key: 'of another page', seq: 1 });
      stage.time = at - 1;
      stage.pass(1);
    }
    await soon(() => expect(onLine()).toEqual(['b']));
    stage.pass(LATER);
    expect(server.asked.map((one) => one.key)).toEqual([server.last.key, server.last.key]);
  });

  it('is refused in the words of the server', async () => {
    const outcome = stage.socket.act(large('a'));
    server.last.answer(404, { code: 'unknown_inject', detail: 'there is none', values: { inject: 'a' } });
    await expect(outcome).resolves.toEqual({ ok: false, code: 'unknown_inject', message: 'there is none', values: { inject: 'a' } });
    expect(stage.outbox.waiting).toHaveLength(0);
  });

  it('is too large only if a request cannot hold it either', async () => {
    await expect(stage.socket.act(large('a', 1_100_000))).resolves.toMatchObject({ ok: false, code: 'too_large' });
    expect(server.asked).toHaveLength(0);
    const outcome = stage.socket.act(large('a', 1_000_000));
    server.last.answer(413, 'a proxy says no');
    await expect(outcome).resolves.toMatchObject({ ok: false, code: 'too_large' });
  });

  it('that may not wait is not tried again', async () => {
    const outcome = stage.socket.act({ type: 'cancel', reason: 'x'.repeat(70_000) });
    server.last.fail();
    await expect(outcome).resolves.toMatchObject({ ok: false, code: 'line_lost' });
    stage.pass(LATER);
    expect(server.asked).toHaveLength(1);
    const second = stage.socket.act({ type: 'cancel', reason: 'x'.repeat(70_000) });
    stage.line.onclose?.({ code: 1006 });
    await expect(second).resolves.toMatchObject({ ok: false, code: 'line_lost' });
  });
});
