/** Answers while they are written: one shape for all kinds of field. Pure. */
import type { AnswerCard, AnswerInput, FieldCard, FormCard, SectionCard } from '../api/names';
import { composed, parts } from './moment';
import { plainNumber, thousandths } from './number';

export interface Draft {
  option?: string;
  options?: string[];
  text?: string;
  /** Of a time: day, time of day and offset from UTC as `-04:00`. */
  date?: string;
  time?: string;
  offset?: string;
  /** Hash of a file that the team has handed in, and what it is called. */
  file?: string;
  name?: string;
  bytes?: number;
  /** A file is on its way. */
  uploading?: boolean;
}
export type Drafts = Record<string, Draft>;
export type Trouble =
  | 'required' | 'rationale' | 'too_long' | 'one_line' | 'too_many_lines' | 'line_too_long'
  | 'number' | 'range' | 'too_many' | 'time' | 'uploading';

/** Longest indicator, in characters. */
const INDICATOR = 500;

/** Levels of severity, least first. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;

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
      return { ...(card.option && { option: card.option }), text: card.rationale.text ?? '' };
    case 'indicators':
      return { text: card.lines.text ?? '' };
    case 'number':
      return { text: card.number };
    case 'time':
      return parts(card.time, card.offset);
    case 'file':
      return { file: card.hash };
  }
}

/** The answer as sent; null where the field was left empty. */
export function toInput(field: FieldCard, draft: Draft): AnswerInput | null {
  const text = (draft.text ?? '').trim();
  switch (field.kind.type) {
    case 'choice':
    case 'classification':
    case 'severity':
      return draft.option ? { choice: draft.option } : null;
    case 'multi_choice':
    case 'techniques':
      return draft.options && draft.options.length > 0 ? { choices: draft.options } : null;
    case 'short_text':
    case 'long_text':
      return text ? { text } : null;
    case 'decision':
      return draft.option || text ? { decision: { option: draft.option ?? null, rationale: text } } : null;
    case 'indicators':
      return text ? { indicators: lines(text) } : null;
    case 'number':
      return text ? { number: plainNumber(text) } : null;
    case 'timestamp': {
      const time = composed(draft.date, draft.time, draft.offset);
      return time ? { time } : null;
    }
    case 'file':
      return draft.file ? { file: draft.file } : null;
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
  const { kind } = field;
  if (draft.uploading) return 'uploading';
  const isHalf = kind.type === 'timestamp' && Boolean(draft.date) !== Boolean(draft.time);
  if (isHalf) return 'time';
  if (!toInput(field, draft)) return field.required ? 'required' : null;
  const text = (draft.text ?? '').trim();
  switch (kind.type) {
    case 'decision':
      if (kind.options.length > 0 && !draft.option) return 'required';
      return text === '' ? 'rationale' : null;
    case 'short_text':
      if (/[\n\r]/.test(text)) return 'one_line';
      return length(text) > kind.max_chars ? 'too_long' : null;
    case 'long_text':
      return length(text) > kind.max_chars ? 'too_long' : null;
    case 'indicators':
      if (lines(text).length > kind.max_lines) return 'too_many_lines';
      return lines(text).some((line) => length(line) > INDICATOR) ? 'line_too_long' : null;
    case 'number': {
      const number = thousandths(text);
      if (number === null) return 'number';
      const least = kind.least ? thousandths(kind.least) : null;
      const most = kind.most ? thousandths(kind.most) : null;
      return (least !== null && number < least) || (most !== null && number > most) ? 'range' : null;
    }
    case 'techniques':
      return (draft.options?.length ?? 0) > kind.most ? 'too_many' : null;
    default:
      return null;
  }
}

/** Fields that a complete answer has and that are empty still. */
export function wantedLeft(fields: readonly FieldCard[], drafts: Drafts): number {
  return fields.filter((field) => field.wanted && !field.required && !toInput(field, drafts[field.id] ?? {})).length;
}

/** Characters as the server counts them: code points, not UTF-16 units. */
export function length(text: string): number {
  return [...text.trim()].length;
}

export interface Group {
  section: SectionCard | null;
  fields: FieldCard[];
}

/** The fields in order; those of one document stand together where its first one stands. */
export function groupsOf({ fields, sections }: Pick<FormCard, 'fields' | 'sections'>): Group[] {
  const groups: Group[] = [];
  for (const field of fields) {
    const section = sections.find((one) => one.id === field.section) ?? null;
    const known = section ? groups.find((group) => group.section?.id === section.id) : groups.at(-1);
    if (known && (section || known.section === null)) known.fields.push(field);
    else groups.push({ section, fields: [field] });
  }
  return groups;
}
