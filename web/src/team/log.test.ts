import { describe, expect, it } from 'vitest';
import type { CardOf } from '../api/names';
import { happenedAt, logEntries, timeOfDay, writtenLater } from './log';

const entry = (item: string, over: Partial<CardOf<'entry'>> = {}): CardOf<'entry'> => ({
  card: 'entry', item, team: 't', text: { part: item, text: item }, kind: 'observation', happened_at: 0, at: 0, ...over,
});

describe('the team log', () => {
  it('is in order of what happened, not of what was written', () => {
    const cards = [entry('a', { happened_at: 2, at: 3 }), entry('b', { happened_at: 1, at: 9 })];
    expect(logEntries(cards).map((one) => one.card.item)).toEqual(['a', 'b']);
  });
  it('shows one kind alone', () => {
    const cards = [entry('a'), entry('b', { kind: 'decision' })];
    expect(logEntries(cards, 'decision').map((one) => one.card.item)).toEqual(['b']);
  });
  it('keeps what was corrected, and knows both ends, also where the kind differs', () => {
    const cards = [entry('a', { at: 1 }), entry('b', { at: 2, corrects: 'a', kind: 'decision' }), entry('c', { at: 3, corrects: 'a' })];
    const [c, b, a] = [...logEntries(cards)].sort((x, y) => y.card.at - x.card.at);
    expect([a?.corrected?.item, b?.corrects?.item, c?.corrects?.item, c?.corrected]).toEqual(['c', 'a', 'a', undefined]);
    expect(logEntries(cards, 'decision')[0]?.corrects?.item).toBe('a');
  });
  it('takes a time of day as today, or as yesterday if that lies ahead', () => {
    const noon = new Date(2026, 10, 22, 12, 0, 30).getTime();
    expect(happenedAt('11:15', noon)).toBe(new Date(2026, 10, 22, 11, 15).getTime());
    expect(happenedAt('23:15', noon)).toBe(new Date(2026, 10, 21, 23, 15).getTime());
    expect(happenedAt('', noon)).toBeNull();
    expect(timeOfDay(noon)).toBe('12:00');
  });
  it('says when an entry was written later', () => {
    expect([writtenLater(entry('a', { at: 59_999 })), writtenLater(entry('a', { at: 60_000 }))]).toEqual([false, true]);
  });
});
