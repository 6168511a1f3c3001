/** Sentences that evaluators say often: kept on this device, the usual ones until somebody changes them. */
import { recall, remember } from '../live/storage';

const STORED = 'dh.remarks';
/** As many as digits pick. */
export const MOST = 9;
export type Remarks = Record<number, string[]>;

/** What this device keeps for a level; none while nobody has changed it. */
export function kept(level: number): string[] | null {
  return readAll()[level] ?? null;
}

/** Keeps sentences for a level; none brings the usual ones back. */
export function keep(level: number, sentences: readonly string[] | null): boolean {
  const all = readAll();
  if (sentences === null) delete all[level];
  else all[level] = tidy(sentences);
  return remember(STORED, JSON.stringify(all));
}

/** One sentence a line, without empty ones, no more than digits can pick. */
export function tidy(sentences: readonly string[]): string[] {
  return sentences.map((line) => line.trim().slice(0, 500)).filter((line) => line !== '').slice(0, MOST);
}

function readAll(): Remarks {
  try {
    const read: unknown = JSON.parse(recall(STORED) ?? '{}');
    const entries = typeof read === 'object' && read !== null ? Object.entries(read) : [];
    const lists = entries.filter(([level, list]) => /^[0-4]$/.test(level) && Array.isArray(list) && list.every((line) => typeof line === 'string'));
    return Object.fromEntries(lists) as Remarks;
  } catch {
    return {};
  }
}
