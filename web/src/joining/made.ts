/** Links with their secrets, as long as the page that made them is open: the server does not have them. */
import type { NewLink, TeamCard } from '../api/names';
import { csv } from './csv';

export interface Sheet {
  /** The team; none for those who are in no team. */
  team: TeamCard | null;
  links: NewLink[];
}

/** A sheet for each team, in the order of teams, then one for everybody else. */
export function sheetsOf(links: readonly NewLink[], teams: readonly TeamCard[]): Sheet[] {
  const of = (team: TeamCard | null) => ({ team, links: links.filter((link) => (link.team ?? null) === (team?.team ?? null)) });
  // A team may be newer than what this page knows of.
  const unknown = [...new Set(links.flatMap((link) => link.team ?? []))].filter((id) => teams.every((team) => team.team !== id));
  const named = unknown.map((team): TeamCard => ({ team, name: team, language: 'en' }));
  return [...[...teams, ...named].map(of), of(null)].filter((sheet) => sheet.links.length > 0);
}

/** The links as a list to keep or to send on. */
export function listOfLinks(links: readonly NewLink[], origin: string, teamName: (team: string) => string): string {
  const rows = links.map((link) => [link.role, link.team, link.team ? teamName(link.team) : '', link.label, link.max_uses, new Date(link.expires_at).toISOString(), origin + link.path]);
  return csv([['role', 'team', 'team name', 'label', 'uses', 'expires', 'link'], ...rows]);
}
