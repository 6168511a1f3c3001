/** How teams stand, as the wall may show it: in order in a contest, else in quarters without numbers. Pure. */
export interface Standing {
  /** Its name, or the code name of a team that has not agreed to be named. */
  name: string;
  named: boolean;
  /** Told in a contest only. */
  score_milli?: number | null;
  /** The quarter it is in, 1 being the best. */
  band: number;
}
export interface Row extends Standing {
  score_milli: number;
  /** Teams with equal scores share a place. */
  place: number;
}

/** Best first; equal scores share a place, and the next one counts on. */
export function inOrder(standings: readonly Standing[]): Row[] {
  const scored = standings.flatMap((one) => (typeof one.score_milli === 'number' ? [{ ...one, score_milli: one.score_milli }] : []));
  const sorted = scored.sort((a, b) => b.score_milli - a.score_milli || a.name.localeCompare(b.name));
  return sorted.map((one) => ({ ...one, place: sorted.findIndex((other) => other.score_milli === one.score_milli) + 1 }));
}

/** The quarters that have teams, best first, each by name: within a quarter nobody stands before another. */
export function inBands(standings: readonly Standing[]): { band: number; teams: Standing[] }[] {
  const bands = [...new Set(standings.map((one) => one.band))].sort((a, b) => a - b);
  return bands.map((band) => ({ band, teams: standings.filter((one) => one.band === band).sort((a, b) => a.name.localeCompare(b.name)) }));
}
