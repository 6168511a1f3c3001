/** Who is here, by where they belong. Pure. */
import type { Act, PersonCard, Role } from '../api/names';

export interface Place {
  /** None is the staff. */
  team: string | null;
  people: PersonCard[];
}

/** Roles in the order in which people look for them. */
const ORDER: Role[] = ['exercise_director', 'facilitator', 'planner', 'role_player', 'lead_evaluator', 'evaluator', 'observer', 'reviewer', 'team_lead', 'player', 'team_moderator'];

/** The staff first, then the teams in their order; places without anybody are left out. */
export function byPlace(people: readonly PersonCard[], teams: readonly string[], nameOf: (person: string) => string): Place[] {
  const rank = (card: PersonCard) => ORDER.indexOf(card.role);
  const inOrder = (list: PersonCard[]) => list.sort((a, b) => rank(a) - rank(b) || nameOf(a.person).localeCompare(nameOf(b.person)));
  const of = (team: string | null): Place => ({ team, people: inOrder(people.filter((card) => (card.team ?? null) === team)) });
  return [null, ...teams].map(of).filter((place) => place.people.length > 0);
}

const TEAM_ROLES: Role[] = ['team_lead', 'player', 'team_moderator'];
export const inTeam = (role: Role): boolean => TEAM_ROLES.includes(role);

/** The roles that somebody may be given: nobody is ever on both sides of play. */
export function rolesFor(role: Role): Role[] {
  const plays = role === 'player' || role === 'team_lead';
  if (role === 'observer' || role === 'reviewer') return ORDER;
  return ORDER.filter((one) => ['observer', 'reviewer'].includes(one) || (one === 'player' || one === 'team_lead') === plays);
}

export type Grant = Extract<Act, { type: 'grant_role' }>;
