import { beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from './outbox';
import { frame, mark, reset, Stage, welcome } from './testStage';

describe('the live connection', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });

  it('asks for everything first and is live after the reset', () => {
    stage.begin(7);
    expect(stage.line.of('hello')).toEqual([{ type: 'hello', epoch: null, last_seq: null, language: 'en' }]);
    expect(stage.state).toBe('live');
  });

  it('comes back with its position and says that it catches up until it has', () => {
    stage.begin(7);
    stage.line.receive(frame(9));
    stage.line.onclose?.({ code: 1006 });
    expect(stage.state).toBe('offline');
    stage.pass(15_000);
    stage.line.onopen?.();
    expect(stage.line.of('hello')[0]).toMatchObject({ epoch: 'e', last_seq: 9 });
    stage.line.receive(welcome(12));
    expect(stage.state).toBe('catching_up');
    stage.line.receive(frame(12));
    expect(stage.state).toBe('live');
  });

  it('is live after a moment of quiet when the last rows are not for this reader', () => {
    stage.begin(7);
    stage.line.onclose?.({ code: 1006 });
    stage.pass(15_000);
    stage.line.onopen?.();
    stage.line.receive(welcome(40));
    expect(stage.state).toBe('catching_up');
    stage.pass(1_000);
    expect(stage.state).toBe('live');
  });

  it('says hello again when it counted other frames than the server sent', () => {
    stage.begin(7);
    stage.line.receive(frame(8));
    stage.line.receive(mark(9, 1));
    expect(stage.line.of('hello')).toHaveLength(1);
    stage.line.receive(mark(9, 2));
    expect(stage.line.of('hello')).toHaveLength(2);
    expect(stage.line.of('hello')[1]).toMatchObject({ last_seq: 8 });
  });

  it('counts afresh from the welcome, not from its own hello', () => {
    stage.begin(7);
    stage.line.receive(mark(8, 1));
    stage.line.receive(frame(8));
    stage.line.receive(welcome(8));
    stage.line.receive(mark(8, 0));
    expect(stage.line.of('hello')).toHaveLength(2);
  });

  it('sends a command again under the same key after the line broke, and settles it once', async () => {
    stage.begin(1);
    const outcome = stage.socket.act({ type: 'acknowledge', inject: 'mail' });
    const key = stage.line.of('command')[0]?.key ?? '';
    stage.line.onclose?.({ code: 1006 });
    stage.pass(15_000);
    stage.line.onopen?.();
    stage.line.receive(welcome(1));
    expect(stage.line.of('command').map((one) => one.key)).toEqual([key]);
    stage.line.receive({ type: 'accepted', key, seq: 2 });
    await expect(outcome).resolves.toEqual({ ok: true, seq: 2 });
    expect(stage.outbox.waiting).toHaveLength(0);
  });

  it('keeps what was done offline and sends it in order when welcome', () => {
    void stage.socket.act({ type: 'acknowledge', inject: 'a' });
    void stage.socket.act({ type: 'acknowledge', inject: 'b' });
    stage.begin(1);
    expect(stage.line.of('command').map((one) => one.act)).toMatchObject([{ inject: 'a' }, { inject: 'b' }]);
  });

  it('tries again when the server is only unavailable', () => {
    stage.begin(1);
    void stage.socket.act({ type: 'acknowledge', inject: 'mail' });
    const key = stage.line.of('command')[0]?.key ?? '';
    stage.line.receive({ type: 'rejected', key, code: 'unavailable', message: '' });
    stage.pass(3_000);
    expect(stage.line.of('command').map((one) => one.key)).toEqual([key, key]);
  });

  it('never keeps what moves time: it fails at once while the line is down', async () => {
    const shift = { type: 'shift' as const, by: 300_000 };
    await expect(stage.socket.act(shift)).resolves.toMatchObject({ ok: false, code: 'not_live' });
    stage.begin(1);
    expect(stage.line.of('command')).toHaveLength(0);
    const outcome = stage.socket.act(shift);
    expect(stage.line.of('command')).toHaveLength(1);
    expect(new Outbox('seat', () => undefined).waiting, 'a reload finds nothing to send').toHaveLength(0);
    stage.line.onclose?.({ code: 1006 });
    await expect(outcome).resolves.toMatchObject({ ok: false, code: 'line_lost' });
    stage.pass(15_000);
    stage.line.onopen?.();
    stage.line.receive(welcome(1));
    expect(stage.line.of('command'), 'nothing fires when the line is back').toHaveLength(0);
  });

  it('does not try again what moves time', async () => {
    stage.begin(1);
    const outcome = stage.socket.act({ type: 'shift', by: 300_000 });
    const key = stage.line.of('command')[0]?.key ?? '';
    stage.line.receive({ type: 'rejected', key, code: 'unavailable', message: '' });
    await expect(outcome).resolves.toMatchObject({ ok: false, code: 'unavailable' });
    stage.pass(3_000);
    expect(stage.line.of('command')).toHaveLength(1);
  });

  it('reports a refusal and forgets the command', async () => {
    stage.begin(1);
    const outcome = stage.socket.act({ type: 'start_ex' });
    const key = stage.line.of('command')[0]?.key ?? '';
    stage.line.receive({ type: 'rejected', key, code: 'no_teams', message: 'add one' });
    await expect(outcome).resolves.toEqual({ ok: false, code: 'no_teams', message: 'add one' });
    expect(stage.outbox.waiting).toHaveLength(0);
  });

  it('asks for everything again in another language', () => {
    stage.begin(7);
    stage.socket.speak('ar');
    expect(stage.line.of('hello')[1]).toEqual({ type: 'hello', epoch: null, last_seq: null, language: 'ar' });
  });

  it('holds what is done meanwhile until it is greeted in that language', () => {
    stage.begin(7);
    stage.socket.speak('ar');
    void stage.socket.act({ type: 'shift', by: 300_000 });
    expect(stage.line.of('command')).toHaveLength(0);
    stage.line.receive(reset(7));
    expect(stage.line.of('command')).toHaveLength(1);
  });

  it('gives up for good when its right was taken away', () => {
    stage.begin(1);
    stage.line.onclose?.({ code: 4003 });
    stage.pass(60_000);
    expect(stage.revoked).toBe(true);
    expect(stage.lines).toHaveLength(1);
  });

  it('drops a line on which nothing came for a minute', () => {
    stage.begin(1);
    stage.pass(60_000);
    expect(stage.state).toBe('offline');
    stage.pass(15_000);
    expect(stage.lines).toHaveLength(2);
  });
});
