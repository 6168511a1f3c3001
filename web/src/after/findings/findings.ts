/** Findings as people write them, and the drafts that wait. Pure. */
import type { Act, CardOf, DraftedFinding, Scope } from '../../api/names';

export type Finding = CardOf<'finding'>;
type Edit = Extract<Act, { type: 'edit_finding' }>;
/** A finding while it is written: everything is text. */
export interface Sheet {
  finding: string;
  kind: Finding['kind'];
  title: string;
  observation: string;
  reference: string;
  analysis: string;
  capability: NonNullable<Finding['capability']> | '';
  rows: string;
  from: DraftedFinding['from'] | null;
}

/** Team of a scope; the empty string for the event. */
export const teamOf = (scope: Scope): string => (scope === 'event' ? '' : scope.team);
export const scopeOf = (team: string): Scope => (team === '' ? 'event' : { team });

/** The findings of a scope in their order; those that no order names come last, by id. */
export function inOrder(findings: readonly Finding[], orders: readonly { scope: Scope; order: string[] }[], team: string): Finding[] {
  const order = orders.find((one) => teamOf(one.scope) === team)?.order ?? [];
  const place = (one: Finding) => (order.includes(one.finding) ? order.indexOf(one.finding) : order.length);
  return findings.filter((one) => teamOf(one.scope) === team).sort((one, other) => place(one) - place(other) || (one.finding < other.finding ? -1 : 1));
}

/** Drafts about a scope that nobody has taken over. */
export function waiting(drafts: readonly DraftedFinding[], findings: readonly Finding[], team: string): DraftedFinding[] {
  const taken = new Set(findings.filter((one) => teamOf(one.scope) === team).map((one) => one.drafted_from?.key));
  return drafts.filter((draft) => teamOf(draft.scope) === team && !taken.has(draft.from.key));
}

/** The order after a finding of one side has changed places with its neighbour on that side. */
export function moved(all: readonly Finding[], finding: string, by: -1 | 1): string[] {
  const order = all.map((one) => one.finding);
  const from = all.find((one) => one.finding === finding);
  const side = all.filter((one) => one.kind === from?.kind);
  const other = side[side.findIndex((one) => one.finding === finding) + by];
  if (!from || !other) return order;
  return order.map((id) => (id === finding ? other.finding : id === other.finding ? finding : id));
}

export const blank = (finding: string): Sheet => ({ finding, kind: 'strength', title: '', observation: '', reference: '', analysis: '', capability: '', rows: '', from: null });

export const ofDraft = (finding: string, draft: DraftedFinding): Sheet => ({
  ...blank(finding),
  kind: draft.kind,
  observation: draft.text,
  capability: draft.capability ?? '',
  rows: draft.rows.join(', '),
  from: draft.from,
});

export const ofFinding = (one: Finding): Sheet => ({
  finding: one.finding,
  kind: one.kind,
  title: one.title.text ?? '',
  observation: one.observation.text ?? '',
  reference: one.reference?.text ?? '',
  analysis: one.analysis?.text ?? '',
  capability: one.capability ?? '',
  rows: one.rows.join(', '),
  from: one.drafted_from ?? null,
});

/** Numbers of rows as typed; null where something else stands among them. */
export function rowsOf(text: string): number[] | null {
  const words = text.split(/[\s,;\u060c\u3001]+/).filter((word) => word !== '');
  return words.every((word) => /^[0-9]{1,9}$/.test(word)) ? words.map(Number) : null;
}

export function edit(sheet: Sheet, team: string): Edit {
  return {
    type: 'edit_finding',
    finding: sheet.finding,
    scope: scopeOf(team),
    kind: sheet.kind,
    title: sheet.title.trim(),
    observation: sheet.observation.trim(),
    reference: sheet.reference.trim() || null,
    analysis: sheet.analysis.trim() || null,
    capability: sheet.capability || null,
    rows: rowsOf(sheet.rows) ?? [],
    drafted_from: sheet.from,
  };
}
