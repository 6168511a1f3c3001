/** What may be done with an inject, for which teams, and the act that says so. Pure. */
import type { Act, Stage } from '../api/names';
import type { InjectState } from './states';

export const ACTIONS = ['release', 'hold', 'free', 'skip', 'retime', 'recall', 'resend', 'excuse', 'extend'] as const;
export type Action = (typeof ACTIONS)[number];

const WAITS: InjectState[] = ['scheduled', 'due', 'waiting', 'manual', 'missed', 'proposed', 'detained', 'held', 'armed'];
const DECIDED: InjectState[] = ['skipped', 'passed_over'];
const OUT: InjectState[] = ['released', 'delivered', 'opened', 'acknowledged', 'answered', 'late', 'excused', 'closed'];

/** The states in which each act has something to do. */
const FROM: Record<Action, InjectState[]> = {
  release: [...WAITS, ...DECIDED],
  hold: WAITS.filter((state) => state !== 'held' && state !== 'armed'),
  free: ['held'],
  skip: WAITS,
  retime: [...WAITS, ...DECIDED],
  recall: OUT,
  resend: OUT,
  excuse: OUT.filter((state) => state !== 'excused'),
  extend: OUT,
};
const STAGES: Record<Action, Stage[]> = {
  release: ['running', 'paused'],
  hold: ['ready', 'running', 'paused', 'suspended'],
  free: ['ready', 'running', 'paused', 'suspended'],
  skip: ['ready', 'running', 'paused', 'suspended'],
  retime: ['ready', 'running', 'paused', 'suspended'],
  recall: ['running', 'paused', 'suspended'],
  resend: ['running', 'paused', 'suspended'],
  excuse: ['running', 'paused', 'suspended', 'ended'],
  extend: ['running', 'paused', 'suspended'],
};
/** Acts that ask why. */
export const WITH_REASON: readonly Action[] = ['hold', 'skip', 'recall', 'excuse'];

export type TeamStates = readonly (readonly [team: string, state: InjectState | null])[];

/** The teams for which an act has something to do. */
export function eligible(action: Action, states: TeamStates): string[] {
  return states.flatMap(([team, state]) => (state !== null && FROM[action].includes(state) ? [team] : []));
}

/** The teams that the plan does not mean: an inject can be released to them all the same. */
export function outside(states: TeamStates): string[] {
  return states.flatMap(([team, state]) => (state === null ? [team] : []));
}

/** What may be done now with an inject. `deadline`: whether it has one. */
export function possible(stage: Stage, states: TeamStates, deadline: boolean): Action[] {
  return ACTIONS.filter(
    (action) => STAGES[action].includes(stage) && fits(action, states) && (action !== 'extend' || deadline),
  );
}

function fits(action: Action, states: TeamStates): boolean {
  return eligible(action, states).length > 0 || (action === 'release' && outside(states).length > 0);
}

export interface Details {
  reason: string;
  /** New plan time, for a new time. */
  at: number;
  /** How much longer, in active time. */
  by: number;
  grace: boolean;
}

/** The act as the server takes it; `teams` is null for all that it fits. */
export function actOf(action: Action, inject: string, teams: string[] | null, details: Details): Act {
  switch (action) {
    case 'release':
      return { type: 'release', inject, teams, grace: details.grace };
    case 'hold':
    case 'skip':
    case 'recall':
    case 'excuse':
      return { type: action, inject, teams, reason: details.reason };
    case 'free':
    case 'resend':
      return { type: action, inject, teams };
    case 'retime':
      return { type: 'retime', inject, teams, at: details.at };
    case 'extend':
      return { type: 'extend', inject, teams, by: details.by };
  }
}
