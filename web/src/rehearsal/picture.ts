/** Where things lie in the picture of a rehearsal. Pure. */
import type { Analysis, TeamPlayed } from '../api/names';

/** A stretch on the axis, in percent of its length. */
export interface Span {
  start: number;
  length: number;
}

const QUARTER = 15 * 60_000;

/** How far along the axis a plan time lies, in percent. */
export function place(time: number, axis: Pick<Analysis, 'from' | 'until'>): number {
  const length = axis.until - axis.from;
  if (length <= 0) return 0;
  return Math.min(100, Math.max(0, ((time - axis.from) / length) * 100));
}

export function span(from: number, until: number, axis: Pick<Analysis, 'from' | 'until'>): Span {
  const start = place(from, axis);
  return { start, length: Math.max(0, place(until, axis) - start) };
}

/** Round plan times to write along the axis, at most `most` of them: quarter hours or multiples. */
export function ticks(axis: Pick<Analysis, 'from' | 'until'>, most: number): number[] {
  const quarters = (axis.until - axis.from) / QUARTER;
  const step = [1, 2, 4, 8, 16, 24, 48, 96].find((size) => quarters / size <= most) ?? Math.ceil(quarters / most);
  const first = Math.ceil(axis.from / (step * QUARTER));
  const count = Math.max(0, Math.ceil(axis.until / (step * QUARTER)) - first);
  return Array.from({ length: count }, (_, n) => (n + first) * step * QUARTER);
}

/** A plan time in minutes, as an axis has room for: `T+75`. */
export function minutes(time: number): string {
  const count = Math.floor(time / 60_000);
  return `T${count < 0 ? '\u2212' : '+'}${Math.abs(count)}`;
}

/** When a team has something open: stretches that touch become one. */
export function busy(team: TeamPlayed): { from: number; until: number }[] {
  const stretches: { from: number; until: number }[] = [];
  for (const release of team.releases) {
    if (typeof release.open_until !== 'number') continue;
    const last = stretches.at(-1);
    if (last && release.at <= last.until) last.until = Math.max(last.until, release.open_until);
    else stretches.push({ from: release.at, until: release.open_until });
  }
  return stretches;
}

/** Most answers that any team has open in one quarter hour: how long a full bar is. */
export function heaviest(teams: readonly TeamPlayed[]): number {
  return Math.max(1, ...teams.flatMap((team) => team.quarters.map((quarter) => quarter.open)));
}

/** When a team got an inject, and until when it was open. */
export function release(team: TeamPlayed, inject: string) {
  return team.releases.find((one) => one.inject === inject);
}

/** A share in whole percent; none of nothing. */
export function percent(part: number, whole: number): number | null {
  return whole > 0 ? Math.round((part / whole) * 100) : null;
}

/** Minutes as hours with one decimal, rounded up. */
export function hours(minutes: number): string {
  return (Math.ceil(minutes / 6) / 10).toFixed(1);
}
