/** The team's log as people read it: entries, what corrects what, and times of day. Pure. */
import type { CardOf, EntryKind } from '../api/names';

type EntryCard = CardOf<'entry'>;

export const KINDS = ['observation', 'decision', 'action', 'communication'] as const satisfies readonly EntryKind[];

export interface Entry {
  card: EntryCard;
  /** The entry that this one corrects. */
  corrects: EntryCard | undefined;
  /** The entry that corrects this one; the newest, if several do. */
  corrected: EntryCard | undefined;
}

/** Entries of one kind, or of all, by the time they happened, newest first. */
export function logEntries(cards: Iterable<EntryCard>, kind: EntryKind | '' = ''): Entry[] {
  const all = [...cards].sort((a, b) => a.at - b.at);
  const byItem = new Map(all.map((card) => [card.item, card]));
  const corrections = new Map(all.filter((card) => card.corrects).map((card) => [card.corrects, card]));
  return all
    .filter((card) => kind === '' || card.kind === kind)
    .sort((a, b) => b.happened_at - a.happened_at || b.at - a.at)
    .map((card) => ({
      card,
      corrects: card.corrects ? byItem.get(card.corrects) : undefined,
      corrected: corrections.get(card.item),
    }));
}

/** `09:05` on this device's clock, as a time field holds it. */
export function timeOfDay(timestamp: number): string {
  const moment = new Date(timestamp);
  return [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A time of day on this device, today or, if that lies ahead, yesterday. None if there is none. */
export function happenedAt(time: string, now: number): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(time);
  if (!match) return null;
  const moment = new Date(now);
  moment.setHours(Number(match[1]), Number(match[2]), 0, 0);
  if (moment.getTime() > now) moment.setDate(moment.getDate() - 1);
  return moment.getTime();
}

/** Whether an entry was written noticeably later than what it tells of. */
export function writtenLater(card: EntryCard): boolean {
  return card.at - card.happened_at >= 60_000;
}
