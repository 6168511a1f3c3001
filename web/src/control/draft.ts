/** An inject while it is written: the plan's own type, with what is still missing. Pure. */
import type { Field, Form, Inject, Text } from '../api/names';

export const CHANNELS = ['mail', 'phone', 'news', 'social', 'soc_alert', 'ticket', 'intelligence', 'control'] as const;
export const PRIORITIES = ['must', 'should', 'could'] as const;
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
  return { ...copy, id, trigger: { on: 'manual' }, only_if: null, alternatives: [], audience: teams ? { teams } : copy.audience };
}

/** The first free id that starts so: `correction`, `correction-2`. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.slice(0, 36).replace(/-+$/, '') || 'inject';
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** A text without its empty languages. */
export function filled(text: Text): Text {
  return Object.fromEntries(Object.entries(text).filter(([, words]) => words.trim() !== ''));
}

/** The languages of teams in which a text has no words. */
export function missing(text: Text, languages: readonly string[]): string[] {
  return languages.filter((language) => !(text[language] ?? '').trim());
}

/** All languages that some text of the inject lacks. */
export function missingLanguages(inject: Inject, languages: readonly string[]): string[] {
  const fields = inject.content.form?.fields ?? [];
  const texts = [inject.content.title, inject.content.body, ...fields.map((field) => field.label), ...fields.flatMap(optionLabels)];
  return languages.filter((language) => texts.some((text) => missing(text, [language]).length > 0));
}

/** Whether it can be sent: some words in every text. */
export function isComplete(inject: Inject): boolean {
  const fields = inject.content.form?.fields ?? [];
  const texts = [inject.content.title, inject.content.body, ...fields.map((field) => field.label), ...fields.flatMap(optionLabels)];
  const choices = fields.every((field) => !isChoice(field) || written(field).length > 1);
  return texts.every((text) => Object.keys(filled(text)).length > 0) && choices && inject.id !== '';
}

/** As it is sent: empty languages left out, and no form that asks for nothing. */
export function finished(inject: Inject): Inject {
  const { content } = inject;
  const form = content.form && (content.form.acknowledge || content.form.fields.length > 0) ? finishedForm(content.form) : null;
  return { ...inject, content: { ...content, title: filled(content.title), body: filled(content.body), form } };
}

function finishedForm(form: Form): Form {
  const fields = form.fields.map((field): Field => {
    const kind = 'options' in field.kind ? { ...field.kind, options: written(field).map((option) => ({ ...option, label: filled(option.label) })) } : field.kind;
    return { ...field, label: filled(field.label), kind };
  });
  return { ...form, fields };
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

export const optionsOf = (field: Field) => ('options' in field.kind ? field.kind.options : []);
/** Options without any words are lines that somebody left empty. */
const written = (field: Field) => optionsOf(field).filter((option) => Object.keys(filled(option.label)).length > 0);
const optionLabels = (field: Field): Text[] => written(field).map((option) => option.label);
const isChoice = (field: Field) => field.kind.type === 'choice' || field.kind.type === 'multi_choice';

/** The options in one language, a line each. */
export function optionLines(field: Field, language: string): string {
  return optionsOf(field).map((option) => option.label[language] ?? '').join('\n');
}

/** The options with the lines of one language changed. Ids stay with their place, so that keys still fit. */
export function withOptionLines(field: Field, language: string, text: string): Field {
  if (!('options' in field.kind)) return field;
  const lines = text.split('\n');
  const before = field.kind.options;
  const length = Math.max(lines.length, before.length);
  const options = Array.from({ length }, (_, index) => {
    const option = before[index] ?? { id: freeId(`o${index + 1}`, new Set(before.map((one) => one.id))), label: {} };
    return { ...option, label: { ...option.label, [language]: lines[index] ?? '' } };
  }).filter((option, index) => index < lines.length || Object.keys(filled(option.label)).length > 0);
  return { ...field, kind: { ...field.kind, options } };
}
