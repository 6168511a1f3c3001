/** Requests for information: what waits, who has it, what was answered. Pure. */
import type { CardOf } from '../api/names';

export interface Request {
  card: CardOf<'request'>;
  owner: CardOf<'request_owner'> | undefined;
  answer: CardOf<'request_answer'> | undefined;
}

/** Open ones first, those longest in the queue on top; then the answered, latest first. */
export function queue(
  requests: Iterable<CardOf<'request'>>,
  owners: Iterable<CardOf<'request_owner'>>,
  answers: Iterable<CardOf<'request_answer'>>,
): Request[] {
  const owner = new Map([...owners].map((card) => [card.item, card]));
  const answer = new Map([...answers].map((card) => [card.item, card]));
  const all = [...requests].map((card) => ({ card, owner: owner.get(card.item), answer: answer.get(card.item) }));
  const open = all.filter((one) => !one.answer).sort((a, b) => a.card.at - b.card.at);
  const done = all.filter((one) => one.answer).sort((a, b) => (b.answer?.at ?? 0) - (a.answer?.at ?? 0));
  return [...open, ...done];
}
