/** The days that somebody takes part in on this device, so that people find back after closing the page. */
import { recall, remember } from '../live/storage';

const KEY = 'dh.days';
const KEPT = 10;
export interface KeptDay {
  programme: string;
  title: string;
  name: string;
}

export function days(): KeptDay[] {
  try {
    return JSON.parse(recall(KEY) ?? '[]') as KeptDay[];
  } catch {
    return [];
  }
}

export function keepDay(day: KeptDay): void {
  remember(KEY, JSON.stringify([day, ...days().filter((one) => one.programme !== day.programme)].slice(0, KEPT)));
}

/** Path of the page of a day. */
export const dayPath = (programme: string) => `/programme/${encodeURIComponent(programme)}`;
