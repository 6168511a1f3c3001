/** An inject while somebody writes it, kept on this device until it is sent: a slip of the hand loses nothing. */
import type { Inject } from '../api/names';
import { forget, recall, remember } from '../live/storage';
import type { Writing } from './desk.svelte';

export interface Written {
  /** What it began with: if that is another now, somebody has changed it since. */
  from: string;
  inject: Inject;
}

const keyOf = (seat: string, { how, inject }: Writing) => `dh.inject.${seat}.${how}.${inject.id}`;

export function recallWritten(seat: string, writing: Writing): Written | null {
  try {
    return JSON.parse(recall(keyOf(seat, writing)) ?? 'null') as Written | null;
  } catch {
    return null;
  }
}

export function keepWritten(seat: string, writing: Writing, written: Written): void {
  remember(keyOf(seat, writing), JSON.stringify(written));
}

export function dropWritten(seat: string, writing: Writing): void {
  forget(keyOf(seat, writing));
}
