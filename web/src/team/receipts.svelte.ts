/** Receipts: an inject is reported as delivered and as opened once a device. */
import { SvelteSet } from 'svelte/reactivity';
import type { Live } from '../live/live.svelte';
import { recall, remember } from '../live/storage';

export class Receipts {
  readonly opened: SvelteSet<string>;
  #delivered: Set<string>;

  constructor(private readonly live: Live) {
    this.opened = new SvelteSet(stored(this.#key('opened')));
    this.#delivered = new Set(stored(this.#key('delivered')));
  }

  /** Notes arrival. Returns whether it was news to this device. */
  delivered(inject: string): boolean {
    if (this.#delivered.has(inject)) return false;
    this.#delivered.add(inject);
    remember(this.#key('delivered'), JSON.stringify([...this.#delivered]));
    void this.live.act({ type: 'note_delivered', inject });
    return true;
  }

  /** Notes that somebody read an inject; `reading` differs each time control sends it again. */
  open(inject: string, reading = inject): void {
    if (this.opened.has(reading)) return;
    const first = !this.opened.has(inject);
    this.opened.add(inject);
    this.opened.add(reading);
    remember(this.#key('opened'), JSON.stringify([...this.opened]));
    if (first) void this.live.act({ type: 'note_opened', inject });
  }

  #key(what: string): string {
    return `dh.${what}.${this.live.seat}`;
  }
}

function stored(key: string): string[] {
  try {
    return JSON.parse(recall(key) ?? '[]') as string[];
  } catch {
    return [];
  }
}
