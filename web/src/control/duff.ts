/** Calls of NO DUFF in the control room: what can be decided on each, and what a lift answers. Pure. */
import type { CardOf } from '../api/names';
import type { Call } from '../frame/calls';

export type Verdict = CardOf<'duff_decided'>['verdict'];

/** Open calls first, the latest on top of each. */
export function alarms(calls: readonly Call[]): Call[] {
  return [...calls].sort((a, b) => Number(b.open) - Number(a.open) || b.card.at - a.card.at);
}

const stopsAll = (call: Call) => call.standing === 'all_stand' || call.standing === 'widened';

/** What can be decided: a call cannot be stood down while play stands because of it. */
export function verdicts(call: Call, teamSuspended: boolean): Verdict[] {
  const ofTeam = Boolean(call.card.team);
  const stands = stopsAll(call) || (ofTeam && teamSuspended);
  return [
    ...(stopsAll(call) ? [] : ['suspend_all' as const]),
    ...(ofTeam && call.standing !== 'team_only' ? ['team_only' as const] : []),
    ...(stands ? [] : ['stand_down' as const]),
  ];
}

/** Open calls that lifting the suspension of everybody, or of a team, may answer. */
export function answerable(calls: readonly Call[], team: string | null): Call[] {
  return calls.filter((call) => call.open && (team === null || call.card.team === team));
}

/** Those among them that the suspension stands for, as far as the cards tell: ticked before anybody chooses. */
export function answeredAtFirst(calls: readonly Call[], team: string | null): string[] {
  const those = answerable(calls, team);
  const causes = those.filter((call) => (team === null ? stopsAll(call) : call.standing === 'team_only' || those.length === 1));
  return causes.map((call) => call.card.item);
}
