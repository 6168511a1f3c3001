/** What a team received and did, in order of arrival, from the cards that it holds. Pure. */
import type { CardOf, InjectCard } from '../api/names';
import { brief } from './brief';

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

export interface Spoken {
  messages: readonly CardOf<'message'>[];
  peers: readonly CardOf<'peer'>[];
  entries: readonly CardOf<'entry'>[];
  requests: readonly CardOf<'request'>[];
  answers: readonly CardOf<'request_answer'>[];
}
export type Word = 'message' | 'message_named' | 'peer_sent' | 'peer_received' | 'entry' | 'correction' | 'request' | 'request_answer';

/** A line between injects: what was said or written. */
export interface Said {
  key: string;
  at: number;
  word: Word;
  /** Its text in brief; none once it is erased. */
  text: string | null;
}
export type Moment = { at: number; line: Arrived } | { at: number; said: Said };

const MOST = 140;

/** What was said and written, by the time it happened. `titleOf` names an inject that answers a request. */
export function said(known: Spoken, team: string | null, titleOf: (inject: string) => string | null): Said[] {
  const inBrief = (text: string | null | undefined) => (typeof text === 'string' ? brief(text, MOST) : null);
  const line = (word: Word, item: string, at: number, text: string | null | undefined): Said => ({ key: `${word}/${item}`, word, at, text: inBrief(text) });
  return [
    ...known.messages.map((one) => {
      const text = [one.title, one.body].filter((part) => part.trim() !== '').join(' — ');
      return one.from ? line('message_named', one.item, one.at, `${one.from.name}: ${text}`) : line('message', one.item, one.at, text);
    }),
    ...known.peers.map((one) => line(team !== null && one.from === team ? 'peer_sent' : 'peer_received', one.item, one.at, one.text.text)),
    ...known.entries.map((one) => line(one.corrects ? 'correction' : 'entry', one.item, one.happened_at, one.text.text)),
    ...known.requests.map((one) => line('request', one.item, one.at, one.text.text)),
    ...known.answers.map((one) => line('request_answer', one.item, one.at, one.text ? one.text.text : ((one.inject && titleOf(one.inject)) ?? ''))),
  ].sort((one, other) => one.at - other.at);
}

/** Injects with what was said between them; an inject stands before what was said at the same time. */
export function moments(lines: readonly Arrived[], words: readonly Said[]): Moment[] {
  const all: Moment[] = [...lines.map((line) => ({ at: line.card.released_at, line })), ...words.map((one) => ({ at: one.at, said: one }))];
  return all.sort((one, other) => one.at - other.at);
}

/** Where an instant lies on the bar of an inject, in hundredths of its length. */
export function placed(one: Arrived, after: number): number {
  return Math.min(100, (100 * Math.max(0, after)) / reach(one));
}

/** How long the bar of an inject is, in milliseconds: to its deadline, or to what came last. */
function reach(one: Arrived): number {
  return Math.max(1, one.deadline ?? 0, one.acknowledged ?? 0, ...one.answers.map((answer) => answer.taken));
}
