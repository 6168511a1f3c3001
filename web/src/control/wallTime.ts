/** Wall times as people type them, in the zone of their browser. Pure but for the zone. */

/** `12:15` as the next such moment after `now`; null if it is no time of day. */
export function nextMoment(text: string, now: number): number | null {
  const moment = at(text, now);
  if (moment === null) return null;
  return moment > now ? moment : dayLater(moment, 1);
}

/** `12:15` as the last such moment up to `now`. */
export function lastMoment(text: string, now: number): number | null {
  const moment = at(text, now);
  if (moment === null) return null;
  return moment <= now ? moment : dayLater(moment, -1);
}

/** People type minutes: a time within the minute in which something was released is not before the release. */
export function sinceRelease(moment: number, releasedAt: number): number {
  return moment < releasedAt && releasedAt - moment < 60_000 ? releasedAt : moment;
}

/** The name of the browser's time zone, as `America/Port_of_Spain`. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `12:15` in the browser's zone. */
export function clockFace(timestamp: number): string {
  const moment = new Date(timestamp);
  return [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

function at(text: string, now: number): number | null {
  const match = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return new Date(now).setHours(hours, minutes, seconds, 0);
}

/** By the calendar, so that a change to summer time does not matter. */
function dayLater(moment: number, days: number): number {
  const date = new Date(moment);
  return date.setDate(date.getDate() + days);
}
