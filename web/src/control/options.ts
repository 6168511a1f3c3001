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

/** A key that fits what is asked for; none if nothing is right. */
export function finishedKey(field: Field, key: AnswerKey | undefined): AnswerKey | null {
  if (!key || !keyFits(field.kind.type, key)) return null;
  const there = field.kind.type === 'choice' || field.kind.type === 'multi_choice' ? new Set(written(field).map((option) => option.id)) : null;
  const isThere = (option: string) => there === null || there.has(option);
  if ('set' in key) return some(key.set.filter(isThere), (set) => ({ set }));
  if ('options' in key) return some(Object.entries(key.options).filter(([option]) => isThere(option)), (options) => ({ options: Object.fromEntries(options) }));
  if ('indicators' in key) return some(key.indicators, (indicators) => ({ indicators }));
  if ('texts' in key) return some(Object.entries(key.texts), (texts) => ({ texts: Object.fromEntries(texts) }));
  return key;
}

function some<T>(things: T[], key: (things: T[]) => AnswerKey): AnswerKey | null {
  return things.length > 0 ? key(things) : null;
}

/** Whether answers of a type can be held against the key. */
function keyFits(type: Field['kind']['type'], key: AnswerKey): boolean {
  if ('set' in key) return type === 'multi_choice' || type === 'techniques';
  if ('options' in key) return type === 'choice' || type === 'classification' || type === 'severity';
  if ('indicators' in key) return type === 'indicators';
  if ('texts' in key) return type === 'short_text';
  return 'range' in key ? type === 'number' : type === 'timestamp';
}

/** Whether an option earns the field's points. */
export function isRight(key: AnswerKey | undefined, option: string): boolean {
  if (!key) return false;
  if ('set' in key) return key.set.includes(option);
  return 'options' in key && (key.options[option] ?? 0) > 0;
}

/** The key of a choice or a severity with one option made right or wrong; what partly right ones earn is kept. */
export function withRight(field: Field, key: AnswerKey | undefined, option: string, right: boolean): AnswerKey {
  if (field.kind.type === 'multi_choice') {
    const set = (key && 'set' in key ? key.set : []).filter((one) => one !== option);
    return { set: right ? [...set, option] : set };
  }
  const { [option]: before, ...others } = key && 'options' in key ? key.options : {};
  return { options: right ? { ...others, [option]: before || 1000 } : others };
}
