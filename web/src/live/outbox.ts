/**
 * Commands that wait for their answer. Each is kept under its own key in storage until the server
 * accepted or refused it, so that a reload or a lost line loses none; the server drops repeats by
 * key. Commands keep the order in which they were given; how they go is `sender.ts`'s. What may not wait
 * (`kept.ts`) is neither stored nor sent again: it fails with the line.
 */
import type { Act } from '../api/names';
import { mayWait } from './kept';
import { forget, keysUnder, recall, remember } from './storage';

/** The server closes the line on frames above 64 KiB: what is larger goes by a request of its own. */
const FRAME = 60 * 1024;
/**
 * The server reads no more than this of a request. What is larger is not even sent: a browser takes a refusal that
 * comes before its last byte for a broken line, and would send it again and again.
 */
const REQUEST = 1024 * 1024;
/** Refusals that only mean "not now". */
const TRY_AGAIN = new Set(['unavailable', 'too_many_frames', 'taken_over', 'unreachable']);

export interface Waiting {
  key: string;
  act: Act;
  at: number;
  /** No frame can hold it. */
  large: boolean;
}
export type Outcome = { ok: true; seq: number } | { ok: false; code: string; message: string; values?: Record<string, string> };

export class Outbox {
  #waiting: Waiting[];
  #settlers = new Map<string, (outcome: Outcome) => void>();

  constructor(
    private readonly seat: string,
    private readonly changed: (length: number) => void,
  ) {
    this.#waiting = restore(this.#prefix);
    changed(this.#waiting.length);
  }

  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** Keeps a command. The promise settles when the server has answered it. */
  add(act: Act, at: number): { item: Waiting; outcome: Promise<Outcome> } | { refused: Outcome } {
    const key = randomKey();
    const bytes = bytesOf(key, act);
    if (bytes > REQUEST) return { refused: { ok: false, code: 'too_large', message: '' } };
    const item = { key, act, at, large: bytes > FRAME };
    if (mayWait(act)) remember(this.#prefix + key, JSON.stringify({ key, act, at }));
    this.#waiting.push(item);
    this.changed(this.#waiting.length);
    return { item, outcome: new Promise((settle) => this.#settlers.set(item.key, settle)) };
  }

  /** Takes note of an answer. Returns whether the command should be sent again later. */
  settle(key: string, outcome: Outcome): boolean {
    const item = this.#waiting.find((one) => one.key === key);
    if (!outcome.ok && TRY_AGAIN.has(outcome.code) && item && mayWait(item.act)) return true;
    forget(this.#prefix + key);
    this.#waiting = this.#waiting.filter((item) => item.key !== key);
    this.#settlers.get(key)?.(outcome);
    this.#settlers.delete(key);
    this.changed(this.#waiting.length);
    return false;
  }

  /** The line is gone: whether what may not wait was done is not known, and it is not sent again. */
  lineLost(): void {
    for (const { key, act } of this.#waiting) {
      if (!mayWait(act)) this.settle(key, { ok: false, code: 'line_lost', message: '' });
    }
  }

  get #prefix(): string {
    return `dh.outbox.${this.seat}.`;
  }
}

function restore(prefix: string): Waiting[] {
  const items: Waiting[] = [];
  for (const key of keysUnder(prefix)) {
    try {
      const item = JSON.parse(recall(key) ?? '') as Omit<Waiting, 'large'>;
      if (mayWait(item.act)) items.push({ ...item, large: bytesOf(item.key, item.act) > FRAME });
      else forget(key);
    } catch {
      forget(key);
    }
  }
  return items.sort((a, b) => a.at - b.at);
}

/** Bytes of a command as the body of a request; a frame has a few more. */
function bytesOf(key: string, act: Act): number {
  return new TextEncoder().encode(JSON.stringify({ key, act })).length;
}

/** 128 random bits; works without a secure context, where `randomUUID` does not. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
