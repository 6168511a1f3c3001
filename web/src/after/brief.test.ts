import { describe, expect, it } from 'vitest';
import { brief } from './brief';

describe('a text in brief', () => {
  it('is on one line, and says that there is more of it', () => {
    expect(brief(' We called\n the operator ', 60)).toBe('We called the operator');
    expect(brief('We called the operator', 10)).toBe('We called…');
  });
  it('breaks no character in two', () => {
    expect(brief('🚨🚨🚨', 2)).toBe('🚨🚨…');
  });
});
