/** What a comcheck found out, off the cards. Pure. */
import type { CardOf, LastValue } from '../api/names';

type Found = 'well' | 'slow' | 'badly' | 'acknowledged' | 'nothing';
type Step = CardOf<'comcheck_answered'>;
/** The cards, as far as they are looked at. */
interface Known {
  of(card: 'comcheck_acknowledged' | 'comcheck_answered'): ReadonlyMap<string, unknown>;
}
const step = (cards: Known, key: 'comcheck_acknowledged' | 'comcheck_answered', inject: string, team: string) =>
  cards.of(key).get(`${key}/${inject}/${team}`) as Step | undefined;

/** What a team said of one message. */
export function stateOf(cards: Known, inject: string, team: string): { state: Found; remark: string } {
  const answer = step(cards, 'comcheck_answered', inject, team)?.answers;
  const said = answer?.['reads'];
  const reads = said?.type === 'choice' ? said.option : null;
  const remark = answer?.['remark'];
  const words = remark?.type === 'text' ? (remark.text.text ?? '') : '';
  if (reads === 'well' || reads === 'slow' || reads === 'badly') return { state: reads, remark: words };
  return { state: step(cards, 'comcheck_acknowledged', inject, team) ? 'acknowledged' : 'nothing', remark: '' };
}

/** Whether a team has answered on every channel. */
export function doneBy(cards: Known, comcheck: CardOf<'comcheck'>, team: string): boolean {
  return comcheck.teams.includes(team) && Object.keys(comcheck.messages).every((inject) => step(cards, 'comcheck_answered', inject, team) !== undefined);
}

/** A team's lines in one: the slowest of its people, and every language that they read in. */
export function lineOf(value: Extract<LastValue, { value: 'lines' }> | undefined): { roundTrip: number | null; bandwidth: number | null; languages: string[] } {
  const people = Object.values(value?.people ?? {});
  const known = (numbers: (number | null | undefined)[]) => numbers.filter((number) => typeof number === 'number');
  const trips = known(people.map((one) => one.round_trip));
  const rates = known(people.map((one) => one.bandwidth));
  return {
    roundTrip: trips.length > 0 ? Math.max(...trips) : null,
    bandwidth: rates.length > 0 ? Math.min(...rates) : null,
    languages: [...new Set(people.map((one) => one.language))].sort(),
  };
}
