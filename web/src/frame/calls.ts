/** Calls of NO DUFF as the people who hear of them see them. Pure. */
import type { CardOf } from '../api/names';

type DuffCard = CardOf<'duff'>;

export interface Call {
  card: DuffCard;
  /** What staff decided, once they have. */
  decided: CardOf<'duff_decided'> | undefined;
  /** The written decision by which play went on. */
  lifted: CardOf<'decision'> | undefined;
  /** Whether control still works on it. */
  open: boolean;
  /** Milliseconds until play stands for everybody unless staff decide before. */
  widensIn: number | null;
}

/** Calls, newest first. `allStands` says whether play stands for everybody already. */
export function callsOf(
  duffs: Iterable<DuffCard>,
  decisions: Iterable<CardOf<'duff_decided'>>,
  lifts: Iterable<CardOf<'decision'>>,
  allStands: boolean,
  now: number,
): Call[] {
  const decided = new Map([...decisions].map((card) => [card.item, card]));
  const written = [...lifts];
  return [...duffs]
    .sort((a, b) => b.at - a.at)
    .map((card) => {
      const verdict = decided.get(card.item);
      const lifted = written.find((one) => one.at >= card.at && (!one.team || one.team === card.team));
      const open = !lifted && verdict?.verdict !== 'stand_down';
      const until = open && !verdict && !allStands ? card.escalates_at : null;
      return { card, decided: verdict, lifted, open, widensIn: typeof until === 'number' ? Math.max(0, until - now) : null };
    });
}

/** The reader's own call that is still open: a second one adds nothing but noise. */
export function ownOpenCall(calls: readonly Call[], person: string | null | undefined): Call | undefined {
  return calls.find((call) => call.open && call.card.by === person);
}
