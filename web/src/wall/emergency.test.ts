import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../language/languages';
import { EMERGENCY } from './emergency';

it.each(LANGUAGES)('the wall says an emergency in %s as the banner does', (language) => {
  const file = new URL(`../../messages/${language}.json`, import.meta.url);
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  expect(catalogue.noduff_phrase).toBe(EMERGENCY[language]);
});
