import { describe, expect, it } from 'vitest';
import type { FieldCard } from '../api/names';
import { answersOf, fromCard, length, toInput, troubles } from './answers';

const options = [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }];
const field = (kind: FieldCard['kind'], required = true): FieldCard => ({ id: 'f', label: 'F', required, points: 1, kind });

describe('answers', () => {
  it('are sent in the shape of their kind', () => {
    expect(toInput(field({ type: 'choice', options }), { option: 'a' })).toEqual({ choice: 'a' });
    expect(toInput(field({ type: 'multi_choice', options }), { options: ['b'] })).toEqual({ choices: ['b'] });
    expect(toInput(field({ type: 'long_text', max_chars: 9 }), { text: ' hi ' })).toEqual({ text: 'hi' });
    expect(toInput(field({ type: 'indicators', max_lines: 9 }), { text: '1.2.3.4\n\n x ' })).toEqual({ indicators: ['1.2.3.4', 'x'] });
    expect(toInput(field({ type: 'decision', options }), { option: 'a', text: 'why' })).toEqual({ decision: { option: 'a', rationale: 'why' } });
  });
  it('leave out what was left empty', () => {
    expect(answersOf([field({ type: 'long_text', max_chars: 9 })], { f: { text: '  ' } })).toEqual({});
  });
  it('come back from the official card as they were sent', () => {
    const prose = (text: string) => ({ part: 'p', text });
    expect(fromCard({ type: 'decision', option: null, rationale: prose('why') })).toEqual({ option: undefined, text: 'why' });
    expect(fromCard({ type: 'indicators', lines: prose('a\nb') })).toEqual({ text: 'a\nb' });
  });
  it('name what keeps them from being sent', () => {
    expect(troubles([field({ type: 'choice', options })], {})).toEqual({ f: 'required' });
    expect(troubles([field({ type: 'choice', options }, false)], {})).toEqual({});
    expect(troubles([field({ type: 'long_text', max_chars: 2 })], { f: { text: 'abc' } })).toEqual({ f: 'too_long' });
    expect(troubles([field({ type: 'indicators', max_lines: 1 })], { f: { text: 'a\nb' } })).toEqual({ f: 'too_many_lines' });
    expect(troubles([field({ type: 'decision', options })], { f: { text: 'why' } })).toEqual({ f: 'required' });
    expect(troubles([field({ type: 'decision', options })], { f: { option: 'a' } })).toEqual({ f: 'rationale' });
  });
  it('count characters, not halves of them', () => {
    expect(length('🌀é')).toBe(2);
  });
});
