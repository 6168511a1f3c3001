/** Answers while they are written: one shape for all kinds of field. Pure. */
import type { AnswerCard, AnswerInput, FieldCard } from '../api/names';

export interface Draft {
  option?: string;
  options?: string[];
  text?: string;
}
export type Drafts = Record<string, Draft>;
export type Trouble = 'required' | 'rationale' | 'too_long' | 'too_many_lines';

/** Lines of an indicator field: trimmed, without empty ones. */
export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What was officially sent, to be revised. */
export function fromCard(card: AnswerCard): Draft {
  switch (card.type) {
    case 'choice':
      return { option: card.option };
    case 'choices':
      return { options: [...card.options] };
    case 'text':
      return { text: card.text.text ?? '' };
    case 'decision':
      return { option: card.option ?? undefined, text: card.rationale.text ?? '' };
    case 'indicators':
      return { text: card.lines.text ?? '' };
  }
}

/** The answer as sent; null where the field was left empty. */
export function toInput(field: FieldCard, draft: Draft): AnswerInput | null {
  const text = (draft.text ?? '').trim();
  switch (field.kind.type) {
    case 'choice':
      return draft.option ? { choice: draft.option } : null;
    case 'multi_choice':
      return draft.options && draft.options.length > 0 ? { choices: draft.options } : null;
    case 'long_text':
      return text ? { text } : null;
    case 'decision':
      return draft.option || text ? { decision: { option: draft.option ?? null, rationale: text } } : null;
    case 'indicators':
      return text ? { indicators: lines(text) } : null;
  }
}

/** Everything that is filled in, by field. */
export function answersOf(fields: readonly FieldCard[], drafts: Drafts): Record<string, AnswerInput> {
  const answers: Record<string, AnswerInput> = {};
  for (const field of fields) {
    const input = toInput(field, drafts[field.id] ?? {});
    if (input) answers[field.id] = input;
  }
  return answers;
}

/** What keeps the answer from being sent, by field. */
export function troubles(fields: readonly FieldCard[], drafts: Drafts): Record<string, Trouble> {
  const found: Record<string, Trouble> = {};
  for (const field of fields) {
    const trouble = troubleOf(field, drafts[field.id] ?? {});
    if (trouble) found[field.id] = trouble;
  }
  return found;
}

function troubleOf(field: FieldCard, draft: Draft): Trouble | null {
  const input = toInput(field, draft);
  if (!input) return field.required ? 'required' : null;
  const { kind } = field;
  if (kind.type === 'decision') {
    if (kind.options.length > 0 && !draft.option) return 'required';
    return (draft.text ?? '').trim() === '' && field.required ? 'rationale' : null;
  }
  if (kind.type === 'long_text' && length(draft.text ?? '') > kind.max_chars) return 'too_long';
  if (kind.type === 'indicators' && lines(draft.text ?? '').length > kind.max_lines) return 'too_many_lines';
  return null;
}

/** Characters as the server counts them: code points, not UTF-16 units. */
export function length(text: string): number {
  return [...text.trim()].length;
}
