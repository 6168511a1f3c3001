import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Paper, Question, RubricLine } from '../api/names';
import { afterLevel, isComplete, levelsOf, lowest, needsFeedback, nextWaiting } from './flow';
import { digitOf, KEYS, pressed, remarkOf } from './keys';
import { keep, kept, MOST, tidy } from './remarks';

const line = (criterion: string, critical = false): RubricLine => ({ criterion, title: criterion, weight: 1, critical, anchors: [] });
const paper = (team: string, waiting = true, mine: Paper['mine'] = null): Paper => ({ inject: 'i', team, language: 'en', revision: 1, late: false, answers: [], mine, waiting, needed: 1, there: 0 });
const key = (name: string, code = '', more: Partial<KeyboardEvent> = {}) => ({ key: name, code, ctrlKey: false, altKey: false, metaKey: false, ...more });

describe('a mark', () => {
  const [one, two] = [line('a'), line('b')];
  it('with one good level is sent at once', () => {
    expect(afterLevel([one], { a: 3 }, 0, '')).toEqual({ go: 'send' });
    expect(afterLevel([one], { a: 4 }, 0, '')).toEqual({ go: 'send' });
  });
  it('goes on to the next criterion without a level, then back to one that was passed over', () => {
    expect(afterLevel([one, two], { a: 4 }, 0, '')).toEqual({ go: 'criterion', index: 1 });
    expect(afterLevel([one, two], { b: 4 }, 1, '')).toEqual({ go: 'criterion', index: 0 });
    expect(isComplete([one, two], { b: 4 })).toBe(false);
  });
  it('asks for a sentence for a low level and for whatever is critical, and for no second one', () => {
    expect(afterLevel([one], { a: 2 }, 0, ' ')).toEqual({ go: 'feedback' });
    expect(afterLevel([one], { a: 2 }, 0, 'Say who.')).toEqual({ go: 'send' });
    expect(needsFeedback([line('a', true)], { a: 4 })).toBe(true);
    expect(lowest({ a: 4, b: 1 })).toBe(1);
    expect(lowest({})).toBeNull();
  });
  it('is followed by the next paper that waits, from the beginning if need be', () => {
    const papers = [paper('x'), paper('y', false), paper('z')];
    expect(nextWaiting(papers, 0)).toBe(2);
    expect(nextWaiting(papers, 2)).toBe(0);
    expect(nextWaiting([paper('x', false)], 0)).toBeNull();
  });
  it('keeps the levels of an earlier one as far as the rubric has them', () => {
    const mine = { revision: 1, levels: { a: 2, gone: 4 }, feedback: null };
    expect(levelsOf({ criteria: [one, two] } as unknown as Question, paper('x', false, mine))).toEqual({ a: 2 });
  });
});

describe('a key', () => {
  it('is a digit in any script, and where the row of digits writes letters', () => {
    expect(digitOf(key('3', 'Digit3'))).toBe(3);
    expect(digitOf(key('٣', 'Digit3'))).toBe(3);
    expect(digitOf(key('३'))).toBe(3);
    expect(digitOf(key('"', 'Digit3'))).toBeNull();
    expect(digitOf(key('à', 'Digit0'))).toBe(0);
    expect(pressed(key('5'))).toBeNull();
    expect(pressed(key('0', 'Numpad0'))).toEqual({ does: 'level', level: 0 });
  });
  it('is a letter by its place on keyboards of other scripts', () => {
    expect(pressed(key('n'))).toEqual({ does: 'next' });
    expect(pressed(key('т', 'KeyN'))).toEqual({ does: 'next' });
    expect(pressed(key('؟'))).toEqual({ does: 'help' });
    expect(pressed(key('n', 'KeyN', { ctrlKey: true }))).toBeNull();
    expect(new Set(KEYS.map((one) => one.key)).size).toBe(KEYS.length);
  });
  it('stands for a remark in an empty field, and behind a slash', () => {
    expect(remarkOf('1')).toEqual({ index: 0, rest: '' });
    expect(remarkOf('٢')).toEqual({ index: 1, rest: '' });
    expect(remarkOf('Say who. /3')).toEqual({ index: 2, rest: 'Say who.' });
    expect(remarkOf('/1')).toEqual({ index: 0, rest: '' });
    expect(remarkOf('In 2')).toBeNull();
    expect(remarkOf('and/or1')).toBeNull();
    expect(remarkOf('0')).toBeNull();
  });
});

describe('remarks', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    stored.clear();
    vi.stubGlobal('localStorage', { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, value: string) => stored.set(name, value) });
  });
  it('are kept for a level until the usual ones are wanted back', () => {
    expect(kept(1)).toBeNull();
    keep(1, [' Say who. ', '']);
    expect(kept(1)).toEqual(['Say who.']);
    keep(1, null);
    expect(kept(1)).toBeNull();
  });
  it('are no more than digits can pick, and nothing strange', () => {
    expect(tidy(Array.from({ length: 20 }, () => 'x'))).toHaveLength(MOST);
    stored.set('dh.remarks', '{"1": [2], "x": ["y"]}');
    expect(kept(1)).toBeNull();
    stored.set('dh.remarks', 'no');
    expect(kept(1)).toBeNull();
  });
});
