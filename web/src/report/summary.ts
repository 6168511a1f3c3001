/** Small sums over a report. Pure. */
import type { Scorecard, TimelineLine } from '../api/names';

/** How many fields of a team's answers were counted, out of how many. */
export function coverage(card: Scorecard): { counted: number; all: number } {
  const fields = card.injects.flatMap((inject) => inject.fields);
  return { counted: fields.filter((field) => typeof field.points_milli === 'number').length, all: fields.length };
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
