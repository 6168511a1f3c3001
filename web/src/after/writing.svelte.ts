/** What is being written in an editor, and about which team: kept on this device until it is saved or cancelled. */
import { kept } from './kept';

export class Writing<Sheet extends object> {
  /** The team that the list is about; the empty string for the event. */
  team = $state('');
  sheet = $state.raw<Sheet | null>(null);
  /** Whether the editor was opened just now, not found again. */
  fresh = $state(false);
  readonly #store;

  /** `whole` makes a sheet of what was kept, or of nothing if that is none. */
  constructor(key: string, whole: (kept: Partial<Sheet>) => Sheet | null) {
    this.#store = kept<{ team: string; sheet: Partial<Sheet> }>(key);
    const { team, sheet } = this.#store.read();
    this.sheet = sheet ? whole(sheet) : null;
    if (this.sheet) this.team = team ?? '';
  }

  open(sheet: Sheet): void {
    this.fresh = true;
    this.sheet = sheet;
  }

  keep(now: Sheet): void {
    this.#store.keep({ team: this.team, sheet: now });
  }

  close(): void {
    this.sheet = null;
    this.#store.drop();
  }
}
