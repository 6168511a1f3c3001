/**
 * Gives what waits in the outbox to the server, in the order in which it was given: over the line, or by a request
 * of its own where no frame can hold it. Such a one goes once everything before it has its answer, and what comes
 * after waits for it, as it would behind a frame of that size. A call of NO DUFF waits for nothing.
 *
 * What the server cannot do for now is given again later, under the same key; meanwhile the others go on.
 */
import type { ClientFrame } from '../api/names';
import { mayWait } from './kept';
import type { Outbox, Outcome, Waiting } from './outbox';

const AGAIN = 3_000;
/** A request that failed so many times is tried ever more seldom: what it holds is large. */
const MOST_DOUBLED = 4;
/** The server gives up on a request after half a minute: one that has no answer for longer gets none. */
const PATIENCE = 60_000;

/** The ways to the server, and time. */
export interface Ways {
  send(frame: ClientFrame): void;
  request(command: Pick<Waiting, 'key' | 'act'>, signal: AbortSignal): Promise<Outcome>;
  after(milliseconds: number, task: () => void): () => void;
}

export class Sender {
  #open = false;
  /** On their way over this line. */
  #sent = new Set<string>();
  /** The one that is on its way by request. */
  #asking: { key: string; stop: () => void } | null = null;
  /** Requests that failed: they are tried again later, and nothing waits for them. */
  #aside = new Set<string>();
  #failures = 0;
  #resend: (() => void) | null = null;
  #retry: (() => void) | null = null;

  constructor(
    private readonly ways: Ways,
    private readonly outbox: Outbox,
  ) {}

  /** The server knows who this is: everything that has no answer goes to it, again or for the first time. */
  open(): void {
    this.#open = true;
    this.#sent.clear();
    this.#aside.clear();
    this.give();
  }

  /** The server is to be greeted anew before it takes anything. */
  hold(): void {
    this.#open = false;
    this.#resend?.();
    this.#retry?.();
    this.#resend = this.#retry = null;
  }

  /** The line is gone, and with it whatever was on its way. */
  close(): void {
    this.hold();
    this.#failures = 0;
    const asking = this.#asking;
    this.#asking = null;
    asking?.stop();
  }

  /** Gives what may go now. */
  give(): void {
    if (!this.#open) return;
    let isFirst = true;
    let isHeld = false;
    for (const item of this.outbox.waiting) {
      if (this.#aside.has(item.key) || (isHeld && item.act.type !== 'raise_no_duff')) continue;
      if (item.large) {
        if (isFirst) this.#ask(item);
        isHeld = true;
      } else if (!this.#sent.has(item.key)) {
        this.#sent.add(item.key);
        this.ways.send({ type: 'command', key: item.key, act: item.act });
      }
      isFirst = false;
    }
  }

  /** Takes note of what came over the line. */
  answered(key: string, outcome: Outcome): void {
    if (this.outbox.settle(key, outcome)) {
      this.#resend ??= this.ways.after(AGAIN, () => {
        this.#resend = null;
        this.#sent.clear();
        this.give();
      });
    } else this.#sent.delete(key);
    this.give();
  }

  #ask({ key, act }: Waiting): void {
    if (this.#asking?.key === key) return;
    const given = new AbortController();
    const forget = this.ways.after(PATIENCE, () => given.abort());
    const stop = () => {
      forget();
      given.abort();
    };
    const asking = (this.#asking = { key, stop });
    void this.ways.request({ key, act }, given.signal).then((outcome) => {
      forget();
      // The line broke meanwhile: it is asked for again, and the same key gets the same answer.
      if (this.#asking !== asking) return;
      this.#asking = null;
      // Whether it was done is not known, and what may not wait is not tried again.
      const isLost = !outcome.ok && outcome.code === 'unreachable' && !mayWait(act);
      this.#requested(key, isLost ? { ok: false, code: 'line_lost', message: '' } : outcome);
    });
  }

  #requested(key: string, outcome: Outcome): void {
    if (this.outbox.settle(key, outcome)) {
      this.#aside.add(key);
      this.#retry ??= this.ways.after(AGAIN * 2 ** Math.min(this.#failures, MOST_DOUBLED), () => {
        this.#retry = null;
        this.#aside.clear();
        this.give();
      });
      this.#failures += 1;
    } else this.#failures = 0;
    this.give();
  }
}
