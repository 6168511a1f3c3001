import { describe, expect, it } from 'vitest';
import { fileOf } from './files';

describe('a file of the report', () => {
  it('is of one version and team, and of a moment where one is named', () => {
    expect(fileOf('html', 'e', 's', 'team', 'fr', 'reds', 17)).toBe('/api/v1/exercises/e/report.html?seat=s&for=team&language=fr&team=reds&at=17');
    expect(fileOf('json', 'e', 's', 'public', 'en', null)).toBe('/api/v1/exercises/e/report?seat=s&for=public&language=en');
  });
});
