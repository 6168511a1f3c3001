/** Wall times as people type them, in the zone of their browser or a named one. Pure but for the zone. */

/** `12:15` as the next such moment after `now` in a zone; null if it is no time of day. */
export function nextMoment(text: string, now: number, zone = zoneName()): number | null {
  const time = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(text);
  const [hours = 24, minutes = 60, seconds = 0] = (time?.slice(1) ?? []).map((part) => Number(part ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const today = new Date(now + offset(now, zone)).setUTCHours(hours, minutes, seconds, 0);
  const moment = fromWall(today, zone);
  return moment > now ? moment : fromWall(today + 86_400_000, zone);
}

/** `2026-11-22T12:15`, as a date field gives it, in a zone; null if it is none. */
export function momentIn(text: string, zone: string): number | null {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}:00Z`) : NaN;
  return Number.isNaN(wall) ? null : fromWall(wall, zone);
}

/** What a zone's clocks show at an instant, as if it were UTC, less the instant. */
function offset(moment: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(moment / 1000) * 1000;
}

/** The instant at which a zone's clocks show a wall time; twice, for the offset may change in between. */
function fromWall(wall: number, zone: string): number {
  const near = wall - offset(wall, zone);
  return wall - offset(near, zone);
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

/** A typed second in which a known instant lies is that instant. */
export function exactly(moment: number, known: number): number {
  return Math.floor(known / 1000) === Math.floor(moment / 1000) ? known : moment;
}

/** The name of the browser's time zone, as `America/Port_of_Spain`. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `12:15` in the browser's zone, or with the second. */
export function clockFace(timestamp: number, seconds = false): string {
  const moment = new Date(timestamp);
  return [moment.getHours(), moment.getMinutes(), ...(seconds ? [moment.getSeconds()] : [])].map((part) => String(part).padStart(2, '0')).join(':');
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
