/** What a role may do once play is over. The server decides: this only hides what it would refuse. Pure. */
import type { Role } from '../api/names';

type Maybe = Role | undefined;

/** Writes, orders and signs off strengths and areas, and releases reports. */
export const publishes = (role: Maybe): boolean => role === 'exercise_director' || role === 'lead_evaluator';

/** Puts findings forward, and changes its own until somebody else has edited them. */
export const proposesFindings = (role: Maybe): boolean => publishes(role) || role === 'evaluator';

/** Reads scores, and the report as staff do. */
export const readsReport = (role: Maybe): boolean => role === 'exercise_director' || role === 'facilitator' || role === 'lead_evaluator';

/** Leads the hot wash. */
export const leadsHotWash = (role: Maybe): boolean => role === 'exercise_director' || role === 'facilitator';

/** Puts actions into the improvement plan of the event and of every team. */
export const plansForAll = (role: Maybe): boolean =>
  role === 'exercise_director' || role === 'facilitator' || role === 'lead_evaluator' || role === 'evaluator';

/** Puts actions into the plan of the own team. */
export const plansForOwn = (role: Maybe): boolean => role === 'team_lead';
