/** One act after the other, and words on how the last one went. */
import type { Act } from '../api/names';
import { announce } from '../frame/announce.svelte';
import { refusal } from '../frame/refusal';
import { t } from '../language/language.svelte';
import type { Live } from '../live/live.svelte';

/** How long it stands there that something was done: what was refused stays until the next act. */
const SUCCESS_STANDS = 8000;

export class Doing {
  /** Made when it is read, so that it follows the language. */
  #words = $state.raw<() => string>(() => '');
  failed = $state(false);
  busy = $state(false);

  constructor(
    private readonly live: Live,
    /** What is more to say of a refusal than its words. */
    private readonly explain: (code: string, act: Act) => string | null = () => null,
  ) {}

  get status(): string {
    return this.#words();
  }

  /** Whether it was accepted. */
  async act(act: Act, done: () => string = () => t('done')): Promise<boolean> {
    this.busy = true;
    this.failed = false;
    this.#words = () => t('sending');
    const outcome = await this.live.act(act);
    this.busy = false;
    this.failed = !outcome.ok;
    const words = () => (outcome.ok ? done() : (this.explain(outcome.code, act) ?? refusal(outcome)));
    this.#words = words;
    // A refusal is read where it stands; after a success the place may be gone.
    if (outcome.ok) {
      announce(this.status);
      setTimeout(() => {
        if (this.#words === words) this.#words = () => '';
      }, SUCCESS_STANDS);
    }
    return outcome.ok;
  }
}

/** How acts went of controls that there is a list of: each has its own words, and keeps them. */
export class Doings {
  readonly #each = new Map<string, Doing>();

  constructor(private readonly make: () => Doing) {}

  of(control: string): Doing {
    const known = this.#each.get(control) ?? this.make();
    this.#each.set(control, known);
    return known;
  }
}
