/**
 * What the seat may see: the last card under each key and the last value under each key. The
 * browser holds no rules; it puts and removes what it is told.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Card, CardOf, KeyedCard, KeyedValue, LastValue } from '../api/names';

type CardType = Card['card'];

/** Every type has its map from the start: one made while something is being drawn is not followed. */
const TYPES: Record<CardType, true> = {
  exercise: true,
  organisation: true,
  granted: true,
  scorecard_shown: true,
  veto: true,
  action_proposal: true,
  file: true,
  directory: true,
  plan: true,
  personas: true,
  team: true,
  person: true,
  started: true,
  comcheck: true,
  comcheck_acknowledged: true,
  comcheck_answered: true,
  ready_tick: true,
  ready_signed: true,
  ended: true,
  pause: true,
  suspension: true,
  phase: true,
  guest: true,
  inject: true,
  released: true,
  missed: true,
  skipped: true,
  retimed: true,
  delivered: true,
  opened: true,
  acknowledged: true,
  response: true,
  closed: true,
  message: true,
  entry: true,
  said: true,
  duff: true,
  decision: true,
  outage: true,
  fault: true,
  scheduled: true,
  start_held: true,
  cancelled: true,
  moved: true,
  break: true,
  fit: true,
  amended: true,
  armed: true,
  held: true,
  recalled: true,
  resent: true,
  excused: true,
  detained: true,
  passed_over: true,
  extended: true,
  silent: true,
  responsible: true,
  test: true,
  personal_receipt: true,
  line: true,
  flag: true,
  variable: true,
  lost: true,
  hint: true,
  duff_decided: true,
  hall_contact: true,
  duff_state: true,
  request: true,
  request_owner: true,
  request_answer: true,
  staff: true,
  peer: true,
  observation: true,
  delegate: true,
  consent: true,
  credit: true,
  marking: true,
  assignment: true,
  mark: true,
  moderated: true,
  action: true,
  rating: true,
  adjustment: true,
  adjusted: true,
  result: true,
  results: true,
  appeal: true,
  appeal_answer: true,
  feedback: true,
  feedback_given: true,
  feedback_text: true,
  hot_wash: true,
  hot_wash_hidden: true,
  hot_wash_source: true,
  hot_wash_own: true,
  hot_wash_merged: true,
  finding: true,
  finding_order: true,
  signed_off: true,
  improvement: true,
  improvement_state: true,
  release_proposal: true,
  release: true,
};

export class Cards {
  #byType = new Map(Object.keys(TYPES).map((type) => [type, new SvelteMap<string, Card>()]));
  #values = new SvelteMap<string, LastValue>();

  /** All cards of a type by key (`inject/…`), in order of arrival. */
  of<T extends CardType>(type: T): SvelteMap<string, CardOf<T>> {
    return this.#map(type) as unknown as SvelteMap<string, CardOf<T>>;
  }

  /** The card under a key whose type is its part before the first slash. */
  get<T extends CardType>(type: T, ...rest: (string | number)[]): CardOf<T> | undefined {
    return this.of(type).get([type, ...rest].join('/'));
  }

  list<T extends CardType>(type: T): CardOf<T>[] {
    return [...this.of(type).values()];
  }

  value<V extends LastValue['value']>(kind: V, rest = ''): Extract<LastValue, { value: V }> | undefined {
    const found = this.#values.get(rest ? `${kind}/${rest}` : kind);
    return found?.value === kind ? (found as Extract<LastValue, { value: V }>) : undefined;
  }

  put(cards: readonly KeyedCard[]): void {
    for (const { key, card } of cards) {
      const map = this.#map(key.split('/', 1)[0] ?? key);
      if (card) map.set(key, card);
      else map.delete(key);
    }
  }

  putValue(key: string, value: LastValue): void {
    this.#values.set(key, value);
  }

  /** Everything that is held, as a reset would bring it. */
  all(): { cards: KeyedCard[]; values: KeyedValue[] } {
    const cards = [...this.#byType.values()].flatMap((map) => [...map].map(([key, card]): KeyedCard => ({ key, card })));
    return { cards, values: [...this.#values].map(([key, value]) => ({ key, value })) };
  }

  /** Takes these values for all there are. */
  resetValues(values: readonly KeyedValue[]): void {
    const keys = new Set(values.map((keyed) => keyed.key));
    for (const key of [...this.#values.keys()]) if (!keys.has(key)) this.#values.delete(key);
    for (const { key, value } of values) this.#values.set(key, value);
  }

  /** Starts afresh: what is not among these is gone. */
  reset(cards: readonly KeyedCard[]): void {
    const keys = new Set(cards.map((keyed) => keyed.key));
    for (const map of this.#byType.values()) {
      for (const key of [...map.keys()]) if (!keys.has(key)) map.delete(key);
    }
    this.put(cards);
  }

  #map(type: string): SvelteMap<string, Card> {
    let map = this.#byType.get(type);
    if (!map) {
      map = new SvelteMap();
      this.#byType.set(type, map);
    }
    return map;
  }
}
