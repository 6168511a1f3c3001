/** Who may send a team's official answers. Pure; the rule is the server's, and this is what the form shows of it. */
import type { Reader } from '../api/names';
import type { Cards } from '../live/cards.svelte';

/** Lead and delegates of a team. */
export function sendersOf(cards: Cards, team: string | null): string[] {
  const leads = cards.list('person').filter((card) => card.team === team && card.role === 'team_lead');
  const delegates = cards.list('delegate').filter((card) => card.team === team);
  return [...leads, ...delegates].map((card) => card.person);
}

/** Whether the reader may send: as lead, as a delegate, or because the team has no lead. */
export function maySubmit(cards: Cards, reader: Reader | null): boolean {
  if (!reader || reader.role === 'team_lead') return true;
  const team = reader.team ?? null;
  const isLed = cards.list('person').some((card) => card.team === team && card.role === 'team_lead');
  return !isLed || cards.list('delegate').some((card) => card.team === team && card.person === reader.person);
}
