import { beforeAll, describe, expect, it, vi } from 'vitest';
import { learnScores, show } from '../language/language.svelte';
import { outcomeWords, reasonWords, timeWords } from './reason';

vi.stubGlobal('document', { documentElement: {} });
beforeAll(async () => {
  await show('en');
  await learnScores();
});

describe('a score', () => {
  it('has a reason in words for each field', () => {
    const options = [{ id: 'a', label: 'Isolate it' }];
    expect(reasonWords({ reason: { why: 'right' } })).toBe('Right.');
    expect(reasonWords({ reason: { why: 'partial' }, credit_permille: 400 })).toBe('Partly right: 40 %.');
    expect(reasonWords({ reason: { why: 'overlap', matched: 1, missing: 2, extra: 3 }, credit_permille: 286 })).toBe('1 right, 2 left out, 3 wrong: 28.6 %.');
    expect(reasonWords({ reason: { why: 'wrong', chosen: ['a', 'x'] } }, options)).toBe('Not right: Isolate it, x.');
    expect(reasonWords({ reason: { why: 'wrong', chosen: [] } })).toBe('Not right.');
    expect([reasonWords({ reason: { why: 'left_empty' } }), reasonWords({ reason: { why: 'by_people' } })]).not.toContain('');
  });
  it('says of each inject why it counts or does not', () => {
    const plain = ['counted', 'open', 'not_answered', 'team_offline', 'not_delivered', 'not_observed', 'split', 'recalled', 'not_scored'] as const;
    for (const why of plain) expect(outcomeWords({ why })).not.toBe(`outcome_${why}`);
    expect(outcomeWords({ why: 'unmarked', missing: 2 })).toContain('2 marks are missing');
    expect(outcomeWords({ why: 'excused', because: 'the line was down' })).toContain('the line was down');
    expect(outcomeWords({ why: 'excused_kept', because: 'late' })).toContain('lower without it');
  });
  it('says how soon the answer came, and what that and hints took off', () => {
    expect(timeWords({ revision: 2, tau: 125_000, band: 'grace', late_permille: 1000, hints_permille: 0 })).toEqual(['revision 2', 'Answered after 02:05 (hardly after the deadline)']);
    expect(timeWords({ revision: null, tau: null, band: null, late_permille: 500, hints_permille: 150 })).toEqual(['late: worth 50 %', 'hints took off 15 %']);
  });
});
