/** What somebody who comes late, or comes back, should know first: short, and nothing that the team may not know. Pure. */
import type { Received } from '../team/inbox';

/** Key of when a seat last saw what happened; nought asks for everything. */
export const CAUGHT_UP = 'dh.caught.';
/** Away for longer than this, people have lost the thread. */
const LONG = 15 * 60_000;

export interface Digest {
  /** Work that waits, the most urgent first. */
  open: Received[];
  /** What the team has answered, the newest first. */
  answered: Received[];
}

/**
 * Whether somebody needs it: they come for the first time and play has been going on for a while, or they were away
 * for long. `seen` is when this device last showed the exercise to this seat; null if it never did.
 */
export function needsDigest(startedAt: number | undefined, over: boolean, seen: number | null, now: number): boolean {
  if (startedAt === undefined || over) return false;
  return seen === null || seen === 0 ? now - startedAt > 60_000 : now - seen > LONG;
}

export function digest(received: readonly Received[]): Digest {
  const asks = (one: Received) => (one.card.form?.fields.length ?? 0) > 0;
  const open = received.filter((one) => asks(one) && ['new', 'opened', 'acknowledged'].includes(one.state));
  const answered = received.filter((one) => one.state === 'answered' || one.state === 'late');
  return {
    open: open.sort((a, b) => (a.left ?? Infinity) - (b.left ?? Infinity) || a.at - b.at),
    answered: answered.sort((a, b) => (b.responses[0]?.at ?? 0) - (a.responses[0]?.at ?? 0)),
  };
}
