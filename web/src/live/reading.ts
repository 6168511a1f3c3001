/** Readings of exercise clocks. Pure. */
import type { ClockValue } from '../api/names';

/** Active and plan time of a clock at a server instant, in milliseconds. */
export function read(clock: ClockValue, at: number): { active: number; plan: number } {
  const passed = clock.running ? Math.max(0, at - clock.at) : 0;
  const gone = Math.floor((passed * clock.rate) / 1000);
  return { active: clock.active + gone, plan: clock.plan + gone };
}

/** Wall time until a deadline on the active clock; negative once it has passed. */
export function wallLeft(clock: ClockValue, deadlineActive: number, at: number): number {
  return ((deadlineActive - read(clock, at).active) * 1000) / clock.rate;
}

/**
 * Estimates server time minus this device's. A slow line makes a sample too small, never too big,
 * so the largest of the last few is the best.
 */
export class Skew {
  #samples: number[] = [];

  note(serverTime: number, deviceTime: number): void {
    this.#samples = [...this.#samples.slice(-7), serverTime - deviceTime];
  }

  get value(): number {
    return this.#samples.length === 0 ? 0 : Math.max(...this.#samples);
  }
}
