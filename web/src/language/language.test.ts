import { readdirSync, readFileSync } from 'node:fs';
import MessageFormat from '@messageformat/core';
import { describe, expect, it } from 'vitest';
import { choose, directionOf, LANGUAGES, pick } from './languages';

const catalogue = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../messages/${name}.json`, import.meta.url), 'utf8')) as Record<string, string>;
/** Names of the values that a message takes. */
const values = (message: string) => [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))].filter((name) => message.includes(`{${name}`)).sort();

describe.each(['', 'staff/', 'refused/', 'answer/', 'judged/', 'after/', 'door/', 'account/', 'day/'])('the catalogues %s', (folder) => {
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

describe('the pages', () => {
  const root = new URL('../', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name) && !/\.test\.ts$|^api/.test(name));
  const source = files.map((name) => readFileSync(new URL(name, root), 'utf8')).join('\n');
  const literals = new Set([...source.matchAll(/['"]([a-z_0-9]+)['"]/g)].map((match) => match[1]));
  // Keys that are put together: `state_${name}`, and `known('state', name)`.
  const composed = [...source.matchAll(/`([a-z_]*)\$\{[^`}]*\}([a-z_]*)`/g)].filter(([, head, tail]) => head || tail).map(([, head, tail]) => [head ?? '', tail ?? '']);
  const known = [...source.matchAll(/known\('([a-z_]+)'/g)].map((match) => [`${match[1]}_`, '']);
  it.each(['', 'staff/', 'answer/', 'judged/', 'after/', 'door/', 'account/', 'day/'])('say every message of %sen', (folder) => {
    const used = (key: string) => literals.has(key) || [...composed, ...known].some(([head = '', tail = '']) => key.startsWith(head) && key.endsWith(tail));
    expect(Object.keys(catalogue(`${folder}en`)).filter((key) => !used(key))).toEqual([]);
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
