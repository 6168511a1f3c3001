/** What has become of each inject that a team received. Pure. */
import type { CardOf, ClockValue, InjectCard } from '../api/names';
import { wallLeft } from '../live/reading';

type ResponseCard = CardOf<'response'>;
export type InjectState = 'new' | 'opened' | 'acknowledged' | 'answered' | 'late' | 'closed' | 'excused' | 'recalled';

export interface Received {
  card: InjectCard;
  state: InjectState;
  /** Revisions of the team's answer, newest first. */
  responses: ResponseCard[];
  acknowledged: CardOf<'acknowledged'> | undefined;
  /** Control took it back: it was sent by mistake. */
  recalled: CardOf<'recalled'> | undefined;
  /** Control shows it again. */
  resent: CardOf<'resent'> | undefined;
  /** The team need not answer it. */
  excused: CardOf<'excused'> | undefined;
  /** The team has longer than the form says. */
  extended: CardOf<'extended'> | undefined;
  /** When it last came to the inbox. */
  at: number;
  /** Not opened on this device since it last came. */
  unread: boolean;
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
  recalled: Iterable<CardOf<'recalled'>>;
  resent: Iterable<CardOf<'resent'>>;
  excused: Iterable<CardOf<'excused'>>;
  extended: Iterable<CardOf<'extended'>>;
  /** What was opened on this device, as `readingOf` names it. */
  opened: ReadonlySet<string>;
  clock: ClockValue | undefined;
  now: number;
}

/** What is to be read: an inject, and once more each time control sends it again. */
export function readingOf(inject: string, resent: CardOf<'resent'> | undefined): string {
  return resent ? `${inject}@${resent.at}` : inject;
}

/** The inbox, newest first; what was sent again comes to the top. */
export function inbox(known: Known): Received[] {
  const responses = group(known.responses);
  const acknowledged = byInject(known.acknowledged);
  const closed = byInject(known.closed);
  const recalled = byInject(known.recalled);
  const resent = byInject(known.resent);
  const excused = byInject(known.excused);
  const extended = byInject(known.extended);
  const received = (card: InjectCard): Received => {
    const id = card.inject;
    const fate = { recalled: recalled.get(id), resent: resent.get(id), excused: excused.get(id), extended: extended.get(id) };
    const left = timeLeft(card, fate.extended?.deadline ?? card.form?.deadline, known.clock, known.now);
    const over = closed.has(id) || (left !== null && left <= 0) || known.clock?.stage === 'ended' || known.clock?.stage === 'cancelled';
    const one = {
      card,
      ...fate,
      responses: (responses.get(id) ?? []).map((response) => counted(response, fate.extended)).sort(officialFirst),
      acknowledged: acknowledged.get(id),
      at: fate.resent?.at ?? card.released_at,
      unread: !known.opened.has(readingOf(id, fate.resent)),
      closed: over,
      left: over || fate.recalled || fate.excused ? null : left,
    };
    return { ...one, state: stateOf(one) };
  };
  return [...known.injects].map(received).sort((a, b) => b.at - a.at);
}

/** The official answer is the one that came last in time, or last of all if none was; then the newest. */
export function officialFirst(a: ResponseCard, b: ResponseCard): number {
  return Number(a.late) - Number(b.late) || b.taken - a.taken || b.revision - a.revision;
}

/** An answer as it counts once its team was given longer: the extension names those that are in time. */
export function counted(response: ResponseCard, extended: CardOf<'extended'> | undefined): ResponseCard {
  return response.late && extended?.in_time.includes(response.revision) ? { ...response, late: false } : response;
}

function stateOf(received: Omit<Received, 'state'>): InjectState {
  if (received.recalled) return 'recalled';
  const official = received.responses[0];
  if (official) return official.late ? 'late' : 'answered';
  if (received.excused) return 'excused';
  const asks = received.card.form && received.card.form.fields.length > 0;
  if (asks && received.closed) return 'closed';
  if (received.acknowledged) return 'acknowledged';
  return received.unread ? 'new' : 'opened';
}

function timeLeft(card: InjectCard, deadline: number | null | undefined, clock: ClockValue | undefined, now: number): number | null {
  if (deadline === null || deadline === undefined || !clock) return null;
  return wallLeft(clock, card.clock_at_release + deadline, now);
}

function byInject<T extends { inject: string }>(cards: Iterable<T>): Map<string, T> {
  return new Map([...cards].map((card) => [card.inject, card]));
}

function group(responses: Iterable<ResponseCard>): Map<string, ResponseCard[]> {
  const map = new Map<string, ResponseCard[]>();
  for (const card of responses) map.set(card.inject, [...(map.get(card.inject) ?? []), card]);
  return map;
}
