/**
 * Commands that wait for their answer. Each is kept under its own key in storage until the server
 * accepted or refused it, so that a reload or a lost line loses none; the server drops repeats by
 * key. Commands keep the order in which they were given. What may not wait (`kept.ts`) is neither
 * stored nor sent again: it fails with the line.
 */
import type { Act } from '../api/names';
import { mayWait } from './kept';
import { forget, keysUnder, recall, remember } from './storage';

/** The server closes the line on frames above 64 KiB; a command that big must never be resent. */
const MAX_BYTES = 60 * 1024;
/** Refusals that only mean "not now". */
const TRY_AGAIN = new Set(['unavailable', 'too_many_frames', 'taken_over']);

export interface Waiting {
  key: string;
  act: Act;
  at: number;
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
    const item = { key: randomKey(), act, at };
    const text = JSON.stringify(item);
    if (new TextEncoder().encode(text).length > MAX_BYTES) {
      return { refused: { ok: false, code: 'too_large', message: '' } };
    }
    if (mayWait(act)) remember(this.#prefix + item.key, text);
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
      const item = JSON.parse(recall(key) ?? '') as Waiting;
      if (mayWait(item.act)) items.push(item);
      else forget(key);
    } catch {
      forget(key);
    }
  }
  return items.sort((a, b) => a.at - b.at);
}

/** 128 random bits; works without a secure context, where `randomUUID` does not. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
