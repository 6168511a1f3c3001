/**
 * Answers not yet sent. Each is kept on this device at once, so that a reload loses none, and on the
 * server for the whole team a moment after the last key. Of two, the newer one counts.
 */
import { forget, recall, remember } from '../live/storage';
import type { Drafts } from './answers';

/** How long nothing is typed before the server is told. */
const REST = 2_000;
/** How long until the server is told again after it could not be. */
const AGAIN = 20_000;

/** What the server has of a draft. */
export interface Shared {
  version: number;
  answers?: Drafts | null;
  by?: string | null;
  name?: string | null;
  at?: number | null;
}
/** The way to the server, and time. */
export interface Means {
  load: () => Promise<Shared>;
  save: (answers: Drafts, base: number) => Promise<{ version: number; at: number; overwrote?: Shared | null }>;
  drop: () => Promise<unknown>;
  now: () => number;
  after: (milliseconds: number, task: () => void) => () => void;
}
/** A draft on this device: when it was typed, on which of the server's it rests, and whether the server has it. */
interface Kept {
  drafts: Drafts;
  at: number;
  base: number;
  saved: boolean;
}

const keyOf = (seat: string, inject: string) => `dh.draft.${seat}.${inject}`;

function recallKept(key: string): Kept | null {
  try {
    const found = JSON.parse(recall(key) ?? 'null') as Kept | Drafts | null;
    if (!found) return null;
    // Pages of before kept nothing but what was typed.
    return typeof found.base === 'number' ? (found as Kept) : { drafts: found as Drafts, at: 0, base: 0, saved: false };
  } catch {
    return null;
  }
}

export class TeamDraft {
  readonly #key: string;
  #kept: Kept | null;
  #stop: (() => void) | undefined;
  #saving = false;

  /** `theirs` is told of a draft that somebody else of the team wrote. */
  constructor(
    seat: string,
    inject: string,
    private readonly means: Means,
    private readonly theirs: (shared: Shared) => void,
    /** Is told whether the server took what was given to it last. */
    private readonly taken: (taken: boolean) => void = () => undefined,
  ) {
    this.#key = keyOf(seat, inject);
    this.#kept = recallKept(this.#key);
  }

  get drafts(): Drafts | null {
    return this.#kept?.drafts ?? null;
  }

  /** Asks the server. Gives the team's draft if it is newer than what this device has. */
  async meet(): Promise<Drafts | null> {
    const asked = this.#kept;
    let shared: Shared;
    try {
      shared = await this.means.load();
    } catch {
      // Without a line, what is here is what there is.
      if (this.#kept && !this.#kept.saved) this.#later(AGAIN);
      return null;
    }
    // Whoever began to type meanwhile goes on; the answer to the next save tells of the other.
    if (this.#kept !== asked) return null;
    const isNewer = !asked || (asked.saved ? shared.version !== asked.base : (shared.at ?? 0) > asked.at);
    if (!isNewer) {
      if (!asked.saved) this.#later(0);
      return null;
    }
    if (!shared.answers) {
      // A colleague has sent or dropped what this device only had a copy of.
      if (asked?.saved) this.#forget();
      else if (asked) this.#later(0);
      return null;
    }
    this.#keep({ drafts: shared.answers, at: shared.at ?? this.means.now(), base: shared.version, saved: true });
    this.theirs(shared);
    return shared.answers;
  }

  /** Keeps what was typed. */
  typed(drafts: Drafts): void {
    this.#keep({ drafts, at: this.means.now(), base: this.#kept?.base ?? 0, saved: false });
    this.#later(REST);
  }

  /** The answer was sent, or is not wanted any more. */
  drop(): void {
    this.#stop?.();
    this.#forget();
    // If that is lost, colleagues find a draft that is older than the answer.
    this.means.drop().catch(() => undefined);
  }

  /** The page is left: what waits is sent now. */
  leave(): void {
    this.#stop?.();
    void this.#save();
  }

  async #save(): Promise<void> {
    const sent = this.#kept;
    if (!sent || sent.saved || this.#saving) return;
    this.#saving = true;
    try {
      const written = await this.means.save(sent.drafts, sent.base);
      if (this.#kept) this.#keep({ ...this.#kept, base: written.version, saved: this.#kept === sent });
      this.taken(true);
      if (written.overwrote) this.theirs(written.overwrote);
    } catch {
      this.taken(false);
      this.#later(AGAIN);
    } finally {
      this.#saving = false;
    }
    if (this.#kept && !this.#kept.saved && !this.#stop) this.#later(REST);
  }

  #later(milliseconds: number): void {
    this.#stop?.();
    this.#stop = this.means.after(milliseconds, () => {
      this.#stop = undefined;
      void this.#save();
    });
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    remember(this.#key, JSON.stringify(kept));
  }

  #forget(): void {
    this.#kept = null;
    forget(this.#key);
  }
}
