/** What comes next and what went out, worked out from the plan, the clocks and the cards. Pure. */
import type { CardOf, ClockValue, Inject, Plan, TeamCard } from '../api/names';
import { read } from '../live/reading';

/** What may be done with an inject that waits. */
export type Action = 'release' | 'retime' | 'skip';

export interface Facts {
  plan: Plan;
  teams: readonly TeamCard[];
  clockOf: (team: string) => ClockValue | undefined;
  released: (inject: string, team: string) => CardOf<'released'> | undefined;
  missed: (inject: string, team: string) => boolean;
  skipped: (inject: string, team: string) => boolean;
  retimed: (inject: string, team: string) => number | undefined;
  now: number;
}

export interface Upcoming {
  inject: Inject;
  /** Teams that do not have it yet and for which nothing was decided. */
  teams: string[];
  /** Plan time at which it falls due first; null while that is not known. */
  due: number | null;
  /** Wall milliseconds until then, on the clock of the team that comes first. */
  left: number | null;
  first?: string | undefined;
}
export interface Out {
  inject: Inject;
  teams: string[];
  at: number;
}

/** Injects that can be sent: others are only watched for. */
export function sendable(plan: Plan): Inject[] {
  return plan.injects.filter((inject) => inject.kind !== 'expected_action');
}

/** The teams that an inject is for. */
export function audience(inject: Inject, teams: readonly TeamCard[]): TeamCard[] {
  const wanted = inject.audience;
  if (wanted === 'all') return [...teams];
  if ('teams' in wanted) return teams.filter((team) => wanted.teams.includes(team.team));
  return teams.filter((team) => team.cohort && wanted.cohorts.includes(team.cohort));
}

/** What is still to come, soonest first; what has no time yet comes last, in file order. */
export function upcoming(facts: Facts): Upcoming[] {
  const rows: Upcoming[] = [];
  for (const inject of sendable(facts.plan)) {
    const waiting = audience(inject, facts.teams)
      .map((team) => team.team)
      .filter((team) => !facts.released(inject.id, team) && !facts.missed(inject.id, team) && !facts.skipped(inject.id, team));
    if (waiting.length > 0) rows.push({ inject, teams: waiting, ...soonest(inject, waiting, facts) });
  }
  return rows.sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity) || 0);
}

function soonest(inject: Inject, teams: string[], facts: Facts): Pick<Upcoming, 'due' | 'left' | 'first'> {
  let best: { due: number; left: number | null; first: string } | null = null;
  for (const team of teams) {
    const due = dueOf(inject, team, facts);
    if (due === null || (best && best.due <= due)) continue;
    const clock = facts.clockOf(team);
    best = { due, first: team, left: clock ? ((due - read(clock, facts.now).plan) * 1000) / clock.rate : null };
  }
  return best ?? { due: null, left: null };
}

function dueOf(inject: Inject, team: string, facts: Facts): number | null {
  const retimed = facts.retimed(inject.id, team);
  if (retimed !== undefined) return retimed;
  const { trigger } = inject;
  if (trigger.on === 'at') return trigger.at;
  if (trigger.on === 'manual' || trigger.on === 'when') return null;
  const before = facts.released(trigger.inject, team);
  const clock = facts.clockOf(team);
  // Jumps since that release would shift this by their length; the server alone decides.
  return before && clock ? before.clock_at_release + (clock.plan - clock.active) + trigger.delay : null;
}

/** What went out, latest first. */
export function released(plan: Plan, cards: Iterable<CardOf<'released'>>): Out[] {
  const byInject = new Map<string, Out>();
  const injects = new Map(plan.injects.map((inject) => [inject.id, inject]));
  for (const card of cards) {
    const inject = injects.get(card.inject);
    if (!inject) continue;
    const out = byInject.get(card.inject) ?? { inject, teams: [], at: 0 };
    out.teams.push(card.team);
    out.at = Math.max(out.at, card.at);
    byInject.set(card.inject, out);
  }
  return [...byInject.values()].sort((a, b) => b.at - a.at);
}
