/** What a team received and did, in order of arrival, from the cards that it holds. Pure. */
import type { CardOf, InjectCard } from '../api/names';

export interface Known {
  injects: readonly InjectCard[];
  responses: readonly CardOf<'response'>[];
  acknowledged: readonly CardOf<'acknowledged'>[];
  hints: readonly CardOf<'hint'>[];
  extended: readonly CardOf<'extended'>[];
}

export interface Arrived {
  card: InjectCard;
  /** Milliseconds from arrival to the acknowledgement. */
  acknowledged: number | null;
  /** The team's answers, first one first. */
  answers: CardOf<'response'>[];
  hints: number;
  /** Active time that the team had, in milliseconds. */
  deadline: number | null;
}

export function arrived(known: Known): Arrived[] {
  return [...known.injects]
    .sort((one, other) => one.released_at - other.released_at)
    .map((card) => {
      const mine = <T extends { inject: string }>(one: T) => one.inject === card.inject;
      const noted = known.acknowledged.find(mine);
      return {
        card,
        acknowledged: noted ? Math.max(0, noted.at - card.released_at) : null,
        answers: known.responses.filter(mine).sort((one, other) => one.revision - other.revision),
        hints: known.hints.filter(mine).length,
        deadline: known.extended.find(mine)?.deadline ?? card.form?.deadline ?? null,
      };
    });
}

/** Where an instant lies on the bar of an inject, in hundredths of its length. */
export function placed(one: Arrived, after: number): number {
  return Math.min(100, (100 * Math.max(0, after)) / reach(one));
}

/** How long the bar of an inject is, in milliseconds: to its deadline, or to what came last. */
function reach(one: Arrived): number {
  return Math.max(1, one.deadline ?? 0, one.acknowledged ?? 0, ...one.answers.map((answer) => answer.taken));
}
