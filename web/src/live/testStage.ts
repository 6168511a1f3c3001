/** For tests: a connection on a stage, with lines that the test holds the other end of. */
import type { ClientFrame, ServerFrame } from '../api/names';
import { byRequest } from './byRequest';
import { Outbox } from './outbox';
import { LiveSocket, type Connection, type Line } from './socket';

/** A world in which time passes only when told. */
export class Stage {
  lines: FakeLine[] = [];
  timers: { at: number; task: () => void }[] = [];
  time = 0;
  states: Connection[] = [];
  seen: ServerFrame[] = [];
  revoked = false;
  outbox = new Outbox('seat', () => undefined);
  socket = new LiveSocket(
    {
      open: () => {
        const line = new FakeLine();
        this.lines.push(line);
        return line;
      },
      now: () => this.time,
      random: () => 0,
      after: (milliseconds, task) => {
        const timer = { at: this.time + milliseconds, task };
        this.timers.push(timer);
        return () => (this.timers = this.timers.filter((one) => one !== timer));
      },
      request: (command, signal) => byRequest('x', 'seat', command, signal),
    },
    this.outbox,
    {
      frame: (frame) => this.seen.push(frame),
      connection: (state) => this.states.push(state),
      revoked: () => (this.revoked = true),
      neverOpened: () => undefined,
    },
    'en',
  );

  get line(): FakeLine {
    return this.lines[this.lines.length - 1] as FakeLine;
  }
  get state(): Connection | undefined {
    return this.states[this.states.length - 1];
  }
  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (const timer of this.timers.filter((one) => one.at <= this.time)) {
      this.timers = this.timers.filter((one) => one !== timer);
      timer.task();
    }
  }
  /** Connects and is given everything up to a row. */
  begin(seq: number): void {
    this.socket.start();
    this.line.onopen?.();
    this.line.receive(reset(seq));
  }
}

export class FakeLine implements Line {
  sent: ClientFrame[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }
  close(): void {
    this.onclose?.({ code: 1000 });
  }
  receive(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  of<T extends ClientFrame['type']>(type: T) {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type);
  }
}

const reader = { exercise: 'x', person: 'p', role: 'player' as const, team: 't', language: 'en' };
export const reset = (seq: number): ServerFrame => ({ type: 'reset', protocol: 1, reader, epoch: 'e', seq, server_time: 0, cards: [], values: [] });
export const welcome = (seq: number): ServerFrame => ({ type: 'welcome', protocol: 1, reader, epoch: 'e', seq, server_time: 0, values: [] });
export const frame = (seq: number): ServerFrame => ({ type: 'frame', seq, at: 0, kind: 'said', cards: [] });
export const mark = (seq: number, n: number): ServerFrame => ({ type: 'mark', seq, n, server_time: 0 });
