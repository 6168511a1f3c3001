/** How long to wait before the next try: half a second doubling to fifteen, with jitter. Pure. */
const FIRST = 500;
const LONGEST = 15_000;

/** `random` lies in [0, 1): between half and the whole of the step is waited. */
export function backoff(failures: number, random: number): number {
  const step = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10));
  return Math.round(step / 2 + (step / 2) * random);
}
