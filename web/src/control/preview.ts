/** What an act would do, asked of the server without doing it. */
import { inExercise, post } from '../api/client';
import type { Act, Preview, PreviewedFact } from '../api/names';
import type { Live } from '../live/live.svelte';

export function preview(live: Live, act: Act): Promise<Preview> {
  return post<Preview>(inExercise(live.exercise, live.seat, '/preview'), { act });
}

/** Facts with the same words gathered into one line, in the order in which they come. */
export function gathered(facts: readonly PreviewedFact[]): PreviewedFact[] {
  const lines = new Map<string, PreviewedFact>();
  for (const fact of facts) {
    const key = [fact.kind, fact.inject ?? '', fact.title ?? ''].join('\n');
    const line = lines.get(key);
    if (line) line.teams = [...new Set([...line.teams, ...fact.teams])];
    else lines.set(key, { ...fact, teams: [...fact.teams] });
  }
  return [...lines.values()];
}
