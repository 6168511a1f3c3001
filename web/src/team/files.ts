/** Files that a team has handed in. Pure. */
import type { CardOf } from '../api/names';
import type { Cards } from '../live/cards.svelte';

export type FileCard = CardOf<'file'>;

/** The files of a team, newest first. */
export function filesOf(cards: Cards, team: string | null | undefined): FileCard[] {
  return [...cards.of('file').values()].filter((file) => file.team === team).sort((a, b) => b.at - a.at);
}

/** The file behind a hash, whichever team in sight handed it in. */
export function fileOf(cards: Cards, hash: string): FileCard | undefined {
  return [...cards.of('file').values()].find((file) => file.hash === hash);
}
