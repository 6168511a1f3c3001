/** When nobody of a team was connected, and what of that may still be given back. Pure. */
import type { FeedLine } from './feed';

export interface Stretch {
  from: number;
  to: number;
}
/** A stretch of an absence. While it lasts it ends now. */
export interface Absence extends Stretch {
  lasts: boolean;
}

/**
 * What the server noted of a team, newest first. `lines` are rows of the log in any order; one that begins
 * with somebody coming back tells nothing of since when. `lost` is when the absence began that lasts.
 */
export function absencesOf(lines: readonly FeedLine[], team: string, lost: number | null, now: number): Absence[] {
  const found: Absence[] = lost === null ? [] : [{ from: lost, to: Math.max(lost, now), lasts: true }];
  let back: number | null = null;
  for (const line of [...lines].sort((a, b) => b.seq - a.seq)) {
    if (!line.teams.includes(team)) continue;
    if (line.kind === 'team_back') back = line.at;
    else if (line.kind === 'team_lost' && back !== null) {
      found.push({ from: line.at, to: back, lasts: false });
      back = null;
    }
  }
  return found;
}

/** What is left of absences once what was given back is taken out: no stretch is given back twice. */
export function notGiven(absences: readonly Absence[], given: readonly Stretch[]): Absence[] {
  return absences.flatMap((absence) => {
    const inside = given.filter((one) => one.from < absence.to && absence.from < one.to).sort((a, b) => a.from - b.from);
    const left: Absence[] = [];
    let from = absence.from;
    for (const one of inside) {
      if (one.from > from) left.push({ from, to: one.from, lasts: false });
      from = Math.max(from, one.to);
    }
    if (from < absence.to) left.push({ ...absence, from });
    return left.reverse();
  });
}

/** How long stretches are in exercise time at this speed. What stood still meanwhile counts too: it is never too little. */
export function lengthOf(stretches: readonly Stretch[], rate: number): number {
  return stretches.reduce((sum, one) => sum + ((one.to - one.from) * rate) / 1000, 0);
}

/** As much of an absence as may still be given back, from its beginning. */
export function withinLimit(absence: Stretch, left: number, rate: number): Stretch {
  return { from: absence.from, to: Math.min(absence.to, absence.from + Math.floor((left * 1000) / rate)) };
}
