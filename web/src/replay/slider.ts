/** Moments of a replay: where the slider begins and ends, and where a key or the clock takes it. Pure. */
import type { ReplayMark, ReplaySpan } from '../api/names';

export interface Range {
  from: number;
  to: number;
}

const MINUTE = 60_000;
/** Setting up may take days, and late answers come for days: the slider shows the drill and its edges. */
const BEFORE = 5 * MINUTE;
const AFTER = 30 * MINUTE;

export function rangeOf(span: ReplaySpan): Range {
  const from = span.started_at ? Math.max(span.first_at, span.started_at - BEFORE) : span.first_at;
  const to = span.ended_at ? Math.min(span.last_at, span.ended_at + AFTER) : span.last_at;
  return { from, to: Math.max(to, from + 1) };
}

export function within({ from, to }: Range, at: number): number {
  return Math.min(Math.max(at, from), to);
}

/** The last mark at or before a moment. */
export function markAt<M extends Pick<ReplayMark, 'at'>>(marks: readonly M[], at: number): M | undefined {
  return marks[firstAfter(marks, at) - 1];
}

/** The moment of the next mark, or the end. */
export function next(marks: readonly Pick<ReplayMark, 'at'>[], range: Range, at: number): number {
  return within(range, Math.max(marks[firstAfter(marks, at)]?.at ?? range.to, at));
}

/** The moment of the mark before, or the beginning. */
export function previous(marks: readonly Pick<ReplayMark, 'at'>[], range: Range, at: number): number {
  return within(range, markAt(marks, at - 1)?.at ?? range.from);
}

/** Where a key takes the slider; null for a key that it leaves alone. */
export function keyed(key: string, marks: readonly Pick<ReplayMark, 'at'>[], range: Range, at: number, rightToLeft: boolean): number | null {
  const forwards = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const backwards = rightToLeft ? 'ArrowRight' : 'ArrowLeft';
  switch (key) {
    case forwards:
    case 'ArrowUp':
      return next(marks, range, at);
    case backwards:
    case 'ArrowDown':
      return previous(marks, range, at);
    case 'PageUp':
      return within(range, at + MINUTE);
    case 'PageDown':
      return within(range, at - MINUTE);
    case 'Home':
      return range.from;
    case 'End':
      return range.to;
    default:
      return null;
  }
}

/** Places of the marks along the slider in hundredths of its length, each once. */
export function ticks(marks: readonly Pick<ReplayMark, 'at'>[], { from, to }: Range): number[] {
  const places = marks.filter(({ at }) => at >= from && at <= to).map(({ at }) => Math.round(((at - from) * 400) / (to - from)) / 4);
  return [...new Set(places)];
}

/** Position of the first mark after a moment; marks are in order. */
function firstAfter(marks: readonly Pick<ReplayMark, 'at'>[], at: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
