/**
 * The live connection of one seat, as a state machine without a browser: sockets, timers and
 * randomness come from outside. It says `hello` with its position after each reconnect, counts
 * frames against the server's marks, and has what waits in the outbox sent once it is welcome.
 */
import type { Act, ClientFrame, LineMeasured, ServerFrame } from '../api/names';
import { backoff } from './backoff';
import { mayWait } from './kept';
import type { Outbox, Outcome } from './outbox';
import { Sender, type Ways } from './sender';

export type Connection = 'offline' | 'connecting' | 'catching_up' | 'live';
type Welcome = Extract<ServerFrame, { type: 'welcome' | 'reset' }>;

/** The part of a WebSocket that is used. */
export interface Line {
  send(text: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}
export interface World {
  open(): Line;
  now(): number;
  random(): number;
  after(milliseconds: number, task: () => void): () => void;
  /** A command that no frame can hold. */
  request: Ways['request'];
}
export interface Listener {
  frame(frame: ServerFrame): void;
  connection(state: Connection): void;
  /** The server took the seat's right away: no further tries. */
  revoked(): void;
  /** A line that never opened: maybe the seat's cookie is gone. */
  neverOpened(failures: number): void;
}

/** Marks come about every 20 s; a line silent for longer than this is dead. */
const SILENCE = 55_000;
/** Nothing more after this long means that the missed frames are all here: gaps in `seq` are normal. */
const QUIET = 800;

export class LiveSocket {
  #line: Line | null = null;
  #welcome = false;
  /** The server has welcomed this line before: a new greeting on it takes a moment, no more. */
  #known = false;
  #helloSent = false;
  #failures = 0;
  #epoch: string | null = null;
  #lastSeq = 0;
  #counted = 0;
  #head = 0;
  #stopped = false;
  #retry: (() => void) | null = null;
  #watchdog: (() => void) | null = null;
  #quiet: (() => void) | null = null;
  readonly #sender: Sender;

  constructor(
    private readonly world: World,
    private readonly outbox: Outbox,
    private readonly listener: Listener,
    private language: string,
  ) {
    const ways: Ways = {
      send: (frame) => this.#send(frame),
      request: (command, signal) => world.request(command, signal),
      after: (milliseconds, task) => world.after(milliseconds, task),
    };
    this.#sender = new Sender(ways, outbox);
  }

  start(): void {
    this.#stopped = false;
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#retry?.();
    this.#drop(1000);
    this.listener.connection('offline');
  }

  /** The browser has a network again: no need to wait out the back-off. */
  hurry(): void {
    if (this.#line || this.#stopped) return;
    this.#retry?.();
    this.#connect();
  }

  /** Asks for everything again, in another language. */
  speak(language: string): void {
    if (language === this.language) return;
    this.language = language;
    this.#epoch = null;
    this.#lastSeq = 0;
    if (this.#helloSent) this.#hello();
  }

  /**
   * Keeps and sends a command; settles when the server answered, however long that takes. What may not
   * wait for the line is refused at once when there is none.
   */
  async act(act: Act): Promise<Outcome> {
    if (!this.#known && !mayWait(act)) return { ok: false, code: 'not_live', message: '' };
    const added = this.outbox.add(act, this.world.now());
    if ('refused' in added) return added.refused;
    this.#sender.give();
    return added.outcome;
  }

  /** Says that the person writes; lost without harm. */
  writing(inject: string, active: boolean): void {
    if (this.#welcome) this.#send({ type: 'writing', inject, active });
  }

  /** Measures the line; false if there is none. */
  probe(n: number, measured: LineMeasured): boolean {
    if (this.#welcome) this.#send({ type: 'probe', n, measured });
    return this.#welcome;
  }

  #connect(): void {
    this.listener.connection('connecting');
    const line = this.world.open();
    let opened = false;
    this.#line = line;
    line.onopen = () => {
      opened = true;
      this.#listen();
      this.#hello();
    };
    line.onmessage = (event) => {
      if (typeof event.data === 'string') this.#receive(JSON.parse(event.data) as ServerFrame);
    };
    line.onclose = (event) => {
      if (this.#line === line) this.#closed(event.code, opened);
    };
  }

  #hello(): void {
    this.#helloSent = true;
    this.#welcome = false;
    this.#sender.hold();
    this.listener.connection('catching_up');
    const known = this.#epoch !== null;
    this.#send({
      type: 'hello',
      epoch: this.#epoch,
      last_seq: known ? this.#lastSeq : null,
      language: this.language,
    });
  }

  #receive(frame: ServerFrame): void {
    this.#listen();
    switch (frame.type) {
      case 'welcome':
      case 'reset':
        this.listener.frame(frame);
        this.#welcomed(frame);
        return;
      case 'frame':
        this.#counted += 1;
        this.#lastSeq = Math.max(this.#lastSeq, frame.seq);
        this.listener.frame(frame);
        if (this.#welcome && this.#quiet) this.#caughtUp();
        return;
      case 'accepted':
        this.#sender.answered(frame.key, { ok: true, seq: frame.seq });
        return;
      case 'rejected':
        this.#rejected(frame);
        return;
      case 'mark':
        this.listener.frame(frame);
        if (this.#welcome && frame.n !== this.#counted) this.#hello();
        return;
      case 'value':
      case 'probe':
        this.listener.frame(frame);
    }
  }

  #welcomed(frame: Welcome): void {
    this.#failures = 0;
    this.#epoch = frame.epoch;
    this.#head = frame.seq;
    this.#counted = 0;
    if (frame.type === 'reset') this.#lastSeq = frame.seq;
    this.#welcome = this.#known = true;
    this.#sender.open();
    this.#caughtUp();
  }

  /** Live at the head, or once no frame came for a moment. */
  #caughtUp(): void {
    this.#quiet?.();
    this.#quiet = null;
    if (this.#lastSeq >= this.#head) {
      this.listener.connection('live');
      return;
    }
    this.#quiet = this.world.after(QUIET, () => {
      this.#quiet = null;
      if (this.#welcome) this.listener.connection('live');
    });
  }

  #rejected(frame: Extract<ServerFrame, { type: 'rejected' }>): void {
    if (!frame.key) return;
    this.#sender.answered(frame.key, { ok: false, code: frame.code, message: frame.message, ...(frame.values && { values: frame.values }) });
  }

  #send(frame: ClientFrame): void {
    this.#line?.send(JSON.stringify(frame));
  }

  #listen(): void {
    this.#watchdog?.();
    this.#watchdog = this.world.after(SILENCE, () => {
      this.#drop(1000);
      this.#again(false);
    });
  }

  #closed(code: number, opened: boolean): void {
    this.#drop();
    if (this.#stopped) return;
    if (code === 4003) {
      this.#stopped = true;
      this.listener.connection('offline');
      this.listener.revoked();
      return;
    }
    // Too slow means that this client is known and its place is kept: come back at once.
    this.#again(code === 4008);
    if (!opened) this.listener.neverOpened(this.#failures);
  }

  #again(soon: boolean): void {
    this.listener.connection('offline');
    const wait = soon ? backoff(0, this.world.random()) : backoff(this.#failures, this.world.random());
    this.#failures += 1;
    this.#retry = this.world.after(wait, () => {
      this.#retry = null;
      this.#connect();
    });
  }

  #drop(code?: number): void {
    for (const cancel of [this.#watchdog, this.#quiet]) cancel?.();
    this.#watchdog = this.#quiet = null;
    this.#sender.close();
    this.#welcome = this.#known = this.#helloSent = false;
    const line = this.#line;
    this.#line = null;
    this.outbox.lineLost();
    if (line && code !== undefined) line.close(code);
  }
}
