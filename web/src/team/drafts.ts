/** Answers not yet sent, kept on this device per seat and inject, so that a reload loses none. */
import { forget, recall, remember } from '../live/storage';
import type { Drafts } from './answers';

const keyOf = (seat: string, inject: string) => `dh.draft.${seat}.${inject}`;

export function recallDrafts(seat: string, inject: string): Drafts | null {
  try {
    return JSON.parse(recall(keyOf(seat, inject)) ?? 'null') as Drafts | null;
  } catch {
    return null;
  }
}

export function keepDrafts(seat: string, inject: string, drafts: Drafts): boolean {
  return remember(keyOf(seat, inject), JSON.stringify(drafts));
}

export function dropDrafts(seat: string, inject: string): void {
  forget(keyOf(seat, inject));
}
