import { describe, expect, it } from 'vitest';
import type { DayOrganisation } from '../api/names';
import { readTeams } from './teamLines';

const PORT: DayOrganisation = { organisation: 'port', name: 'Port Authority', country: 'TT', kind: 'critical_infrastructure' };
const read = (text: string, taken: string[] = []) => readTeams(text, 'en', [PORT], taken);

describe('typed teams', () => {
  it('need a name alone', () => {
    expect(read('Port Meridian\n\n  Isla Serena  ').teams).toEqual([
      { team: 'port-meridian', name: 'Port Meridian', language: 'en', organisation: null },
      { team: 'isla-serena', name: 'Isla Serena', language: 'en', organisation: null },
    ]);
  });
  it('may say language, organisation and id, parted as a spreadsheet does', () => {
    for (const line of ['Equipe, FR, Port Authority, blues', 'Equipe\tfr\tport\tblues', 'Equipe;fr;PORT AUTHORITY;blues', 'Equipe،fr،port،blues', 'Equipe，fr，port；blues']) {
      expect(read(line).teams).toEqual([{ team: 'blues', name: 'Equipe', language: 'fr', organisation: 'port' }]);
    }
  });
  it('have an id where the name has no Latin letters', () => {
    expect(read('فريق الميناء\n海港队', ['a']).teams.map((team) => team.team)).toEqual(['team-2', 'team-3']);
  });
  it('are told by line where something is wrong', () => {
    const { teams, wrong } = read('Good\nBad, english!\nBad, en, nowhere\nGood\nBad, en, port, NOT AN ID\nBad,,,taken', ['taken']);
    expect(teams.map((team) => team.name)).toEqual(['Good']);
    expect(wrong).toEqual([
      { line: 2, what: 'language' },
      { line: 3, what: 'organisation' },
      { line: 4, what: 'id' },
      { line: 5, what: 'id' },
      { line: 6, what: 'id' },
    ]);
  });
});
