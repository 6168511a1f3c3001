/** A drill day as the server tells it, asked for again while the page is looked at. */
import { get, post, Problem } from '../api/client';
import type { DayExerciseLine, ProgrammeView, Seat } from '../api/names';
import { trouble } from '../frame/refusal';
import { tx } from '../language/language.svelte';
import { ServerClock } from '../live/clock.svelte';
import { pathOf } from '../router';
import { keepSeat } from '../start/seats';

/** How often the day is looked at anew: states and clocks of exercises, who came. */
const EVERY = 10_000;

export class Day {
  view = $state.raw<ProgrammeView | null>(null);
  failed = $state('');
  /** The pass is not of this browser, and nobody is signed in who has a part in the day. */
  refused = $state(false);
  readonly clock = new ServerClock();
  #timer: ReturnType<typeof setInterval>;

  constructor(readonly id: string) {
    void this.load();
    this.#timer = setInterval(() => document.hidden || void this.load(), EVERY);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.clock.stop();
  }

  path(rest = ''): string {
    return `/programmes/${encodeURIComponent(this.id)}${rest}`;
  }

  async load(): Promise<void> {
    try {
      const view = await get<ProgrammeView>(this.path());
      this.clock.note(view.server_time);
      this.view = view;
      this.failed = '';
      this.refused = false;
    } catch (error) {
      this.refused = error instanceof Problem && (error.status === 403 || error.status === 401);
      this.failed = trouble(error);
    }
  }

  /** Does something, and looks at the day anew. Says what went wrong; nothing if nothing did. */
  async attempt(task: () => Promise<unknown>): Promise<string> {
    try {
      await task();
    } catch (error) {
      return trouble(error);
    }
    await this.load();
    return '';
  }

  /** Enters an exercise with the pass, or as the account that runs it. */
  async enter(exercise: DayExerciseLine, by: 'pass' | 'account'): Promise<string> {
    const id = encodeURIComponent(exercise.exercise);
    try {
      const seat = await post<Seat>(by === 'pass' ? this.path(`/exercises/${id}/seat`) : `/exercises/${id}/seats`);
      keepSeat(seat, tx(exercise.title));
      location.assign(pathOf(seat));
      return '';
    } catch (error) {
      return trouble(error);
    }
  }
}
