import { describe, expect, it } from 'vitest';
import { cell, csv } from './csv';

describe('a list for spreadsheets', () => {
  it('holds no formula, whatever a label says', () => {
    for (const evil of ['=HYPERLINK("http://192.0.2.1")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1']) {
      expect(cell(evil).replace(/^"/, '')).toMatch(/^'/);
    }
  });
  it('keeps commas, quotes and lines in their cell', () => {
    expect(csv([['a, b', 'say "so"', 'two\nlines', 3, null]])).toBe('\ufeff"a, b","say ""so""","two\nlines",3,\r\n');
  });
});
