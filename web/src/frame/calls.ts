/** Calls of NO DUFF as the people who hear of them see them; how each stands, the engine says. Pure. */
import type { CardOf } from '../api/names';
import type { Cards } from '../live/cards.svelte';

export type Standing = CardOf<'duff_state'>['standing'];

export interface Call {
  card: CardOf<'duff'>;
  standing: Standing;
  /** What staff decided, once they have. */
  decided: CardOf<'duff_decided'> | undefined;
  /** The written decision by which play went on. */
  lifted: CardOf<'decision'> | undefined;
  /** Whether control still works on it. */
  open: boolean;
  /** Since when it stands so. */
  since: number;
  /** Milliseconds until play stands for everybody unless staff decide before. */
  widensIn: number | null;
}

/** Calls, newest first. */
export function callsOf(cards: Cards, now: number): Call[] {
  const allStand = cards.get('suspension') !== undefined;
  return cards
    .list('duff')
    .sort((a, b) => b.at - a.at)
    .map((card) => {
      const state = cards.get('duff_state', card.item);
      const standing = state?.standing ?? 'open';
      const until = standing === 'open' && !allStand ? card.escalates_at : null;
      return {
        card,
        standing,
        decided: cards.get('duff_decided', card.item),
        lifted: cards.get('decision', state?.decision ?? ''),
        open: standing !== 'stood_down' && standing !== 'lifted',
        since: state?.at ?? card.at,
        widensIn: typeof until === 'number' ? Math.max(0, until - now) : null,
      };
    });
}

/** The reader's own call that is still open: a second one adds nothing but noise. */
export function ownOpenCall(calls: readonly Call[], person: string | null | undefined): Call | undefined {
  return calls.find((call) => call.open && call.card.by === person);
}
