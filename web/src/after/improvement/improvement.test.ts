import { describe, expect, it } from 'vitest';
import { blank, inOrder, isOverdue, NEXT, ofAction, put, type Action } from './improvement';

const action = (id: string, priority: 'high' | 'low', completion?: string) => ({ action: id, priority, completion }) as unknown as Action;

describe('the improvement plan', () => {
  it('says what is urgent first, then what is due first', () => {
    const all = [action('c', 'low', '2027-01-01'), action('b', 'high'), action('a', 'high', '2027-03-31')];
    expect(inOrder(all).map((one) => one.action)).toEqual(['a', 'b', 'c']);
  });
  it('is overdue where it is open after its day', () => {
    expect(isOverdue('2027-03-31', 'agreed', '2027-03-31')).toBe(false);
    expect(isOverdue('2027-03-31', 'agreed', '2027-04-01')).toBe(true);
    expect(isOverdue('2027-03-31', 'implemented', '2027-04-01')).toBe(false);
    expect(isOverdue(null, 'agreed', '2027-04-01')).toBe(false);
  });
  it('offers a way out of every state', () => {
    for (const next of Object.values(NEXT)) expect(next.length).toBeGreaterThan(0);
  });
  it('is sent without what was left empty', () => {
    const sheet = { ...blank('train', { team: 'reds' }), text: ' Train the desk ', owner: ' ' };
    expect(put(sheet)).toMatchObject({ text: 'Train the desk', owner: null, completion: null, scope: { team: 'reds' } });
    const card = { ...put(sheet), text: { part: 'p', text: 'Train the desk' }, owner: null } as unknown as Action;
    expect(ofAction(card)).toEqual({ ...sheet, text: 'Train the desk', owner: '' });
  });
});
