import { expect, it } from 'vitest';
import { filesOf } from './offline';

it('what is kept of a page are its own hashed files, never what it was told', () => {
  const names = ['https://here/assets/index-1.js', 'https://here/assets/index-1.js', 'https://here/api/v1/exercises/e/snapshot', 'https://there/assets/a.js'];
  expect(filesOf(names.map((name) => ({ name })), 'https://here')).toEqual(['/assets/index-1.js']);
});
