import { describe, expect, it } from 'vitest';
import type { Received } from '../team/inbox';
import { digest, needsDigest } from './catchUp';

const MINUTE = 60_000;
const one = (inject: string, state: Received['state'], left: number | null, asks = true) =>
  ({ card: { inject, form: { fields: asks ? [{}] : [] } }, state, left, at: 0, responses: state === 'answered' ? [{ at: Number(inject.slice(1)) }] : [] }) as unknown as Received;

describe('a digest', () => {
  it('is for whoever comes late, and for whoever was away for long', () => {
    expect(needsDigest(undefined, false, null, 0)).toBe(false);
    expect(needsDigest(0, false, null, MINUTE / 2)).toBe(false);
    expect(needsDigest(0, false, null, 5 * MINUTE)).toBe(true);
    expect(needsDigest(0, false, 0, 5 * MINUTE)).toBe(true);
    expect(needsDigest(0, false, 10 * MINUTE, 20 * MINUTE)).toBe(false);
    expect(needsDigest(0, false, 10 * MINUTE, 26 * MINUTE)).toBe(true);
    expect(needsDigest(0, true, null, 5 * MINUTE)).toBe(false);
  });
  it('tells what waits by its deadline, and what was answered last', () => {
    const told = digest([one('a1', 'opened', null), one('a2', 'new', 500), one('a3', 'new', 90), one('a4', 'opened', 1, false), one('a5', 'answered', null), one('a6', 'answered', null), one('a7', 'closed', null)]);
    expect(told.open.map((received) => received.card.inject)).toEqual(['a3', 'a2', 'a1']);
    expect(told.answered.map((received) => received.card.inject)).toEqual(['a6', 'a5']);
  });
});
