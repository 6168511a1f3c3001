/** Times of the story with their offset from UTC. Pure. */
export interface Moment {
  date: string;
  time: string;
  offset: string;
}

/** Offsets in use somewhere, in minutes. */
const OFFSETS = [
  -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150, -120, -60, 0, 60, 120, 180, 210, 240, 270, 300, 330, 345,
  360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 825, 840,
];

/** What to choose from; one that is unusual only if it was given. */
export function offsets(given?: string): string[] {
  const usual = OFFSETS.map(offsetOf);
  return given && !usual.includes(given) ? [...usual, given] : usual;
}

/** `-04:00`, as RFC 3339 writes an offset in minutes. */
export function offsetOf(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

/** `UTC−04:00`; plain `UTC` without an offset. */
export function zoneOf(offset: string): string {
  return offset === '+00:00' ? 'UTC' : `UTC${offset.replace('-', '\u2212')}`;
}

/** A time as RFC 3339 writes it; null while a part is missing. */
export function composed(date: string | undefined, time: string | undefined, offset = '+00:00'): string | null {
  return date && time && !Number.isNaN(Date.parse(`${date}T${time}${offset}`)) ? `${date}T${time}${offset}` : null;
}

/** The parts of a time in its own zone. Seconds only where there are any. */
export function parts(timestamp: number, minutes: number): Moment {
  const iso = new Date(timestamp + minutes * 60_000).toISOString();
  const time = iso.slice(11, 19);
  return { date: iso.slice(0, 10), time: time.endsWith(':00') ? time.slice(0, 5) : time, offset: offsetOf(minutes) };
}

/** `2027-09-17 04:10 UTC−04:00`. */
export function momentWords(timestamp: number, minutes: number): string {
  const { date, time, offset } = parts(timestamp, minutes);
  return `${date} ${time} ${zoneOf(offset)}`;
}
