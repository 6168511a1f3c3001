/** Keys of the marking desk. Pure but for the event. */
import { letterOf } from '../frame/letter';
import type { MessageKey } from '../language/language.svelte';

/** Letters, and what each does. `level` is any digit from 0 to 4. */
export const KEYS = [
  { key: '0 – 4', does: 'level' },
  { key: 'n', does: 'next' },
  { key: 'p', does: 'previous' },
  { key: 'u', does: 'undo' },
  { key: 'f', does: 'feedback' },
  { key: 'q', does: 'question' },
  { key: '?', does: 'help' },
] as const;
export type Does = (typeof KEYS)[number]['does'];
export type Pressed = { does: Exclude<Does, 'level'> } | { does: 'level'; level: number };

export const keyWords = (does: Does) => `mark_key_${does}` as MessageKey;

interface Key {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing?: boolean;
}

/** The digit that a key writes, in any script; on a keyboard whose upper row writes letters, the digit printed there. */
export function digitOf({ key, code }: Pick<Key, 'key' | 'code'>): number | null {
  if (/^\p{Nd}$/u.test(key)) return digitValue(key);
  const printed = /^(?:Digit|Numpad)(\d)$/.exec(code);
  // With Shift the upper row writes signs that mean something else, as `?` on many keyboards.
  return printed && !/^[!-/:-@[-`{-~]$/.test(key) ? Number(printed[1]) : null;
}

/** Digits of a script stand in a row of ten, its nought first. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  for (const nought of [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10]) if (code >= nought && code < nought + 10) return code - nought;
  return Number.NaN;
}

/** What a key means where nobody is typing. */
export function pressed(event: Key): Pressed | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  const digit = digitOf(event);
  if (digit !== null) return digit <= 4 ? { does: 'level', level: digit } : null;
  const letter = letterOf(event);
  const found = KEYS.find(({ key, does }) => key === letter && does !== 'level');
  return found ? { does: found.does as Exclude<Does, 'level'> } : null;
}

/**
 * The canned remark that was asked for while typing: a digit where nothing is written yet, or a slash and
 * a digit at the end. `rest` is what stays of the text.
 */
export function remarkOf(text: string): { index: number; rest: string } | null {
  const alone = /^\s*(\p{Nd})$/u.exec(text);
  const behind = /^(.*?)(?:^|\s)\/(\p{Nd})$/su.exec(text);
  const digit = alone?.[1] ?? behind?.[2];
  if (digit === undefined) return null;
  const index = digitValue(digit) - 1;
  return index >= 0 ? { index, rest: alone ? '' : (behind?.[1] ?? '').trimEnd() } : null;
}
