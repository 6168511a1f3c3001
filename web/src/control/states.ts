/** Where one inject stands with one team, from the presence of cards: on the board, in lists and beside it. Pure. */
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
  'delivered',
  'opened',
  'acknowledged',
  'answered',
  'late',
  'closed',
  'excused',
  'recalled',
  'skipped',
  'passed_over',
] as const;
export type InjectState = (typeof INJECT_STATES)[number];

/** A sign for each state, so that none is told by colour alone. */
export const STATE_SIGNS: Record<InjectState, string> = {
  armed: '»',
  missed: '!',
  proposed: '?',
  detained: '⇥',
  held: '‖',
  due: '◆',
  scheduled: '·',
  waiting: '…',
  manual: '☞',
  released: '→',
  delivered: '↓',
  opened: '◌',
  acknowledged: '✓',
  answered: '●',
  late: '◐',
  closed: '○',
  excused: '–',
  recalled: '↩',
  skipped: '×',
  passed_over: '∅',
};

/** What is known of an inject at a team. */
export interface Known {
  addressed: boolean;
  /** What makes it due by itself. */
  on: 'at' | 'after' | 'when' | 'manual';
  /** Wall milliseconds until it falls due, null while that is not known; asked only where it matters. */
  left: () => number | null;
  /** The official answer, if there is one. */
  answer: { late: boolean } | undefined;
  /** Whether the form asks for more than an acknowledgement. */
  asks: boolean;
  has: (card: 'armed' | 'released' | 'delivered' | 'opened' | 'acknowledged' | 'recalled' | 'excused' | 'closed' | 'missed' | 'proposed' | 'detained' | 'held' | 'skipped' | 'passed_over') => boolean;
}

/** Null if the inject is not for the team and never was. */
export function injectState(known: Known): InjectState | null {
  if (known.has('recalled')) return 'recalled';
  return known.has('released') ? stateOut(known) : stateBefore(known);
}

/** The furthest that the team came. */
function stateOut({ answer, asks, has }: Known): InjectState {
  if (answer) return answer.late ? 'late' : 'answered';
  if (has('excused')) return 'excused';
  if (has('acknowledged') && !asks) return 'acknowledged';
  return (['closed', 'acknowledged', 'opened', 'delivered'] as const).find(has) ?? 'released';
}

function stateBefore({ addressed, on, left, has }: Known): InjectState | null {
  const decided = (['armed', 'proposed', 'missed', 'detained', 'held', 'skipped'] as const).find(has);
  if (decided) return decided;
  const wait = left();
  if (wait !== null) return wait <= 0 ? 'due' : 'scheduled';
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
