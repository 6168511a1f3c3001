/** Threads in the voice of simulated senders. Pure. */
import type { CardOf } from '../api/names';

type Said = CardOf<'said'>;

/** Lines from or to simulated senders, the oldest first. */
export function voiced(lines: Iterable<Said>, team: string): Said[] {
  return [...lines].filter((line) => line.persona && line.team === team).sort((a, b) => a.at - b.at);
}

/** The teams that a reader knows: by their cards, or by what they said. */
export function knownTeams(teams: readonly { team: string }[], lines: Iterable<Said>): string[] {
  return [...new Set([...teams.map((one) => one.team), ...[...lines].map((line) => line.team)])];
}
