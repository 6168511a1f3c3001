/** Keys that work anywhere on the page, unless somebody is typing. Pure but for the event. */
import { letterOf } from '../frame/letter';
import type { MessageKey } from '../language/language.svelte';

export const SHORTCUTS = [
  { key: '?', does: 'help' },
  { key: 'p', does: 'pause' },
  { key: 'j', does: 'jump' },
  { key: 's', does: 'shift' },
  { key: 'f', does: 'fit' },
  { key: 'n', does: 'next' },
  { key: 'i', does: 'injects' },
  { key: 'b', does: 'board' },
  { key: 'm', does: 'missed' },
  { key: 'a', does: 'adhoc' },
  { key: 'h', does: 'phone' },
  { key: 't', does: 'talk' },
  { key: 'r', does: 'requests' },
  { key: 'o', does: 'note' },
  { key: 'e', does: 'reentry' },
  { key: 'u', does: 'undo' },
  { key: 'x', does: 'alarm' },
] as const;
export type Shortcut = (typeof SHORTCUTS)[number]['does'];

export const shortcutWords = (shortcut: Shortcut) => `key_${shortcut}` as MessageKey;

interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** The shortcut that a key stands for. Letters typed into a field, or into a dialog, are text. */
export function shortcutOf(pressed: Pressed, typing: boolean, inDialog: boolean): Shortcut | null {
  if (typing || inDialog || pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null;
  return SHORTCUTS.find(({ key }) => key === letterOf(pressed))?.does ?? null;
}

/** Ticking a box is no typing: the keys go on working there. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type)) return false;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
