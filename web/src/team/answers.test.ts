import { describe, expect, it } from 'vitest';
import type { FieldCard } from '../api/names';
import { answersOf, fromCard, groupsOf, length, toInput, troubles, wantedLeft } from './answers';

const options = [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }];
const field = (kind: FieldCard['kind'], required = true, more: Partial<FieldCard> = {}): FieldCard => ({ id: 'f', label: 'F', required, wanted: false, points: 1, kind, ...more });
const number = (least: string | null = null, most: string | null = null) => field({ type: 'number', least, most, unit: null });

describe('answers', () => {
  it('are sent in the shape of their kind', () => {
    expect(toInput(field({ type: 'choice', options }), { option: 'a' })).toEqual({ choice: 'a' });
    expect(toInput(field({ type: 'multi_choice', options }), { options: ['b'] })).toEqual({ choices: ['b'] });
    expect(toInput(field({ type: 'long_text', max_chars: 9 }), { text: ' hi ' })).toEqual({ text: 'hi' });
    expect(toInput(field({ type: 'short_text', max_chars: 9 }), { text: ' hi ' })).toEqual({ text: 'hi' });
    expect(toInput(field({ type: 'indicators', max_lines: 9 }), { text: '1.2.3.4\n\n x ' })).toEqual({ indicators: ['1.2.3.4', 'x'] });
    expect(toInput(field({ type: 'decision', options }), { option: 'a', text: 'why' })).toEqual({ decision: { option: 'a', rationale: 'why' } });
    expect(toInput(number(), { text: ' 12,5 ' })).toEqual({ number: '12.5' });
    expect(toInput(field({ type: 'classification' }), { option: 'fraud/phishing' })).toEqual({ choice: 'fraud/phishing' });
    expect(toInput(field({ type: 'severity' }), { option: 'high' })).toEqual({ choice: 'high' });
    expect(toInput(field({ type: 'techniques', most: 3 }), { options: ['T1566'] })).toEqual({ choices: ['T1566'] });
    expect(toInput(field({ type: 'timestamp' }), { date: '2027-09-17', time: '04:10', offset: '-04:00' })).toEqual({ time: '2027-09-17T04:10-04:00' });
    expect(toInput(field({ type: 'file' }), { file: 'abc', name: 'x' })).toEqual({ file: 'abc' });
  });
  it('leave out what was left empty', () => {
    expect(answersOf([field({ type: 'long_text', max_chars: 9 })], { f: { text: '  ' } })).toEqual({});
    expect(answersOf([field({ type: 'classification' })], { f: { option: '' } })).toEqual({});
    expect(answersOf([field({ type: 'timestamp' })], { f: { date: '2027-09-17' } })).toEqual({});
  });
  it('come back from the official card as they were sent', () => {
    const prose = (text: string) => ({ part: 'p', text });
    expect(fromCard({ type: 'decision', option: null, rationale: prose('why') })).toEqual({ text: 'why' });
    expect(fromCard({ type: 'indicators', lines: prose('a\nb') })).toEqual({ text: 'a\nb' });
    expect(fromCard({ type: 'number', number: '-0.25' })).toEqual({ text: '-0.25' });
    expect(fromCard({ type: 'time', time: Date.UTC(2027, 8, 17, 8, 10), offset: -240 })).toEqual({ date: '2027-09-17', time: '04:10', offset: '-04:00' });
    expect(fromCard({ type: 'file', hash: 'abc' })).toEqual({ file: 'abc' });
  });
  it('name what keeps them from being sent', () => {
    expect(troubles([field({ type: 'choice', options })], {})).toEqual({ f: 'required' });
    expect(troubles([field({ type: 'choice', options }, false)], {})).toEqual({});
    expect(troubles([field({ type: 'long_text', max_chars: 2 })], { f: { text: 'abc' } })).toEqual({ f: 'too_long' });
    expect(troubles([field({ type: 'short_text', max_chars: 9 })], { f: { text: 'a\nb' } })).toEqual({ f: 'one_line' });
    expect(troubles([field({ type: 'indicators', max_lines: 1 })], { f: { text: 'a\nb' } })).toEqual({ f: 'too_many_lines' });
    expect(troubles([field({ type: 'indicators', max_lines: 1 })], { f: { text: 'a'.repeat(501) } })).toEqual({ f: 'line_too_long' });
    expect(troubles([field({ type: 'decision', options })], { f: { text: 'why' } })).toEqual({ f: 'required' });
    expect(troubles([field({ type: 'decision', options }, false)], { f: { option: 'a' } })).toEqual({ f: 'rationale' });
    expect(troubles([number()], { f: { text: 'many' } })).toEqual({ f: 'number' });
    expect(troubles([number('1', '2.5')], { f: { text: '2,501' } })).toEqual({ f: 'range' });
    expect(troubles([number('1', '2.5')], { f: { text: '2,5' } })).toEqual({});
    expect(troubles([field({ type: 'techniques', most: 1 })], { f: { options: ['T1', 'T2'] } })).toEqual({ f: 'too_many' });
    expect(troubles([field({ type: 'timestamp' }, false)], { f: { time: '04:10' } })).toEqual({ f: 'time' });
    expect(troubles([field({ type: 'file' }, false)], { f: { uploading: true } })).toEqual({ f: 'uploading' });
  });
  it('count characters, not halves of them', () => {
    expect(length('🌀é')).toBe(2);
  });
  it('say how many wanted fields are empty', () => {
    const wanted = field({ type: 'severity' }, false, { wanted: true });
    expect([wantedLeft([wanted], {}), wantedLeft([wanted], { f: { option: 'low' } }), wantedLeft([field({ type: 'severity' }, false)], {})]).toEqual([1, 0, 0]);
  });
});

describe('a form', () => {
  const sections = [{ id: 's', document: 'advisory' as const, title: 'S' }];
  const at = (id: string, section: string | null) => field({ type: 'severity' }, true, { id, section });
  it('keeps the fields of one document together, where the first of them stands', () => {
    const groups = groupsOf({ fields: [at('a', null), at('b', 's'), at('c', null), at('d', 's')], sections });
    expect(groups.map((group) => [group.section?.id ?? null, group.fields.map((one) => one.id)])).toEqual([[null, ['a']], ['s', ['b', 'd']], [null, ['c']]]);
  });
  it('shows a field all the same whose document is not there', () => {
    expect(groupsOf({ fields: [at('a', 'gone'), at('b', null)], sections: [] })).toHaveLength(1);
  });
});
