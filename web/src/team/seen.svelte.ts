/** Up to when each section beside the inbox was read, kept on this device. */
import { recall, remember } from '../live/storage';

export class Seen {
  #until = $state.raw<Record<string, number>>({});

  constructor(private readonly seat: string) {
    try {
      this.#until = JSON.parse(recall(this.#key) ?? '{}') as Record<string, number>;
    } catch {
      this.#until = {};
    }
  }

  /** How many of these came since the section was last read. */
  unread(section: string, cards: readonly { at: number }[]): number {
    return cards.filter((card) => card.at > (this.#until[section] ?? 0)).length;
  }

  read(section: string, cards: readonly { at: number }[]): void {
    if (this.unread(section, cards) === 0) return;
    this.#until = { ...this.#until, [section]: Math.max(...cards.map((card) => card.at)) };
    remember(this.#key, JSON.stringify(this.#until));
  }

  get #key(): string {
    return `dh.seen.${this.seat}`;
  }
}
