/** Times, sizes and points in words. Pure; digits are Latin, so that everybody reads the same clock. */

/** A clock reading: `T+03:05`, `T-10:00`, `T+1:02:03`. */
export function planTime(milliseconds: number): string {
  return `T${milliseconds < 0 ? '\u2212' : '+'}${duration(Math.abs(milliseconds))}`;
}

/** `mm:ss`, from an hour on `h:mm:ss`. Rounds down. */
export function duration(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':');
}

/** `13:05:09 UTC`. */
export function utcTime(timestamp: number): string {
  return `${new Date(timestamp).toISOString().slice(11, 19)} UTC`;
}

/** `2026-11-22 13:05 UTC`. */
export function utcDate(timestamp: number): string {
  const iso = new Date(timestamp).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** The reader's own time of day with its offset: `09:05 UTC−4`. */
export function localTime(timestamp: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
    timeZone,
  })
    .format(timestamp)
    .replace('GMT', 'UTC')
    .replace('-', '\u2212');
}

/** The reader's zone at an instant: `UTC−4`. */
export function localZone(timestamp: number, timeZone?: string): string {
  return localTime(timestamp, timeZone).slice(6);
}

/**
 * A time of day in a zone, with the day where that is not today: `09:00`, `23 Nov, 09:00`. A zone that this
 * browser does not know reads as UTC.
 */
export function dayTime(timestamp: number, now: number, language: string, timeZone?: string): string {
  const inZone = (options: Intl.DateTimeFormatOptions) => {
    const known = zoneIsKnown(timeZone) ? timeZone : 'UTC';
    return new Intl.DateTimeFormat(language, { numberingSystem: 'latn', timeZone: known, ...options });
  };
  const date = inZone({ day: 'numeric', month: 'short' });
  const time = inZone({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(timestamp);
  return date.format(timestamp) === date.format(now) ? time : `${date.format(timestamp)}, ${time}`;
}

/** Whether this browser knows a time zone by its name; the reader's own is none. */
export function zoneIsKnown(timeZone: string | undefined): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Thousandths of a point without needless zeros: `12`, `7.5`. */
export function points(milli: number): string {
  return String(Math.round(milli / 10) / 100);
}

/** Names one after the other, as the language writes a list. */
export function listOf(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(items);
}

/** A file size with a unit: `812 B`, `14 kB`, `2.3 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * A length of time as people type it: `12` (minutes), `12:30`, `1:02:03`, with or without `T+`.
 * Null if it is none.
 */
export function parsePlanTime(text: string): number | null {
  const match = /^\s*(?:T?\s*([+\u2212-]))?\s*(\d{1,3})(?::(\d{1,2}))?(?::(\d{2}))?\s*$/i.exec(text);
  if (!match) return null;
  const [, sign, first = '0', second, third] = match;
  const seconds =
    third === undefined
      ? Number(first) * 60 + Number(second ?? 0)
      : Number(first) * 3600 + Number(second) * 60 + Number(third);
  return seconds * 1000 * (sign === '-' || sign === '\u2212' ? -1 : 1);
}
