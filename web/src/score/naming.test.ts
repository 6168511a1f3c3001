import { describe, expect, it } from 'vitest';
import type { FieldCard, Inject } from '../api/names';
import { ofFields, ofPlan, ofResult } from './naming';

const words = (text: Record<string, string> | null | undefined) => text?.en ?? '';

describe('the names in a score', () => {
  it('are those of the fields that a team was asked', () => {
    const fields: FieldCard[] = [{ id: 'f', label: 'What do you do?', required: true, wanted: false, points: 1, kind: { type: 'choice', options: [{ id: 'a', label: 'A' }] } }];
    expect(ofFields(fields).field('f')).toEqual({ label: 'What do you do?', options: [{ id: 'a', label: 'A' }] });
    expect(ofFields(fields).field('g')).toBeUndefined();
  });
  it('come with a result, as far as they belong to it', () => {
    const names = { title: 'T', criteria: { c: { title: 'Clear?', levels: [{ level: 2, anchor: 'In part' }] } }, actions: { x: 'Writes' }, expected: [] };
    const naming = ofResult([], names);
    expect(naming.criterion?.('c')?.anchors[2]).toBe('In part');
    expect([naming.criterion?.('d'), naming.action?.('x'), ofResult([], undefined).action?.('x')]).toEqual([undefined, 'Writes', undefined]);
  });
  it('are those of the plan for staff, expected actions by their number', () => {
    const inject = {
      content: { form: null },
      staff: { expected: [{ en: 'Calls' }], evaluation: { criteria: [{ id: 'c', title: { en: 'Clear?' }, weight: 1, anchors: [{ en: 'No' }] }], actions: [{ id: 'x', text: { en: 'Writes' }, weight: 1 }] } },
    } as unknown as Inject;
    const naming = ofPlan(inject, words);
    expect(naming.criterion?.('c')).toEqual({ title: 'Clear?', anchors: ['No'] });
    expect(['x', 'expected-1', 'expected-2'].map((id) => naming.action?.(id) ?? '')).toEqual(['Writes', 'Calls', '']);
    expect(ofPlan(undefined, words).field('f')).toBeUndefined();
  });
});
