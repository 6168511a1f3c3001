import { describe, expect, it } from 'vitest';
import { parseBlocks } from './blocks';
import { dayTime, duration, localTime, localZone, parsePlanTime, planTime, points, size, utcTime } from './format';
import { parseInline } from './inline';
import { isolate } from './isolate';

const text = (words: string) => ({ type: 'text', text: words });

describe('times', () => {
  it('are shown as clocks', () => {
    expect(planTime(185_900)).toBe('T+03:05');
    expect(planTime(-600_000)).toBe('T\u221210:00');
    expect(duration(3_723_000)).toBe('1:02:03');
    expect(utcTime(0)).toBe('00:00:00 UTC');
    expect(localTime(0, 'America/Caracas')).toMatch(/^20:00 UTC\u22124$/);
  });
  it('are told in the zone that they were given in, with the day where it is another', () => {
    const nine = Date.UTC(2026, 10, 22, 21, 0);
    expect(dayTime(nine, nine - 3_600_000, 'en', 'Pacific/Fiji')).toBe('09:00');
    expect(dayTime(nine, nine - 86_400_000, 'en-GB', 'Pacific/Fiji')).toBe('23 Nov, 09:00');
    expect(dayTime(nine, nine, 'ar', 'America/Caracas')).toBe('17:00');
    expect(dayTime(nine, nine, 'en', 'Nowhere/Land')).toBe('21:00');
    expect(localZone(nine, 'America/Caracas')).toBe('UTC\u22124');
  });
  it('are read as people type them', () => {
    expect(['45', '45:30', 'T+1:10:00', '-10:00', ' 5 '].map(parsePlanTime)).toEqual([2_700_000, 2_730_000, 4_200_000, -600_000, 300_000]);
    expect(['', 'soon', '1:2:3'].map(parsePlanTime)).toEqual([null, null, null]);
  });
  it('come with plain points and sizes', () => {
    expect([12_000, 7_500, 2_666].map(points)).toEqual(['12', '7.5', '2.67']);
    expect([812, 48_211, 2_300_000].map(size)).toEqual(['812 B', '48 kB', '2.3 MB']);
  });
});

describe('inline Markdown', () => {
  it('knows emphasis, code, links and escapes', () => {
    expect(parseInline('a **b *c*** `d*`')).toEqual([text('a '), { type: 'strong', children: [text('b '), { type: 'em', children: [text('c')] }] }, text(' '), { type: 'code', text: 'd*' }]);
    expect(parseInline('[x](https://e.example/a)')).toEqual([{ type: 'link', children: [text('x')], href: 'https://e.example/a' }]);
    expect(parseInline('\\*no\\*')).toEqual([text('*'), text('no'), text('*')]);
  });
  it('leaves HTML, lone stars and names with underscores alone', () => {
    expect(parseInline('<img src=x onerror=alert(1)>')).toEqual([text('<img src=x onerror=alert(1)>')]);
    expect(parseInline('2 * 3 * 4 and fuel_roster_v2.exe')).toEqual([text('2 * 3 * 4 and fuel_roster_v2.exe')]);
  });
});

describe('blocks of Markdown', () => {
  const types = (source: string) => parseBlocks(source).map((block) => block.type);
  it('reads what was written to keep it busy', () => {
    const long = (piece: string) => piece.repeat(8_000 / piece.length);
    const hostile = [`# a${long(' ')}x`, `# a${long(' #')}x`, `|\n${long(' ')}|x`, `|\n${long('-|')}x`, `${long('- ')}x`, `${long('* ')}x`, long('> '), long('**a'), long('[a]('), long('`a')];
    for (const source of hostile) expect(parseBlocks(source).length).toBeGreaterThan(0);
  });
  it('closes a heading, and keeps signs within it', () => {
    expect(parseBlocks('## a # b ##')).toEqual([{ type: 'heading', children: [{ type: 'text', text: 'a # b' }] }]);
    expect(types('#hash\n\n- - -\n\n| a |\n| :-: |\n| b |')).toEqual(['paragraph', 'rule', 'table']);
  });
  it('tells paragraphs, headings, lists, quotations, code, tables and rules apart', () => {
    expect(types('# a\n\nb\nc\n- d\n- e\n\n> f\n\n```\ng\n```\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\n---\n')).toEqual(['heading', 'paragraph', 'list', 'quote', 'code', 'table', 'rule']);
  });
  it('nests lists and numbers them from where they begin', () => {
    const [list] = parseBlocks('3. a\n   - b\n   - c\n4. d');
    expect(list).toMatchObject({ type: 'list', start: 3, items: [[{ type: 'paragraph' }, { type: 'list', start: null }], [{ type: 'paragraph' }]] });
  });
  it('keeps code as it is', () => {
    expect(parseBlocks('```\n**x** | <b>\n```')).toEqual([{ type: 'code', text: '**x** | <b>' }]);
  });
  it('survives a hostile text', () => {
    expect(() => parseBlocks('>'.repeat(20_000))).not.toThrow();
    expect(() => parseBlocks(`${'- '.repeat(5_000)}x`)).not.toThrow();
    expect(parseBlocks('```\nnever closed')).toEqual([{ type: 'code', text: 'never closed' }]);
  });
});

describe('isolation', () => {
  it('finds what must read left to right', () => {
    const found = isolate('من 198.51.100.23:443 إلى roster@windr0se.example و hxxp://a[.]example/x').filter((piece) => piece.technical);
    expect(found.map((piece) => piece.text)).toEqual(['198.51.100.23:443', 'roster@windr0se.example', 'hxxp://a[.]example/x']);
  });
  it('loses no character', () => {
    const source = 'a 2001:db8::1, d41d8cd98f00b204e9800998ecf8427e. CVE-2026-12345!';
    expect(isolate(source).map((piece) => piece.text).join('')).toBe(source);
  });
});
