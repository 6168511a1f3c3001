/** Who has received and read what, and when each person was last seen. Pure. */
import type { CardOf, PersonCard } from '../api/names';

export interface Traces {
  receipts: Iterable<{ inject: string; team: string; by?: string | null; at: number }>;
  personal: Iterable<CardOf<'personal_receipt'>>;
  written: Iterable<{ by?: string | null; at: number }>;
}

/** When each person was last seen to do something. */
export function lastSeen({ receipts, personal, written }: Traces): Map<string, number> {
  const seen = new Map<string, number>();
  const note = (person: string | null | undefined, at: number) => {
    if (person) seen.set(person, Math.max(seen.get(person) ?? 0, at));
  };
  for (const card of receipts) note(card.by, card.at);
  for (const card of personal) note(card.person, card.at);
  for (const card of written) note(card.by, card.at);
  return seen;
}

export interface Reader {
  person: string;
  got: number | null;
  read: number | null;
}

/** What each person of a team did with an inject. The team's first receipts name whoever was first. */
export function readers(
  people: readonly PersonCard[],
  team: string,
  first: { delivered: { by?: string | null; at: number } | undefined; opened: { by?: string | null; at: number } | undefined },
  personal: (kind: 'got' | 'read', person: string) => { at: number } | undefined,
): Reader[] {
  const at = (card: { by?: string | null; at: number } | undefined, person: string) => (card?.by === person ? card.at : null);
  return people
    .filter((one) => one.team === team && one.role !== 'team_moderator')
    .map(({ person }) => ({
      person,
      got: personal('got', person)?.at ?? at(first.delivered, person),
      read: personal('read', person)?.at ?? at(first.opened, person),
    }));
}
