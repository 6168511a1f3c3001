/** Texts in several languages while they are written, and ids made up for what is new. Pure. */
import type { Text } from '../api/names';

/** A text without its empty languages. */
export function filled(text: Text): Text {
  return Object.fromEntries(Object.entries(text).filter(([, words]) => words.trim() !== ''));
}

/** Texts in one language, a line each. */
export function lines(texts: readonly Text[], language: string): string {
  return texts.map((text) => text[language] ?? '').join('\n');
}

/** The same texts with the lines of one language changed; each text stays in its place. */
export function withLines(texts: readonly Text[], language: string, text: string): Text[] {
  const words = text.split('\n');
  const length = Math.max(words.length, texts.length);
  const changed = Array.from({ length }, (_, place) => ({ ...texts[place], [language]: words[place] ?? '' }));
  return changed.filter((one, place) => place < words.length || Object.keys(filled(one)).length > 0);
}

/** The first free id that starts so: `correction`, `correction-2`. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.slice(0, 36).replace(/-+$/, '') || 'inject';
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
