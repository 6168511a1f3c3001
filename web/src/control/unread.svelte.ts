/** How many lines of each team's thread nobody has looked at on this device. */
import { SvelteMap } from 'svelte/reactivity';
import type { Live } from '../live/live.svelte';
import { recall, remember } from '../live/storage';

export class Unread {
  #seen: SvelteMap<string, number>;

  constructor(private readonly live: Live) {
    let stored: [string, number][] = [];
    try {
      stored = JSON.parse(recall(this.#key) ?? '[]') as [string, number][];
    } catch {
      stored = [];
    }
    this.#seen = new SvelteMap(stored);
  }

  of(team: string): number {
    const seen = this.#seen.get(team) ?? 0;
    return this.live.cards.list('said').filter((line) => line.team === team && !line.from_control && line.at > seen).length;
  }

  get total(): number {
    return this.live.cards.list('team').reduce((sum, team) => sum + this.of(team.team), 0);
  }

  look(team: string): void {
    if (this.of(team) === 0) return;
    const last = Math.max(...this.live.cards.list('said').filter((line) => line.team === team).map((line) => line.at));
    this.#seen.set(team, last);
    remember(this.#key, JSON.stringify([...this.#seen]));
  }

  get #key(): string {
    return `dh.read.${this.live.seat}`;
  }
}
