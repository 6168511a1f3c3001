import { describe, expect, it } from 'vitest';
import type { NewLink, TeamCard } from '../api/names';
import { listOfLinks, sheetsOf } from './made';

const link = (team: string | null, label = ''): NewLink => ({ link: 'l', role: team ? 'player' : 'observer', team, label, max_uses: 5, uses: 0, expires_at: 0, revoked_at: null, path: '/join#secret' });
const team = (id: string) => ({ team: id, name: id.toUpperCase(), language: 'en' }) as TeamCard;

describe('links that were made', () => {
  it('come on one sheet a team, and on one for those in none', () => {
    const sheets = sheetsOf([link('b'), link(null), link('a'), link('b')], [team('a'), team('b'), team('c')]);
    expect(sheets.map((sheet) => [sheet.team?.team ?? null, sheet.links.length])).toEqual([['a', 1], ['b', 2], [null, 1]]);
  });
  it('are a list without formulas', () => {
    expect(listOfLinks([link('a', '=1+1')], 'http://hall.example', (id) => id.toUpperCase())).toBe(
      '\ufeffrole,team,team name,label,uses,expires,link\r\nplayer,a,A,"\'=1+1",5,1970-01-01T00:00:00.000Z,http://hall.example/join#secret\r\n',
    );
  });
});
