/** The board of the hot wash: notes on two sides, those that say the same under one another. Pure. */
import type { CardOf, FindingKind } from '../api/names';

export type Note = CardOf<'hot_wash'>;
export interface Pinned {
  note: Note;
  /** Notes that say the same, oldest first. */
  same: Note[];
}

export function sideOf(kind: FindingKind, notes: readonly Note[], merged: readonly { item: string; into: string }[]): Pinned[] {
  const into = new Map(merged.map((one) => [one.item, one.into]));
  const shown = new Set(notes.map((note) => note.item));
  const oldest = [...notes].sort((one, other) => one.at - other.at || (one.item < other.item ? -1 : 1));
  // What the note above it was hidden or taken back stands alone.
  const above = (note: Note) => {
    const target = into.get(note.item);
    return target !== undefined && shown.has(target) ? target : null;
  };
  const pinned = new Map<string, Pinned>();
  for (const note of oldest) if (note.kind === kind && above(note) === null) pinned.set(note.item, { note, same: [] });
  for (const note of oldest) pinned.get(above(note) ?? '')?.same.push(note);
  return [...pinned.values()];
}
