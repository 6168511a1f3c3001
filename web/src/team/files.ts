/** Files that a team has handed in. Pure. */
import type { ProseCard } from '../api/names';
import type { Cards } from '../live/cards.svelte';

export interface FileCard {
  team: string;
  hash: string;
  name: ProseCard;
  media_type: string;
  bytes: number;
  encrypted: boolean;
  at: number;
}

/** The files of a team, newest first. */
export function filesOf(cards: Cards, team: string | null | undefined): FileCard[] {
  return [...cards.files().values()].filter((file) => file.team === team).sort((a, b) => b.at - a.at);
}

/** The file behind a hash, whichever team in sight handed it in. */
export function fileOf(cards: Cards, hash: string): FileCard | undefined {
  return [...cards.files().values()].find((file) => file.hash === hash);
}
