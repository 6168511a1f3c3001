/**
 * Commands that wait for their answer. Each is kept under its own key in storage until the server
 * accepted or refused it, so that a reload or a lost line loses none; the server drops repeats by
 * key. Commands keep the order in which they were given.
 */
import type { Act } from '../api/names';
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
    remember(this.#prefix + item.key, text);
    this.#waiting.push(item);
    this.changed(this.#waiting.length);
    return { item, outcome: new Promise((settle) => this.#settlers.set(item.key, settle)) };
  }

  /** Takes note of an answer. Returns whether the command should be sent again later. */
  settle(key: string, outcome: Outcome): boolean {
    if (!outcome.ok && TRY_AGAIN.has(outcome.code)) return true;
    forget(this.#prefix + key);
    this.#waiting = this.#waiting.filter((item) => item.key !== key);
    this.#settlers.get(key)?.(outcome);
    this.#settlers.delete(key);
    this.changed(this.#waiting.length);
    return false;
  }

  get #prefix(): string {
    return `dh.outbox.${this.seat}.`;
  }
}

function restore(prefix: string): Waiting[] {
  const items: Waiting[] = [];
  for (const key of keysUnder(prefix)) {
    try {
      items.push(JSON.parse(recall(key) ?? '') as Waiting);
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
