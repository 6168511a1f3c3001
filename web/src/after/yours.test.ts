import { describe, expect, it } from 'vitest';
import { arrived, moments, placed, said, type Known, type Spoken } from './yours';

const inject = (id: string, at: number, deadline: number | null) => ({ inject: id, released_at: at, title: id, form: { deadline, fields: [], hints: [], sections: [] } });
const known = {
  injects: [inject('second', 2000, 600_000), inject('first', 1000, null)],
  responses: [
    { inject: 'second', revision: 2, taken: 700_000, late: true, at: 9 },
    { inject: 'second', revision: 1, taken: 300_000, late: false, at: 5 },
  ],
  acknowledged: [{ inject: 'second', at: 62_000 }],
  hints: [{ inject: 'second' }, { inject: 'second' }],
  extended: [],
} as unknown as Known;

describe('a team’s timeline', () => {
  it('stands in order of arrival, with what the team did', () => {
    const [first, second] = arrived(known);
    expect([first?.card.inject, first?.answers.length, first?.acknowledged]).toEqual(['first', 0, null]);
    expect(second).toMatchObject({ acknowledged: 60_000, hints: 2, deadline: 600_000 });
    expect(second?.answers.map((answer) => answer.revision)).toEqual([1, 2]);
  });
  it('has a bar that reaches what came last', () => {
    const second = arrived(known)[1]!;
    expect([placed(second, 700_000), placed(second, 0), placed(second, -5)]).toEqual([100, 0, 0]);
    expect(placed(second, 600_000)).toBeCloseTo(85.7, 1);
  });
  it('goes by the deadline that control gave', () => {
    const longer = { ...known, extended: [{ inject: 'second', deadline: 900_000 }] } as unknown as Known;
    expect(arrived(longer)[1]?.deadline).toBe(900_000);
  });
});

describe('what was said', () => {
  const prose = (text: string | null) => ({ part: 'p', text });
  const spoken = {
    messages: [{ item: 'm', at: 1500, title: 'Stand by', body: 'More\n\nfollows' }, { item: 'n', at: 1600, title: 'Well?', body: '', from: { id: 'press', name: 'The press' } }],
    peers: [{ item: 'out', at: 1200, from: 'reds', text: prose('Call us') }, { item: 'in', at: 1300, from: null, text: prose(null) }],
    entries: [{ item: 'e', at: 5000, happened_at: 900, text: prose('x'.repeat(200)) }, { item: 'f', at: 5001, happened_at: 2500, corrects: 'e', text: prose('Y') }],
    requests: [{ item: 'r', at: 1000, text: prose('Who is it?') }],
    answers: [{ item: 'r', at: 2100, inject: 'second', text: null }],
  } as unknown as Spoken;
  const lines = said(spoken, 'reds', (inject) => `About ${inject}`);
  it('is in brief, and erased where it is', () => {
    expect(lines.map((one) => [one.word, one.text?.slice(0, 22)])).toEqual([
      ['entry', 'x'.repeat(22)],
      ['request', 'Who is it?'],
      ['peer_sent', 'Call us'],
      ['peer_received', undefined],
      ['message', 'Stand by — More follow'],
      ['message_named', 'The press: Well?'],
      ['request_answer', 'About second'],
      ['correction', 'Y'],
    ]);
    expect(lines[0]?.text).toHaveLength(141);
  });
  it('stands between injects, by the time it happened', () => {
    const order = moments(arrived(known), lines).map((one) => ('line' in one ? one.line.card.inject : one.said.word));
    expect(order).toEqual(['entry', 'first', 'request', 'peer_sent', 'peer_received', 'message', 'message_named', 'second', 'request_answer', 'correction']);
  });
});
