import { describe, expect, it } from 'vitest';
import type { Field, Inject } from '../api/names';
import { attachable, blank, copyOf, correctionOf, finished, isComplete, missingLanguages, newField, ofType, withHint, withoutHint } from './draft';
import { isRight, optionLines, withOptionLines, withRight } from './options';
import { filled, freeId, lines, withLines } from './texts';

describe('an inject while it is written', () => {
  const whole = (): Inject => {
    const inject = blank('a');
    inject.content.title = { en: 'Title', fr: ' ' };
    inject.content.body = { en: 'Body' };
    return inject;
  };
  it('says which languages are missing', () => {
    expect(missingLanguages(whole(), ['en', 'fr'])).toEqual(['fr']);
    expect(isComplete(whole())).toBe(true);
    expect(isComplete(blank('a'))).toBe(false);
  });
  it('is sent without empty languages, options and forms', () => {
    expect(filled({ en: 'a', fr: ' ' })).toEqual({ en: 'a' });
    const inject = whole();
    const choice = withOptionLines({ ...ofType(newField([]), 'choice'), label: { en: 'Q' } }, 'en', 'Yes\nNo\n');
    inject.content.form = { acknowledge: false, fields: [choice] };
    expect(isComplete(inject)).toBe(true);
    const [field] = finished(inject).content.form?.fields ?? [];
    expect(field?.kind).toEqual({ type: 'choice', options: [{ id: 'o1', label: { en: 'Yes' } }, { id: 'o2', label: { en: 'No' } }] });
    expect(finished({ ...inject, content: { ...inject.content, form: { acknowledge: false, fields: [] } } }).content.form).toBeNull();
  });
  it('keeps the ids of options in their place', () => {
    const two = withOptionLines(ofType(newField([]), 'choice'), 'en', 'Yes\nNo');
    const french = withOptionLines(two, 'fr', 'Oui\nNon');
    expect(optionLines(withOptionLines(french, 'en', 'Yes'), 'fr')).toBe('Oui\nNon');
    expect(optionLines(french, 'en')).toBe('Yes\nNo');
  });
  it('is copied under a free id, to be released by hand', () => {
    expect(freeId('a', new Set(['a', 'a-2']))).toBe('a-3');
    const copy = copyOf({ ...whole(), trigger: { on: 'at', at: 5 } }, 'b', ['x']);
    expect(copy).toMatchObject({ id: 'b', trigger: { on: 'manual' }, audience: { teams: ['x'] } });
  });
  it('names what it corrects, and a copy of it does not', () => {
    const correction = correctionOf(whole(), 'a-correction', ['x']);
    expect(correction).toMatchObject({ content: { corrects: whole().id }, audience: { teams: ['x'] } });
    expect(copyOf(correction, 'c').content.corrects).toBeNull();
  });
  it('says which answers are right, and forgets keys of what is gone', () => {
    const asked = withOptionLines({ ...ofType(newField([]), 'choice'), label: { en: 'Q' } }, 'en', 'Yes\nNo\nPerhaps');
    const partly = { options: { o3: 500 } };
    const key = withRight(asked, partly, 'o1', true);
    expect(key).toEqual({ options: { o1: 1000, o3: 500 } });
    expect([isRight(key, 'o1'), isRight(key, 'o2')]).toEqual([true, false]);
    expect(withRight(asked, key, 'o1', false)).toEqual(partly);
    const several = { ...asked, kind: { ...asked.kind, type: 'multi_choice' } } as Field;
    expect(withRight(several, withRight(several, key, 'o2', true), 'o1', true)).toEqual({ set: ['o2', 'o1'] });
    const inject = whole();
    inject.content.form = { acknowledge: false, fields: [withOptionLines(asked, 'en', 'Yes\nNo')] };
    inject.staff.keys = { [asked.id]: key, gone: key };
    expect(finished(inject).staff.keys).toEqual({ [asked.id]: { options: { o1: 1000 } } });
  });
  it('keeps both sides of a hint together', () => {
    const one = withHint(withHint(whole()));
    expect(one.content.form?.hints?.map((hint) => hint.id)).toEqual(['hint', 'hint-2']);
    expect(one.staff.hints?.map((hint) => hint.id)).toEqual(['hint', 'hint-2']);
    expect(isComplete(one)).toBe(false);
    const none = withoutHint(withoutHint(one, 'hint'), 'hint-2');
    expect([none.staff.hints, finished(none).content.form]).toEqual([[], null]);
  });
  it('keeps expected actions in their place in each language', () => {
    const french = withLines(withLines([], 'en', 'Call\nWrite'), 'fr', 'Appeler\nÉcrire');
    expect([lines(french, 'en'), lines(withLines(french, 'en', 'Call'), 'fr')]).toEqual(['Call\nWrite', 'Appeler\nÉcrire']);
    const inject = { ...whole(), staff: { ...whole().staff, expected: withLines([], 'en', 'Call\n'), responsible: '  ' } };
    expect(finished(inject).staff).toMatchObject({ expected: [{ en: 'Call' }], responsible: null });
  });
  it('offers each file of the plan once', () => {
    const file = (name: string) => ({ hash: 'h', name, bytes: 1, media_type: 'text/plain', alt: {} });
    const having = (...names: string[]) => ({ ...whole(), content: { ...whole().content, attachments: names.map(file) } });
    expect(attachable([having('b', 'a'), having('b')]).map((one) => one.name)).toEqual(['a', 'b']);
  });
});
