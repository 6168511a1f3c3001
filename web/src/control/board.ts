/** State of one inject at one team, from the presence of cards. Pure. */
export const CELL_STATES = [
  'pending',
  'released',
  'delivered',
  'opened',
  'acknowledged',
  'answered',
  'late',
  'unanswered',
  'missed',
  'skipped',
  'none',
] as const;
export type CellState = (typeof CELL_STATES)[number];

/** A sign for each state, so that none is told by colour alone. */
export const SIGNS: Record<CellState, string> = {
  pending: '·',
  released: '→',
  delivered: '↓',
  opened: '◌',
  acknowledged: '✓',
  answered: '●',
  late: '◐',
  unanswered: '○',
  missed: '!',
  skipped: '×',
  none: '',
};

export interface Seen {
  addressed: boolean;
  released: boolean;
  delivered: boolean;
  opened: boolean;
  acknowledged: boolean;
  closed: boolean;
  missed: boolean;
  skipped: boolean;
  /** The official answer, if there is one. */
  response: { late: boolean } | undefined;
}

export function cellState(seen: Seen): CellState {
  if (seen.response) return seen.response.late ? 'late' : 'answered';
  if (seen.missed) return 'missed';
  if (seen.closed) return 'unanswered';
  if (seen.acknowledged) return 'acknowledged';
  if (seen.opened) return 'opened';
  if (seen.delivered) return 'delivered';
  if (seen.released) return 'released';
  if (seen.skipped) return 'skipped';
  return seen.addressed ? 'pending' : 'none';
}
