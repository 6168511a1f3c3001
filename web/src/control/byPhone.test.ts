import { describe, expect, it } from 'vitest';
import { blank } from './draft';
import { mayCome } from './byPhone';

describe('what comes by phone', () => {
  const { form } = blank('a').content;
  const asking = { ...(form ?? { target: null, deadline: null, hints: [] }), acknowledge: true, fields: [{}] } as NonNullable<typeof form>;
  it('is an answer first, and reading aloud only until it has reached the team', () => {
    expect(mayCome(asking, false)).toEqual(['answer', 'acknowledgement', 'read']);
    expect(mayCome(asking, true)).toEqual(['answer', 'acknowledgement']);
    expect(mayCome({ ...asking, fields: [] }, true)).toEqual(['acknowledgement']);
  });
  it('needs no form to be read', () => {
    expect(mayCome(null, false)).toEqual(['read']);
    expect(mayCome(null, true)).toEqual([]);
  });
});
