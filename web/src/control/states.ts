/** Where one inject stands with one team, from the presence of cards. Pure. */
export const INJECT_STATES = [
  'armed',
  'missed',
  'proposed',
  'detained',
  'held',
  'due',
  'scheduled',
  'waiting',
  'manual',
  'released',
  'answered',
  'excused',
  'closed',
  'recalled',
  'skipped',
  'passed_over',
] as const;
export type InjectState = (typeof INJECT_STATES)[number];

/** What is known of an inject at a team. */
export interface Known {
  addressed: boolean;
  /** What makes it due by itself. */
  on: 'at' | 'after' | 'when' | 'manual';
  /** Wall milliseconds until it falls due; null while that is not known. */
  left: number | null;
  answered: boolean;
  armed: boolean;
  proposed: boolean;
  has: (card: 'released' | 'recalled' | 'excused' | 'closed' | 'missed' | 'detained' | 'held' | 'skipped' | 'passed_over') => boolean;
}

/** Null if the inject is not for the team and never was. */
export function injectState({ addressed, on, left, answered, armed, proposed, has }: Known): InjectState | null {
  if (has('recalled')) return 'recalled';
  if (has('released')) {
    if (answered) return 'answered';
    if (has('excused')) return 'excused';
    return has('closed') ? 'closed' : 'released';
  }
  if (armed) return 'armed';
  if (has('missed')) return proposed ? 'proposed' : 'missed';
  if (has('detained')) return 'detained';
  if (has('held')) return 'held';
  if (has('skipped')) return 'skipped';
  if (left !== null) return left <= 0 ? 'due' : 'scheduled';
  if (has('passed_over')) return 'passed_over';
  if (!addressed) return null;
  if (on === 'manual') return 'manual';
  return on === 'at' ? 'scheduled' : 'waiting';
}

/** How often each state stands, in the order of what needs a person first. */
export function tally(states: Iterable<InjectState | null>): [InjectState, number][] {
  const counts = new Map<InjectState, number>();
  for (const state of states) if (state) counts.set(state, (counts.get(state) ?? 0) + 1);
  return INJECT_STATES.flatMap((state) => (counts.has(state) ? [[state, counts.get(state) ?? 0] as [InjectState, number]] : []));
}
