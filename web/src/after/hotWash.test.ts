import { describe, expect, it } from 'vitest';
import { sideOf, type Note } from './hotWash';

const note = (item: string, at: number, kind: 'strength' | 'area' = 'area') => ({ card: 'hot_wash', item, at, kind, text: { part: item, text: item } }) as Note;

describe('the board', () => {
  const notes = [note('late', 3), note('first', 1), note('good', 2, 'strength'), note('same', 4, 'strength')];
  it('has two sides, oldest first, and what says the same under one note whatever side it was on', () => {
    const area = sideOf('area', notes, [{ item: 'same', into: 'first' }]);
    expect(area.map(({ note, same }) => [note.item, same.map((one) => one.item)])).toEqual([['first', ['same']], ['late', []]]);
    expect(sideOf('strength', notes, [{ item: 'same', into: 'first' }]).map(({ note }) => note.item)).toEqual(['good']);
  });
  it('shows alone what stood under a note that is gone', () => {
    expect(sideOf('strength', notes, [{ item: 'same', into: 'gone' }]).map(({ note }) => note.item)).toEqual(['good', 'same']);
  });
  it('keeps what says the same oldest first, and is quick with very many notes', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => note(`n${n}`, n)).reverse();
    const merged = many.filter((one) => one.at % 2 === 1).map((one) => ({ item: one.item, into: `n${one.at % 4 === 1 ? 0 : 2}` }));
    const began = performance.now();
    const [first, second] = sideOf('area', many, merged);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(first?.same.slice(0, 2).map((one) => one.item)).toEqual(['n1', 'n5']);
    expect(second?.same).toHaveLength(5000);
  });
});
