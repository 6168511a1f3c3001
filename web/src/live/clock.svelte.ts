/** The server's time as this device estimates it, ticking for everything that counts down. */
import { Skew } from './reading';

const TICK = 500;

export class ServerClock {
  #skew = new Skew();
  #now = $state(Date.now());
  #timer: ReturnType<typeof setInterval>;

  constructor() {
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  /** Server time in milliseconds; reading it in a component follows it. */
  get now(): number {
    return this.#now;
  }

  note(serverTime: number): void {
    this.#skew.note(serverTime, Date.now());
    this.#tick();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#now = Date.now() + this.#skew.value;
  }
}
