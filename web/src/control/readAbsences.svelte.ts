/** Looks through the log for a team's absences, newest first: no card keeps one that is over. */
import { get, inExercise } from '../api/client';
import type { ExerciseSummary, LogPage } from '../api/names';
import { trouble } from '../frame/refusal';
import type { Live } from '../live/live.svelte';
import { fromRow, type FeedLine } from './feed';

/** Rows of a page; as many as the server gives at once. */
const PAGE = 1_000;
/** Pages that are read without being asked again: a log of a long day is big, and the absence is mostly a recent one. */
const PAGES = 3;

export class AbsenceLog {
  lines = $state.raw<FeedLine[]>([]);
  busy = $state(false);
  failed = $state('');
  /** The row after which everything has been read; null before the first time. */
  #readAfter = $state<number | null>(null);

  constructor(
    private readonly live: Live,
    private readonly team: string,
  ) {}

  get more(): boolean {
    return this.#readAfter !== 0;
  }

  /** Reads further back until an absence is whole, or so many pages. */
  async further(): Promise<void> {
    this.busy = true;
    this.failed = '';
    try {
      for (let page = 0; page < PAGES && this.more; page += 1) if (await this.#page()) break;
    } catch (error) {
      this.failed = trouble(error);
    }
    this.busy = false;
  }

  /** Whether a beginning of an absence was found. */
  async #page(): Promise<boolean> {
    const { exercise, seat } = this.live;
    const until = this.#readAfter ?? (await get<ExerciseSummary>(inExercise(exercise, seat))).head_seq;
    const after = Math.max(until - PAGE, 0);
    const { rows } = await get<LogPage>(inExercise(exercise, seat, '/log', { after, limit: PAGE }));
    const found = rows
      .filter((row) => row.seq <= until && (row.kind === 'team_lost' || row.kind === 'team_back'))
      .map(fromRow)
      .filter((line) => line.teams.includes(this.team));
    this.lines = [...this.lines, ...found];
    this.#readAfter = after;
    return found.some((line) => line.kind === 'team_lost');
  }
}
