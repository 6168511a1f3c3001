import { describe, expect, it } from 'vitest';
import openapi from '../../openapi.json';
import { learnForms, says } from '../language/language.svelte';
import { countsOf } from './recognised';

describe('what was recognised', () => {
  it('is counted by kind: most first, and last what was not understood', () => {
    const kinds = { ipv4: 1, domain: 3, url: 1, other: 7 };
    expect(countsOf({ kinds })).toEqual([{ kind: 'domain', count: 3 }, { kind: 'ipv4', count: 1 }, { kind: 'url', count: 1 }, { kind: 'other', count: 7 }]);
    expect(countsOf({ kinds: {} })).toEqual([]);
  });
  it('has a name for every kind', async () => {
    await learnForms();
    expect(openapi.components.schemas.IndicatorKind.enum.filter((kind) => !says(`indicator_${kind}`))).toEqual([]);
  });
});
