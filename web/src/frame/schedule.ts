/** When things begin and end in wall time. Pure. */
import type { CardOf, ClockValue } from '../api/names';
import { read } from '../live/reading';
import { dayTime, zoneIsKnown } from '../text/format';

/** Wall time of the planned end while time runs; none while it stands, since nobody knows then. */
export function plannedEnd(clock: ClockValue, now: number): number | null {
  if (clock.stage !== 'running' || !clock.running) return null;
  const left = clock.planned_end - read(clock, now).plan;
  return left > 0 ? now + (left * 1000) / clock.rate : null;
}

export interface StartTime {
  /** In the zone in which the start was given. */
  given: string;
  zone: string;
  /** On the reader's own clock, where that reads differently. */
  yours: string | null;
  /** Wall milliseconds until then. */
  left: number;
}

export function startTime(card: CardOf<'scheduled'>, now: number, language: string, ownZone?: string): StartTime {
  const zone = zoneIsKnown(card.zone) ? card.zone : 'UTC';
  const given = dayTime(card.at, now, language, zone);
  const yours = dayTime(card.at, now, language, ownZone);
  return { given, zone, yours: yours === given ? null : yours, left: Math.max(0, card.at - now) };
}
