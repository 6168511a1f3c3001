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
});
