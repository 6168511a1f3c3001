/** What whoever runs the marking decides on, asked for again when something has happened to it. */
import { get, inExercise } from '../../api/client';
import type { JudgingBoard } from '../../api/names';
import { trouble } from '../../frame/refusal';
import { language } from '../../language/language.svelte';
import type { Live } from '../../live/live.svelte';

const NEWS = /^(answer_|mark|action_noted|objective_rated|adjustment_|scores_released|response_submitted|inject_(recalled|excused)|exercise_ended|outage_credited|role_)/;
const SETTLE = 500;

export class Board {
  told = $state.raw<JudgingBoard | null>(null);
  failed = $state('');
  #seen = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly live: Live) {}

  async refresh(): Promise<void> {
    try {
      this.told = await get<JudgingBoard>(inExercise(this.live.exercise, this.live.seat, '/judging', { language: language() }));
      this.failed = '';
    } catch (error) {
      this.failed = trouble(error);
    }
  }

  noteNews(frames: readonly { seq: number; kind: string }[]): void {
    const fresh = frames.some((frame) => frame.seq > this.#seen && NEWS.test(frame.kind));
    this.#seen = Math.max(this.#seen, frames.at(-1)?.seq ?? 0);
    if (!fresh || this.#settling) return;
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      void this.refresh();
    }, SETTLE);
  }

  teamName(id: string): string {
    return this.told?.teams.find((team) => team.team === id)?.name ?? id;
  }

  injectTitle(id: string): string {
    return this.told?.injects.find((inject) => inject.inject === id)?.title ?? id;
  }
}
