/** What a page shows, whether it happens now or happened then: cards, values and a clock. */
import { getContext, setContext } from 'svelte';
import type { Act, ClockValue, Reader } from '../api/names';
import { Cards } from './cards.svelte';
import type { Outcome } from './outbox';
import { read } from './reading';
import type { Connection } from './socket';

export abstract class View {
  readonly cards = new Cards();
  reader = $state.raw<Reader | null>(null);
  /** The time that everything is told by. */
  abstract readonly clock: { readonly now: number };
  abstract readonly connection: Connection;
  /** Commands that wait for the line. */
  abstract readonly queued: number;

  constructor(
    readonly exercise: string,
    readonly seat: string,
  ) {}

  abstract act(act: Act): Promise<Outcome>;
  abstract writing(inject: string, active: boolean): void;

  get exerciseCard() {
    return this.cards.get('exercise');
  }

  /** The reader's team, if the seat is in one. */
  get team(): string | null {
    return this.reader?.team ?? null;
  }

  /** The clock that counts for the reader, or that of a named team. */
  clockValue(team: string | null = this.team): ClockValue | undefined {
    return (team ? this.cards.value('clock', team) : undefined) ?? this.cards.value('clock');
  }

  /** Plan and active time now. */
  readings(team: string | null = this.team): { active: number; plan: number } | undefined {
    const value = this.clockValue(team);
    return value && read(value, this.clock.now);
  }

  /** Name of a person, where the reader may know it. */
  nameOf(person: string | null | undefined): string | null {
    return (person && this.cards.value('people')?.names[person]) || null;
  }
}

const KEY = Symbol('view');
export const provideView = (view: View) => setContext(KEY, view);
export const useLive = () => getContext<View>(KEY);
