import { describe, expect, it } from 'vitest';
import type { DraftedFinding } from '../../api/names';
import { blank, edit, inOrder, moved, ofDraft, rowsOf, waiting, type Finding } from './findings';

const finding = (id: string, kind: 'strength' | 'area', team?: string, key?: string) =>
  ({ finding: id, kind, scope: team ? { team } : 'event', title: { part: id, text: id }, observation: { part: id, text: id }, rows: [1], drafted_from: key ? { rule: 'met', key } : null }) as unknown as Finding;
const draft = (key: string, team?: string) => ({ scope: team ? { team } : 'event', kind: 'area', from: { rule: 'met', key }, text: 'Seen', rows: [4, 9] }) as unknown as DraftedFinding;

describe('findings', () => {
  const all = [finding('c', 'area'), finding('a', 'strength'), finding('b', 'area'), finding('x', 'area', 'reds')];
  it('stand in the order that people gave them, the rest by id', () => {
    const order = [{ scope: 'event' as const, order: ['c', 'a'] }];
    expect(inOrder(all, order, '').map((one) => one.finding)).toEqual(['c', 'a', 'b']);
    expect(inOrder(all, order, 'reds').map((one) => one.finding)).toEqual(['x']);
  });
  it('change places on their own side alone', () => {
    const ordered = inOrder(all, [{ scope: 'event', order: ['c', 'a', 'b'] }], '');
    expect(moved(ordered, 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(ordered, 'a', 1)).toEqual(['c', 'a', 'b']);
  });
  it('take the place of their draft, for the team that they are about', () => {
    const drafts = [draft('met/a'), draft('met/b'), draft('met/a', 'reds')];
    const left = (team: string) => waiting(drafts, [finding('f', 'area', undefined, 'met/a')], team).map((one) => one.from.key);
    expect([left(''), left('reds')]).toEqual([['met/b'], ['met/a']]);
  });
  it('are sent as they were typed, with their rows as numbers', () => {
    expect(edit({ ...ofDraft('logs', draft('no_log')), title: ' No logs ' }, 'reds')).toMatchObject({ scope: { team: 'reds' }, title: 'No logs', observation: 'Seen', rows: [4, 9], analysis: null, drafted_from: { key: 'no_log' } });
    expect(edit(blank('n'), '').scope).toBe('event');
    expect([rowsOf('3, 17 4'), rowsOf('3، 4'), rowsOf(''), rowsOf('3-7')]).toEqual([[3, 17, 4], [3, 4], [], null]);
  });
});
