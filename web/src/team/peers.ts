/** Letters between teams, by alias. Pure. */
import type { CardOf, ContactCard } from '../api/names';

export interface Alias {
  alias: string;
  name: string;
  role: string;
}

/** The aliases of other teams in the directory. */
export function peersOf(contacts: readonly ContactCard[], own: string | null | undefined): Alias[] {
  return contacts.flatMap(({ alias, for_team, name, role }) => (alias && for_team && alias !== own ? [{ alias, name, role }] : []));
}

/** How the reader's own team is called in the directory. */
export function ownName(contacts: readonly ContactCard[], own: string | null | undefined): string | null {
  return contacts.find((contact) => own && contact.alias === own)?.name ?? null;
}

export interface Letter {
  card: CardOf<'peer'>;
  sent: boolean;
}

/** Letters sent and received, newest first. */
export function letters(cards: Iterable<CardOf<'peer'>>, team: string | null): Letter[] {
  return [...cards].sort((a, b) => b.at - a.at).map((card) => ({ card, sent: team !== null && card.from === team }));
}

/** The alias behind a name that stands on a letter, to answer it. */
export function aliasOf(peers: readonly Alias[], name: string): string | undefined {
  return peers.find((peer) => peer.name === name)?.alias;
}
