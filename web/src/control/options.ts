/** The options of a choice while they are written, and which of them are right. Pure. */
import type { AnswerKey, Field, Text } from '../api/names';
import { filled, freeId, lines, withLines } from './texts';

export const optionsOf = (field: Field) => ('options' in field.kind ? field.kind.options : []);
/** Options without any words are lines that somebody left empty. */
export const written = (field: Field) => optionsOf(field).filter((option) => Object.keys(filled(option.label)).length > 0);
export const optionLabels = (field: Field): Text[] => written(field).map((option) => option.label);

/** The options in one language, a line each. */
export function optionLines(field: Field, language: string): string {
  return lines(optionsOf(field).map((option) => option.label), language);
}

/** The options with the lines of one language changed. Ids stay with their place, so that keys still fit. */
export function withOptionLines(field: Field, language: string, text: string): Field {
  if (!('options' in field.kind)) return field;
  const before = field.kind.options;
  const taken = new Set(before.map((one) => one.id));
  const options = withLines(before.map((option) => option.label), language, text).map((label, place) => {
    const known = before[place];
    if (known) return { ...known, label };
    const id = freeId(`o${place + 1}`, taken);
    taken.add(id);
    return { id, label };
  });
  return { ...field, kind: { ...field.kind, options } };
}

/** A key that names options that are there; none if nothing is right. */
export function finishedKey(field: Field, key: AnswerKey | undefined): AnswerKey | null {
  const there = new Set(written(field).map((option) => option.id));
  if (!key) return null;
  if ('set' in key) {
    const set = key.set.filter((option) => there.has(option));
    return field.kind.type === 'multi_choice' && set.length > 0 ? { set } : null;
  }
  const options = Object.entries(key.options).filter(([option]) => there.has(option));
  return field.kind.type === 'choice' && options.length > 0 ? { options: Object.fromEntries(options) } : null;
}

/** Whether an option earns the field's points. */
export function isRight(key: AnswerKey | undefined, option: string): boolean {
  if (!key) return false;
  return 'set' in key ? key.set.includes(option) : (key.options[option] ?? 0) > 0;
}

/** The key of a choice with one option made right or wrong; what partly right options earn is kept. */
export function withRight(field: Field, key: AnswerKey | undefined, option: string, right: boolean): AnswerKey {
  if (field.kind.type === 'multi_choice') {
    const set = (key && 'set' in key ? key.set : []).filter((one) => one !== option);
    return { set: right ? [...set, option] : set };
  }
  const { [option]: before, ...others } = key && 'options' in key ? key.options : {};
  return { options: right ? { ...others, [option]: before || 1000 } : others };
}
