import { readFileSync } from 'node:fs';
import MessageFormat from '@messageformat/core';
import { describe, expect, it } from 'vitest';
import { choose, directionOf, LANGUAGES, pick } from './languages';

const catalogue = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../messages/${name}.json`, import.meta.url), 'utf8')) as Record<string, string>;
/** Names of the values that a message takes. */
const values = (message: string) => [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))].filter((name) => message.includes(`{${name}`)).sort();

describe.each(['', 'staff/', 'refused/'])('the catalogues %s', (folder) => {
  const english = catalogue(`${folder}en`);
  it.each(LANGUAGES)('say everything in %s, with the same values', (language) => {
    const other = catalogue(folder + language);
    expect(Object.keys(other)).toEqual(Object.keys(english));
    const format = new MessageFormat(language);
    for (const [key, message] of Object.entries(other)) {
      expect(message.trim(), key).not.toBe('');
      expect(() => format.compile(message), key).not.toThrow();
      const missing = values(english[key] ?? '').filter((name) => !values(message).includes(name));
      expect(missing, `${language}: ${key}`).toEqual([]);
    }
  });
  it('have every plural form of Arabic and Russian', () => {
    for (const [language, forms] of [['ar', ['one', 'two', 'few', 'many']], ['ru', ['one', 'few', 'many']]] as const) {
      for (const [key, message] of Object.entries(catalogue(folder + language))) {
        if (!/, plural,/.test(message) || key === 'is_writing') continue;
        for (const form of forms) expect(message, `${language}: ${key}`).toContain(`${form} {`);
      }
    }
  });
});

describe('a language', () => {
  it('is the first wish that there is, else English', () => {
    expect(choose([null, 'de-AT', 'pt-BR', 'fr'])).toBe('pt');
    expect(choose(['de'])).toBe('en');
  });
  it('has a direction', () => {
    expect([directionOf('ar-EG'), directionOf('zh')]).toEqual(['rtl', 'ltr']);
  });
  it('falls back to English, then to what there is', () => {
    expect(pick({ en: 'a', fr: 'b' }, 'fr-CA')).toBe('b');
    expect(pick({ en: 'a' }, 'ru')).toBe('a');
    expect(pick({ es: 'c' }, 'ru')).toBe('c');
    expect(pick(undefined, 'ru')).toBe('');
  });
});
