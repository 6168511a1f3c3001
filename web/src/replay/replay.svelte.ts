/**
 * The exercise as somebody saw it, at the moment where a slider stands. The server says what was
 * seen and until when that holds; between two moments only what differs is fetched. Nothing is ever
 * sent from here: looking back is no reading and no act.
 */
import type { ReplayAnswer, ReplayMark, ReplayMarks } from '../api/names';
import type { Outcome } from '../live/outbox';
import { View } from '../live/view.svelte';
import { rangeOf, within, type Range } from './slider';

/** Through whose eyes; without a role through one's own. */
export interface Eyes {
  role?: string;
  team?: string;
}
export type Query = Record<string, string | number>;
/** The two questions that a replay asks. */
export interface Archive {
  marks(query: Query, signal: AbortSignal): Promise<ReplayMarks>;
  moment(query: Query, signal: AbortSignal): Promise<ReplayAnswer>;
}

/** A slider that is being drawn along asks only where it rests. */
const REST = 90;
const TICK = 200;

export class Replay extends View {
  readonly connection = 'live' as const;
  readonly queued = 0;
  readonly clock: { readonly now: number };
  range = $state.raw<Range | null>(null);
  marks = $state.raw<ReplayMark[]>([]);
  /** How many happenings lie between the marks. */
  leftOut = $state(0);
  /** Where the slider stands. */
  at = $state(0);
  /** Whether what is shown lags behind the slider. */
  waiting = $state(false);
  playing = $state(false);
  speed = $state(10);
  failed = $state.raw<unknown>(null);
  /** The moment that is shown. */
  #shown = $state(0);
  #query: Query = {};
  /** What is shown holds from `at` until `next_at`. */
  #answer: ReplayAnswer | null = null;
  #request: AbortController | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #player: ReturnType<typeof setInterval> | undefined;

  constructor(
    exercise: string,
    seat: string,
    private readonly archive: Archive,
  ) {
    super(exercise, seat);
    const shown = () => this.#shown;
    this.clock = {
      get now() {
        return shown();
      },
    };
  }

  /** Looks through these eyes, in a language; at the same moment as before, if there was one. */
  async look(eyes: Eyes, language: string): Promise<void> {
    this.hold();
    this.#query = { ...(eyes.role ? { as: eyes.role } : {}), ...(eyes.team ? { team: eyes.team } : {}), language };
    this.#answer = null;
    await this.#ask(async (signal) => {
      const { marks, span, left_out } = await this.archive.marks(this.#query, signal);
      if (signal.aborted) return;
      this.marks = marks;
      this.leftOut = left_out;
      this.at = within(rangeOf(span), this.range ? this.at : (span.started_at ?? span.first_at));
      this.range = rangeOf(span);
      await this.#show(signal);
    });
  }

  /** Moves the slider. What is shown follows as soon as it can. */
  seek(at: number): void {
    if (!this.range) return;
    this.at = Math.round(within(this.range, at));
    clearTimeout(this.#rest);
    if (this.#holds(this.at)) {
      this.#request?.abort();
      this.waiting = false;
      this.#shown = this.at;
    } else if (this.playing) {
      void this.#ask((signal) => this.#show(signal));
    } else {
      this.waiting = true;
      this.#rest = setTimeout(() => void this.#ask((signal) => this.#show(signal)), REST);
    }
  }

  /** Lets time pass; from the beginning, if it is over. */
  play(): void {
    if (!this.range || this.playing) return;
    if (this.at >= this.range.to) this.seek(this.range.from);
    this.playing = true;
    let before = performance.now();
    this.#player = setInterval(() => {
      const now = performance.now();
      const passed = now - before;
      before = now;
      // On a slow line time waits for the picture.
      if (this.waiting || !this.range) return;
      this.seek(this.at + passed * this.speed);
      if (this.at >= this.range.to) this.hold();
    }, TICK);
  }

  hold(): void {
    this.playing = false;
    clearInterval(this.#player);
  }

  stop(): void {
    this.hold();
    clearTimeout(this.#rest);
    this.#request?.abort();
  }

  /** Nobody acts in the past. */
  act(): Promise<Outcome> {
    return Promise.resolve({ ok: false, code: 'wrong_stage', message: '' });
  }

  writing(): void {}

  #holds(at: number): boolean {
    const answer = this.#answer;
    return answer !== null && at >= answer.at && (typeof answer.next_at !== 'number' || at < answer.next_at);
  }

  /** Only the newest question counts: one before it that has no answer yet is given up. */
  async #ask(question: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#request?.abort();
    clearTimeout(this.#rest);
    const { signal } = (this.#request = new AbortController());
    this.waiting = true;
    try {
      await question(signal);
      if (!signal.aborted) this.failed = null;
    } catch (error) {
      if (signal.aborted) return;
      this.failed = error;
      this.hold();
    }
    if (!signal.aborted) this.waiting = false;
  }

  async #show(signal: AbortSignal): Promise<void> {
    const { at } = this;
    const held: Query = this.#answer ? { held: this.#answer.seq } : {};
    const answer = await this.archive.moment({ ...this.#query, ...held, at }, signal);
    if (signal.aborted) return;
    if (typeof answer.since === 'number') this.cards.put(answer.cards);
    else this.cards.reset(answer.cards);
    this.cards.resetValues(answer.values);
    const { role, team, person, language } = answer.viewer;
    this.reader = { exercise: this.exercise, person: person ?? '', role, team: team ?? null, language };
    this.#answer = answer;
    this.#shown = at;
  }
}
