/** Measures the line of a seat by frames that go there and back. The server keeps only the last value. */
import type { LineMeasured } from '../api/names';

/** How often, while somebody may look. */
const EVERY = 60_000;
/** Less than this much difference is none worth sending. */
const STEP = 10;

export class Probe {
  #n = 0;
  #sentAt = 0;
  #told = false;
  #measured: LineMeasured = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly frame: (n: number, measured: LineMeasured) => boolean,
    private readonly goesOn: () => boolean,
    private readonly now: () => number = () => performance.now(),
  ) {}

  send(): void {
    this.#n += 1;
    this.#sentAt = this.now();
    this.#told = this.frame(this.#n, this.#measured);
  }

  answered(n: number): void {
    if (n !== this.#n || !this.#told) return;
    const round_trip = Math.round((this.now() - this.#sentAt) / STEP) * STEP;
    const first = this.#measured.round_trip === undefined;
    this.#measured = { ...this.#measured, round_trip };
    clearTimeout(this.#timer);
    if (first) this.send();
    else if (this.goesOn()) this.#timer = setTimeout(() => this.send(), EVERY);
  }

  tell(bandwidth: number): void {
    this.#measured = { ...this.#measured, bandwidth };
    this.send();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
