/**
 * What a page showed last, kept in its tab until it is closed: a reload without a line shows it again, marked
 * as old. Never on the device itself, for others may sit down at it.
 */
import type { KeyedCard, KeyedValue, Reader } from '../api/names';

export interface LastSeen {
  at: number;
  reader: Reader | null;
  cards: KeyedCard[];
  values: KeyedValue[];
}

const keyOf = (seat: string) => `dh.seen.${seat}`;

export function recallSeen(seat: string): LastSeen | null {
  try {
    return JSON.parse(globalThis.sessionStorage.getItem(keyOf(seat)) ?? 'null') as LastSeen | null;
  } catch {
    return null;
  }
}

export function keepSeen(seat: string, seen: LastSeen | null): void {
  try {
    if (seen) globalThis.sessionStorage.setItem(keyOf(seat), JSON.stringify(seen));
    else globalThis.sessionStorage.removeItem(keyOf(seat));
  } catch {
    // Too much for this browser, or none allowed: a reload without a line then shows the numbers to phone only.
  }
}
