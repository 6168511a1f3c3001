/** The improvement plan: what is to be done, by whom, until when, and where it stands. Pure. */
import type { Act, CardOf, CorrectiveState, Scope } from '../../api/names';

export type Action = CardOf<'improvement'>;
type Put = Extract<Act, { type: 'put_corrective_action' }>;
export const ELEMENTS = ['planning', 'organisation', 'equipment', 'training', 'exercise'] as const;
export const COSTS = ['low', 'medium', 'high'] as const;
export const PRIORITIES = ['high', 'medium', 'low'] as const;

/** An action while it is written: everything is text. */
export interface Sheet {
  action: string;
  scope: Scope;
  finding: string;
  text: string;
  capability: NonNullable<Action['capability']> | '';
  element: Action['element'];
  owner: string;
  contact: string;
  start: string;
  completion: string;
  priority: Action['priority'];
  cost: NonNullable<Action['cost']> | '';
  evidence: string;
}

/** Which states may follow: those that the server would take (DESIGN: it decides, this only does not offer the rest). */
export const NEXT: Record<CorrectiveState, readonly CorrectiveState[]> = {
  proposed: ['agreed', 'rejected', 'deferred'],
  agreed: ['in_progress', 'implemented', 'rejected', 'deferred'],
  in_progress: ['implemented', 'rejected', 'deferred'],
  implemented: ['verified', 'in_progress'],
  verified: ['in_progress'],
  rejected: ['proposed'],
  deferred: ['proposed', 'agreed', 'in_progress', 'rejected'],
};
const OPEN: readonly CorrectiveState[] = ['proposed', 'agreed', 'in_progress', 'deferred'];

/** Whether it should be done by that day (`2027-03-31`) and is not. */
export const isOverdue = (completion: string | null | undefined, state: CorrectiveState, today: string): boolean =>
  OPEN.includes(state) && typeof completion === 'string' && completion < today;

/** States in which the server asks why. */
export const needsNote = (state: CorrectiveState): boolean => state === 'rejected' || state === 'deferred';

/** What is urgent first, then by day; without a day last. */
export function inOrder(actions: readonly Action[]): Action[] {
  const key = (one: Action) => `${PRIORITIES.indexOf(one.priority)} ${one.completion ?? '9999'} ${one.action}`;
  return [...actions].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

export const blank = (action: string, scope: Scope): Sheet => ({
  action, scope, finding: '', text: '', capability: '', element: 'planning', owner: '', contact: '', start: '', completion: '', priority: 'medium', cost: '', evidence: '',
});

export const ofAction = (one: Action): Sheet => ({
  action: one.action,
  scope: one.scope,
  finding: one.finding ?? '',
  text: one.text.text ?? '',
  capability: one.capability ?? '',
  element: one.element,
  owner: one.owner?.text ?? '',
  contact: one.contact?.text ?? '',
  start: one.start ?? '',
  completion: one.completion ?? '',
  priority: one.priority,
  cost: one.cost ?? '',
  evidence: one.evidence?.text ?? '',
});

export function put(sheet: Sheet): Put {
  const maybe = (text: string) => text.trim() || null;
  return {
    type: 'put_corrective_action',
    action: sheet.action,
    scope: sheet.scope,
    finding: sheet.finding || null,
    text: sheet.text.trim(),
    capability: sheet.capability || null,
    element: sheet.element,
    owner: maybe(sheet.owner),
    contact: maybe(sheet.contact),
    start: maybe(sheet.start),
    completion: maybe(sheet.completion),
    priority: sheet.priority,
    cost: sheet.cost || null,
    evidence: maybe(sheet.evidence),
  };
}
