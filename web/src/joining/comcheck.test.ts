import { describe, expect, it } from 'vitest';
import type { CardOf } from '../api/names';
import { doneBy, lineOf, stateOf } from './comcheck';

const cards = (kept: Record<string, unknown>) => ({
  of: (card: string) => new Map(Object.entries(kept).filter(([key]) => key.startsWith(`${card}/`))),
});

describe('a comcheck', () => {
  it('tells what each team said of each channel', () => {
    const known = cards({
      'comcheck_acknowledged/c-mail/reds': { answers: null },
      'comcheck_answered/c-phone/reds': { answers: { reads: { type: 'choice', option: 'slow' }, remark: { type: 'text', text: { part: 'p', text: 'crackles' } } } },
    });
    expect(stateOf(known, 'c-mail', 'reds')).toEqual({ state: 'acknowledged', remark: '' });
    expect(stateOf(known, 'c-phone', 'reds')).toEqual({ state: 'slow', remark: 'crackles' });
    expect(stateOf(known, 'c-mail', 'blues')).toEqual({ state: 'nothing', remark: '' });
    const comcheck = { teams: ['reds'], messages: { 'c-phone': 'phone' } } as unknown as CardOf<'comcheck'>;
    expect(doneBy(known, comcheck, 'reds')).toBe(true);
    expect(doneBy(known, { ...comcheck, messages: { 'c-phone': 'phone', 'c-mail': 'mail' } }, 'reds')).toBe(false);
    expect(doneBy(known, comcheck, 'late')).toBe(false);
  });
  it('tells the slowest line of a team', () => {
    const people = { a: { language: 'fr', round_trip: 80, bandwidth: 9000 }, b: { language: 'en', round_trip: 400, bandwidth: null } };
    expect(lineOf({ value: 'lines', team: 'reds', people })).toEqual({ roundTrip: 400, bandwidth: 9000, languages: ['en', 'fr'] });
    expect(lineOf(undefined)).toEqual({ roundTrip: null, bandwidth: null, languages: [] });
  });
});
