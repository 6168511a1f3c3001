/** What comes by itself, from the server's agenda. Pure. */
import type { AgendaItem, Coming, Inject, InjectAudience, TeamCard } from '../api/names';

/** Injects that can be sent: others are only watched for. */
export function sendable(injects: readonly Inject[]): Inject[] {
  return injects.filter((inject) => inject.kind !== 'expected_action');
}

/** The teams that an inject is for. */
export function audience(inject: Inject, teams: readonly TeamCard[]): TeamCard[] {
  return addressed(inject.audience, teams);
}

export function addressed(wanted: InjectAudience, teams: readonly TeamCard[]): TeamCard[] {
  if (wanted === 'all') return [...teams];
  if ('teams' in wanted) return teams.filter((team) => wanted.teams.includes(team.team));
  return teams.filter((team) => team.cohort && wanted.cohorts.includes(team.cohort));
}

/** Plan time at which each inject falls due for each team. */
export function agendaByInject(items: readonly AgendaItem[], teams: readonly string[]): Map<string, Map<string, number>> {
  const byInject = new Map<string, Map<string, number>>();
  for (const { what, plan_time, teams: some } of items) {
    if (what.kind !== 'inject') continue;
    const byTeam = byInject.get(what.inject) ?? new Map<string, number>();
    for (const team of some ?? teams) byTeam.set(team, plan_time);
    byInject.set(what.inject, byTeam);
  }
  return byInject;
}

export interface Next {
  what: Coming;
  planTime: number;
  teams: string[];
}

/** The first few that come, soonest first: what comes to several teams at one time stands in one line. */
export function nextDue(items: readonly AgendaItem[], teams: readonly string[], count: number): Next[] {
  return [...items]
    .sort((a, b) => a.plan_time - b.plan_time)
    .slice(0, count)
    .map((item) => ({ what: item.what, planTime: item.plan_time, teams: [...(item.teams ?? teams)] }));
}

export interface Waiting {
  inject: string;
  due: number;
  at: number;
  proposed: boolean;
  teams: string[];
}

/** What waits in the tray, in the order in which it fell due. */
export function tray(cards: Iterable<{ inject: string; team: string; due: number; plan_time?: number | null; at: number; proposed: boolean }>): Waiting[] {
  const rows = new Map<string, Waiting & { planTime: number }>();
  for (const card of cards) {
    const key = `${card.inject} ${card.proposed}`;
    const row = rows.get(key) ?? { inject: card.inject, due: card.due, planTime: card.plan_time ?? -Infinity, at: card.at, proposed: card.proposed, teams: [] };
    row.due = Math.min(row.due, card.due);
    row.teams.push(card.team);
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => a.due - b.due || a.planTime - b.planTime);
}

export interface Armed {
  inject: string;
  goesAt: number;
  by: string | null;
  teams: string[];
}

/** Releases that can still be undone, the first to go on top: an inject that goes at one moment stands in one line. */
export function armed(cards: Iterable<{ inject: string; team: string; goes_at: number; by?: string | null }>): Armed[] {
  const rows = new Map<string, Armed>();
  for (const { inject, team, goes_at, by } of cards) {
    const key = `${inject} ${goes_at}`;
    const row = rows.get(key) ?? { inject, goesAt: goes_at, by: by ?? null, teams: [] };
    row.teams.push(team);
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => a.goesAt - b.goesAt);
}
