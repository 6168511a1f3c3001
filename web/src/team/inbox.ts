/** What has become of each inject that a team received. Pure. */
import type { CardOf, ClockValue, InjectCard } from '../api/names';
import { wallLeft } from '../live/reading';

type ResponseCard = CardOf<'response'>;
export type InjectState = 'new' | 'opened' | 'acknowledged' | 'answered' | 'late' | 'closed';

export interface Received {
  card: InjectCard;
  state: InjectState;
  /** Revisions of the team's answer, newest first. */
  responses: ResponseCard[];
  acknowledged: CardOf<'acknowledged'> | undefined;
  /** Whether an answer now would be late. */
  closed: boolean;
  /** Wall milliseconds until the deadline, while there is one and it lies ahead. */
  left: number | null;
}

export interface Known {
  injects: Iterable<InjectCard>;
  responses: Iterable<ResponseCard>;
  acknowledged: Iterable<CardOf<'acknowledged'>>;
  closed: Iterable<CardOf<'closed'>>;
  /** Injects opened on this device. */
  opened: ReadonlySet<string>;
  clock: ClockValue | undefined;
  now: number;
}

/** The inbox, newest first. */
export function inbox(known: Known): Received[] {
  const responses = group(known.responses);
  const acknowledged = new Map([...known.acknowledged].map((card) => [card.inject, card]));
  const closed = new Set([...known.closed].map((card) => card.inject));
  return [...known.injects]
    .sort((a, b) => b.released_at - a.released_at)
    .map((card) => {
      const revisions = [...(responses.get(card.inject) ?? [])].sort(officialFirst);
      const left = timeLeft(card, known.clock, known.now);
      const over = closed.has(card.inject) || (left !== null && left <= 0) || known.clock?.stage === 'ended';
      const received = { card, responses: revisions, acknowledged: acknowledged.get(card.inject), closed: over };
      return {
        ...received,
        left: over ? null : left,
        state: stateOf(received, known.opened.has(card.inject)),
      };
    });
}

/** The official answer is the last one in time, or the last of all if none was; then the newest. */
export function officialFirst(a: ResponseCard, b: ResponseCard): number {
  return Number(a.late) - Number(b.late) || b.revision - a.revision;
}

function stateOf(received: Omit<Received, 'state' | 'left'>, opened: boolean): InjectState {
  const official = received.responses[0];
  if (official) return official.late ? 'late' : 'answered';
  const asks = received.card.form && received.card.form.fields.length > 0;
  if (asks && received.closed) return 'closed';
  if (received.acknowledged) return 'acknowledged';
  return opened ? 'opened' : 'new';
}

function timeLeft(card: InjectCard, clock: ClockValue | undefined, now: number): number | null {
  const deadline = card.form?.deadline;
  if (deadline === null || deadline === undefined || !clock) return null;
  return wallLeft(clock, card.clock_at_release + deadline, now);
}

function group(responses: Iterable<ResponseCard>): Map<string, ResponseCard[]> {
  const map = new Map<string, ResponseCard[]>();
  for (const card of responses) map.set(card.inject, [...(map.get(card.inject) ?? []), card]);
  return map;
}
