import { describe, expect, it } from 'vitest';
import { composed, momentWords, offsetOf, offsets, parts, zoneOf } from './moment';
import { plainNumber, thousandths } from './number';
import { classWords, techniqueId, techniqueWords } from './taxonomies';

describe('a number', () => {
  it('is read as people write it, in any digits', () => {
    for (const [typed, milli] of [['3', 3000], [' -0,25 ', -250], ['12 500.5', 12_500_500], ['1’000', 1_000_000], ['+7', 7000], ['\u2212 4', -4000], ['١٢٫٥', 12_500], ['۳', 3000], ['０', 0]] as const) expect([typed, thousandths(typed)]).toEqual([typed, milli]);
    for (const bad of ['', '-', '.5', '5.', '1.2345', '1e3', 'NaN', '1,2,3', '99999999999999']) expect([bad, thousandths(bad)]).toEqual([bad, null]);
  });
  it('is sent plainly, and as it was typed if it is none', () => {
    expect([plainNumber('١٬٠٠٠٫٥'), plainNumber(' many ')]).toEqual(['1000.5', 'many']);
  });
});

describe('a time with its zone', () => {
  it('is composed as RFC 3339 has it, once it is whole', () => {
    expect(composed('2027-09-17', '04:10', '-04:00')).toBe('2027-09-17T04:10-04:00');
    expect([composed('2027-09-17', ''), composed(undefined, '04:10'), composed('2027-02-31x', '04:10')]).toEqual([null, null, null]);
  });
  it('comes apart again in its own zone', () => {
    expect(parts(Date.UTC(2027, 8, 17, 0, 0), 345)).toEqual({ date: '2027-09-17', time: '05:45', offset: '+05:45' });
    expect(parts(Date.UTC(2027, 8, 17, 0, 0, 7), 0).time).toBe('00:00:07');
    expect(momentWords(Date.UTC(2027, 8, 17, 8, 10), -240)).toBe('2027-09-17 04:10 UTC\u221204:00');
  });
  it('offers what is in use somewhere, and what was given', () => {
    expect([offsetOf(-570), zoneOf('+00:00'), offsets().includes('+12:45'), offsets('+01:23').at(-1)]).toEqual(['-09:30', 'UTC', true, '+01:23']);
  });
});

describe('a list', () => {
  const classes = [{ code: 'fraud', name: 'Fraud', types: [{ code: 'fraud/phishing', name: 'Phishing' }] }];
  it('names a class, a type in it, and what it does not know by its code', () => {
    expect(['fraud', 'fraud/phishing', 'fraud/new', 'odd'].map((code) => classWords(classes, code))).toEqual(['Fraud', 'Fraud: Phishing', 'Fraud', 'odd']);
  });
  it('names part of a technique after the whole', () => {
    expect(techniqueWords({ id: 'T1566.001', name: 'Link', parent: { id: 'T1566', name: 'Phishing' }, tactics: [] })).toBe('Phishing: Link');
  });
  it('knows an id of a technique when it sees one', () => {
    expect([techniqueId(' t1566.001 '), techniqueId('T1566.1'), techniqueId('phishing')]).toEqual(['T1566.001', null, null]);
  });
});
