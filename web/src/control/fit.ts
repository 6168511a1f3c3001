/** How tight a fitted plan gets. Pure. */

/** An inject that comes by itself, and when it would have come. */
export interface Stop {
  inject: string;
  planTime: number;
}

export interface Tightness {
  /** How long what stays was planned for. */
  planned: number;
  /** How long it has now. */
  room: number;
}

/** Gaps are halved before anything is dropped: tighter than this it gets for what must be played alone. */
const TIGHTEST = 0.45;

/** Said when what stays has far less room than was planned for it; null while it has enough. */
export function tightness(stops: readonly Stop[], dropped: readonly string[], span: { now: number; end: number; fitted: number }): Tightness | null {
  const gone = new Set(dropped);
  const times = new Map<number, boolean>();
  for (const { inject, planTime } of stops) {
    if (planTime > span.now) times.set(planTime, (times.get(planTime) ?? false) || !gone.has(inject));
  }
  let since = span.now;
  let planned = 0;
  for (const [time, stays] of [...times].sort((a, b) => a[0] - b[0])) {
    if (stays) planned += time - since;
    since = time;
  }
  planned += Math.max(0, span.end - since);
  const room = span.fitted - span.now;
  return room < planned * TIGHTEST ? { planned, room } : null;
}
