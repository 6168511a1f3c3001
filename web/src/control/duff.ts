/** Calls of NO DUFF: which wait for a decision, and how long that may take. Pure. */
import type { CardOf } from '../api/names';

export type Call = CardOf<'duff'>;
export interface Alarm {
  call: Call;
  decided: CardOf<'duff_decided'> | undefined;
  /** Whole seconds until play stands for everybody by itself; null if it will not. */
  seconds: number | null;
}

/** Open calls first, the latest on top of each. */
export function alarms(calls: Iterable<Call>, decisions: Iterable<CardOf<'duff_decided'>>, suspended: boolean, now: number): Alarm[] {
  const decided = new Map([...decisions].map((decision) => [decision.item, decision]));
  return [...calls]
    .map((call): Alarm => {
      const decision = decided.get(call.item);
      const left = call.escalates_at && !decision && !suspended ? Math.ceil((call.escalates_at - now) / 1000) : null;
      return { call, decided: decision, seconds: left === null ? null : Math.max(0, left) };
    })
    .sort((a, b) => Number(a.decided !== undefined) - Number(b.decided !== undefined) || b.call.at - a.call.at);
}

export type Verdict = CardOf<'duff_decided'>['verdict'];

/** What can be decided: a call cannot be stood down while play stands because of it. */
export function verdicts(call: Call, suspended: boolean, teamSuspended: boolean): Verdict[] {
  const stands = suspended || (call.team !== null && call.team !== undefined && teamSuspended);
  return [...(suspended ? [] : ['suspend_all' as const]), ...(call.team ? ['team_only' as const] : []), ...(stands ? [] : ['stand_down' as const])];
}
