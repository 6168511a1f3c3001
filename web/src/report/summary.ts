/** Small sums over a report. Pure. */
import type { Scorecard, TimelineLine } from '../api/names';

/** How many injects of a team count, out of those that are worth something. */
export function coverage(card: Scorecard): { counted: number; all: number } {
  const scores = card.injects.flatMap(({ score }) => (score && score.attainable_milli > 0 ? [score] : []));
  const asked = scores.filter(({ outcome }) => outcome.why !== 'not_scored');
  return { counted: asked.filter(({ points_milli, outcome }) => typeof points_milli === 'number' && outcome.why !== 'excused').length, all: asked.length };
}

export interface Filter {
  kind: string;
  team: string;
}

/** Lines that fit; a line without teams concerns all of them. */
export function filtered(timeline: readonly TimelineLine[], filter: Filter): TimelineLine[] {
  return timeline.filter(
    (line) =>
      (filter.kind === '' || line.kind === filter.kind) &&
      (filter.team === '' || line.teams.length === 0 || line.teams.includes(filter.team)),
  );
}

/** The kinds that occur, in order of first appearance. */
export function kinds(timeline: readonly TimelineLine[]): string[] {
  return [...new Set(timeline.map((line) => line.kind))];
}
