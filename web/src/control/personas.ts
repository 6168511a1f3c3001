/** Threads in the voice of simulated senders. Pure. */
import type { CardOf } from '../api/names';

type Said = CardOf<'said'>;

/** Lines from or to simulated senders, the oldest first. */
export function voiced(lines: Iterable<Said>, team: string): Said[] {
  return [...lines].filter((line) => line.persona && line.team === team).sort((a, b) => a.at - b.at);
}
