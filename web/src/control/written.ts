/**
 * An inject while somebody writes it, kept in this tab until it is sent: a slip of the hand loses nothing. It
 * holds what is for staff only, so never on the device itself, for others may sit down at it.
 */
import type { Inject } from '../api/names';
import type { Writing } from './desk.svelte';

export interface Written {
  /** What it began with: if that is another now, somebody has changed it since. */
  from: string;
  inject: Inject;
}

const keyOf = (seat: string, { how, inject }: Writing) => `dh.inject.${seat}.${how}.${inject.id}`;

export function recallWritten(seat: string, writing: Writing): Written | null {
  try {
    return JSON.parse(globalThis.sessionStorage.getItem(keyOf(seat, writing)) ?? 'null') as Written | null;
  } catch {
    return null;
  }
}

export function keepWritten(seat: string, writing: Writing, written: Written): void {
  try {
    globalThis.sessionStorage.setItem(keyOf(seat, writing), JSON.stringify(written));
  } catch {
    // Too much for this browser, or none allowed: then it stays in the editor only.
  }
}

export function dropWritten(seat: string, writing: Writing): void {
  try {
    globalThis.sessionStorage.removeItem(keyOf(seat, writing));
  } catch {
    // Nothing was kept, so nothing has to go.
  }
}
