/** An inject while it is written: the plan's own type, with what is still missing. Pure. */
import type { Alternative, Attachment, Field, Form, Inject, Text } from '../api/names';
import { finishedKey, optionLabels, optionsOf, written } from './options';
import { filled, freeId } from './texts';

export const CHANNELS = ['mail', 'phone', 'news', 'social', 'soc_alert', 'ticket', 'intelligence', 'control'] as const;
export const PRIORITIES = ['must', 'should', 'could'] as const;
export const KINDS = ['task', 'contextual', 'contingency', 'practice', 'admin'] as const;
export const FIELD_KINDS = ['choice', 'multi_choice', 'long_text', 'decision', 'indicators'] as const;
export type FieldType = (typeof FIELD_KINDS)[number];

/** An empty inject for all teams that somebody releases by hand. */
export function blank(id: string): Inject {
  return {
    id,
    kind: 'task',
    priority: 'should',
    audience: 'all',
    trigger: { on: 'manual' },
    only_if: null,
    content: { title: {}, body: {}, channel: 'mail', from: null, attachments: [], form: null, for_guests: null },
    alternatives: [],
    staff: { notes: {}, expected: [], objectives: [], responsible: null, keys: {}, samples: [], hints: [] },
  };
}

/** A copy under its own id that waits until it is released by hand; `teams` are to get it, if some are named. */
export function copyOf(inject: Inject, id: string, teams: string[] | null = null): Inject {
  const copy = structuredClone(inject);
  return { ...copy, id, trigger: { on: 'manual' }, only_if: null, alternatives: [], content: { ...copy.content, corrects: null }, audience: teams ? { teams } : copy.audience };
}

/** A copy that says to those teams that it stands in place of what was recalled from them. */
export function correctionOf(recalled: Inject, id: string, teams: string[]): Inject {
  const copy = copyOf(recalled, id, teams);
  return { ...copy, content: { ...copy.content, corrects: recalled.id } };
}

/** The languages of teams in which a text has no words. */
export function missing(text: Text, languages: readonly string[]): string[] {
  return languages.filter((language) => !(text[language] ?? '').trim());
}

/** All languages that some text of the inject lacks. */
export function missingLanguages(inject: Inject, languages: readonly string[]): string[] {
  const texts = shownTexts(inject);
  return languages.filter((language) => texts.some((text) => missing(text, [language]).length > 0));
}

/** Whether it can be sent: some words in every text. */
export function isComplete(inject: Inject): boolean {
  const fields = inject.content.form?.fields ?? [];
  const texts = shownTexts(inject);
  const choices = fields.every((field) => !isChoice(field) || written(field).length > 1);
  return texts.every((text) => Object.keys(filled(text)).length > 0) && choices && inject.id !== '';
}

/** Every text that a team would read. */
function shownTexts({ content, staff, alternatives = [] }: Inject): Text[] {
  const { fields = [], hints = [] } = content.form ?? {};
  const ofFields = [...fields.map((field) => field.label), ...fields.flatMap(optionLabels)];
  const others = alternatives.flatMap((other) => [other.content.title, other.content.body]);
  return [content.title, content.body, ...others, ...ofFields, ...hints.map((hint) => hint.label), ...(staff.hints ?? []).map((hint) => hint.text)];
}

/** As it is sent: empty languages left out, no form that asks for nothing, no key of a field that is gone. */
export function finished(inject: Inject): Inject {
  const { content, staff } = inject;
  const asks = content.form && (content.form.acknowledge || content.form.fields.length > 0 || (content.form.hints ?? []).length > 0);
  const form = content.form && asks ? finishedForm(content.form) : null;
  const keyed = (form?.fields ?? []).flatMap((field) => {
    const key = finishedKey(field, staff.keys[field.id]);
    return key ? [[field.id, key] as const] : [];
  });
  return {
    ...inject,
    content: { ...content, title: filled(content.title), body: filled(content.body), form, for_guests: optional(content.for_guests) },
    alternatives: (inject.alternatives ?? []).map(finishedAlternative),
    staff: {
      ...staff,
      notes: filled(staff.notes),
      expected: staff.expected.map(filled).filter((text) => Object.keys(text).length > 0),
      responsible: staff.responsible?.trim() || null,
      hints: (staff.hints ?? []).map((hint) => ({ ...hint, text: filled(hint.text) })),
      keys: Object.fromEntries(keyed),
    },
  };
}

/** The files that injects of the plan come with, each once: what can be attached on the day. */
export function attachable(injects: readonly Inject[]): Attachment[] {
  const all = injects.flatMap((inject) => inject.content.attachments);
  return [...new Map(all.map((file) => [`${file.hash} ${file.name}`, file])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The form with one more hint, and the staff's side of it. */
export function withHint(inject: Inject): Inject {
  const form: Form = inject.content.form ?? { acknowledge: false, target: null, deadline: null, fields: [], hints: [] };
  const hints = form.hints ?? [];
  const id = freeId('hint', new Set(hints.map((hint) => hint.id)));
  return {
    ...inject,
    content: { ...inject.content, form: { ...form, hints: [...hints, { id, label: {}, price_permille: 100 }] } },
    staff: { ...inject.staff, hints: [...(inject.staff.hints ?? []), { id, text: {} }] },
  };
}

/** The inject without a hint. */
export function withoutHint(inject: Inject, id: string): Inject {
  const form = inject.content.form;
  return {
    ...inject,
    content: { ...inject.content, form: form ? { ...form, hints: (form.hints ?? []).filter((hint) => hint.id !== id) } : null },
    staff: { ...inject.staff, hints: (inject.staff.hints ?? []).filter((hint) => hint.id !== id) },
  };
}

function finishedAlternative({ content, ...other }: Alternative): Alternative {
  return { ...other, content: { ...content, title: filled(content.title), body: filled(content.body) } };
}

/** A text that may be left out: none rather than an empty one. */
function optional(text: Text | null | undefined): Text | null {
  const words = filled(text ?? {});
  return Object.keys(words).length > 0 ? words : null;
}

function finishedForm(form: Form): Form {
  const fields = form.fields.map((field): Field => {
    const kind = 'options' in field.kind ? { ...field.kind, options: written(field).map((option) => ({ ...option, label: filled(option.label) })) } : field.kind;
    return { ...field, label: filled(field.label), help: optional(field.help), kind };
  });
  return { ...form, fields, hints: (form.hints ?? []).map((hint) => ({ ...hint, label: filled(hint.label) })) };
}

export function newField(fields: readonly Field[]): Field {
  const id = freeId('answer', new Set(fields.map((field) => field.id)));
  return { id, label: {}, help: null, kind: { type: 'long_text', max_chars: 2000 }, required: true, points: 0 };
}

/** The same field asking for another type of answer; options are kept where there are any. */
export function ofType(field: Field, type: FieldType): Field {
  const options = optionsOf(field);
  switch (type) {
    case 'long_text':
      return { ...field, kind: { type, max_chars: 2000 } };
    case 'indicators':
      return { ...field, kind: { type, max_lines: 50 } };
    default:
      return { ...field, kind: { type, options } };
  }
}

const isChoice = (field: Field) => field.kind.type === 'choice' || field.kind.type === 'multi_choice';
