/**
 * What indicators are understood as while somebody types them. The server is asked a moment after the last key,
 * and only the answer to what stands there now is shown.
 */
import type { RecognisedCard } from '../api/names';
import { lines } from './answers';

/** How long nothing is typed before the server is asked. */
const REST = 700;

/** The way to the server, and time. */
export interface Means {
  ask: (text: string, signal: AbortSignal) => Promise<RecognisedCard>;
  after: (milliseconds: number, task: () => void) => () => void;
}

export class Recogniser {
  /** What was asked, or will be in a moment. */
  #text = '';
  #stop: (() => void) | undefined;
  #asking: AbortController | undefined;

  constructor(
    private readonly means: Means,
    private readonly show: (recognised: RecognisedCard | null) => void,
  ) {}

  /** Takes note of what stands there now. */
  typed(text: string): void {
    const list = lines(text).join('\n');
    if (list === this.#text) return;
    this.leave();
    this.#text = list;
    if (list === '') this.show(null);
    else this.#stop = this.means.after(REST, () => void this.#ask());
  }

  /** The field is gone. */
  leave(): void {
    this.#stop?.();
    this.#asking?.abort();
  }

  async #ask(): Promise<void> {
    const asking = (this.#asking = new AbortController());
    let recognised: RecognisedCard | null = null;
    try {
      recognised = await this.means.ask(this.#text, asking.signal);
    } catch {
      // What was shown is of another text. The same one is asked for again when the line is back.
      if (!asking.signal.aborted) this.#text = '';
    }
    if (!asking.signal.aborted) this.show(recognised);
  }
}
