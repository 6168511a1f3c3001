/**
 * Whom to phone when the line is gone: control itself, the directory and the last call-back number, kept on this device as
 * soon as they are known.
 */
import type { ContactCard } from '../api/names';
import { recall, remember } from '../live/storage';

export interface Emergency {
  /** How to reach control for real, as its people say; empty if they have not said. */
  hall: string;
  /** Those of the story. */
  contacts: ContactCard[];
  /** The number that the reader gave with the last call of NO DUFF. */
  callBack: string;
}

const keyOf = (seat: string) => `dh.emergency.${seat}`;

const NOTHING: Emergency = { hall: '', contacts: [], callBack: '' };

export function recallEmergency(seat: string): Emergency {
  try {
    return { ...NOTHING, ...(JSON.parse(recall(keyOf(seat)) ?? '{}') as Partial<Emergency>) };
  } catch {
    return NOTHING;
  }
}

export function keepEmergency(seat: string, change: Partial<Emergency>): void {
  remember(keyOf(seat), JSON.stringify({ ...recallEmergency(seat), ...change }));
}

/** Other teams cannot help in an emergency: control and everybody else comes without them. */
export function whomToPhone(contacts: readonly ContactCard[]): ContactCard[] {
  return contacts.filter((contact) => !contact.for_team);
}
