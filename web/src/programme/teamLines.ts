/** Teams as people type them: one a line, `name, language, organisation, id`. Pure. */
import type { DayOrganisation, DayTeamLine } from '../api/names';
import { teamIdOf } from '../control/teamId';

export interface TypedTeams {
  teams: DayTeamLine[];
  /** Lines that cannot be read, by their number from 1, with what is wrong: a language, an organisation or an id. */
  wrong: { line: number; what: 'language' | 'organisation' | 'id' }[];
}

/**
 * Everything but the name may be left out: the language is then the one given, the id is made of the name, or is
 * `team-N` for names without Latin letters. Organisations go by id or name. Tabs and semicolons part as commas do,
 * in the shapes that Arabic and Chinese give them, too.
 */
export function readTeams(text: string, language: string, organisations: readonly DayOrganisation[], taken: readonly string[]): TypedTeams {
  const read: TypedTeams = { teams: [], wrong: [] };
  const ids = new Set(taken);
  for (const [index, line] of text.split('\n').entries()) {
    const [name = '', tag = '', sent = '', id = ''] = line.split(/[,;\t،؛，；]/).map((cell) => cell.trim());
    if (name === '') continue;
    const known = organisations.find((one) => one.organisation === sent || one.name.toLowerCase() === sent.toLowerCase());
    const team = id || teamIdOf(name) || `team-${ids.size + 1}`;
    if (tag && !/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)) read.wrong.push({ line: index + 1, what: 'language' });
    else if (sent && !known) read.wrong.push({ line: index + 1, what: 'organisation' });
    else if (ids.has(team) || !/^[a-z0-9-]{1,40}$/.test(team)) read.wrong.push({ line: index + 1, what: 'id' });
    else {
      ids.add(team);
      read.teams.push({ team, name, language: tag.toLowerCase() || language, organisation: known?.organisation ?? null });
    }
  }
  return read;
}
