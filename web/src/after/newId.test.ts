import { describe, expect, it } from 'vitest';
import { newId } from './newId';

describe('an id', () => {
  it('says what it is of, and has six characters by chance', () => {
    expect(newId('finding', Uint32Array.of(0, 25, 26, 35, 36, 1))).toBe('finding-az09ab');
    expect(new Set(Array.from({ length: 100 }, () => newId('finding'))).size).toBe(100);
  });
  it('is of small letters, digits and hyphens, and no longer than the server takes', () => {
    const long = newId(`action-${'a'.repeat(25)}-${'b'.repeat(40)}`);
    expect(long).toMatch(/^action-a+-[a-z0-9]{6}$/);
    expect(newId('x'.repeat(60))).toHaveLength(40);
  });
});
