/** The fields of a planned form as a team would read them in one language. Pure. */
import type { Field, FieldCard } from '../api/names';
import { pick } from '../language/languages';

export function fieldCards(fields: readonly Field[], language: string): FieldCard[] {
  return fields.map(({ id, label, help, required, points, kind }) => ({
    id,
    label: pick(label, language),
    help: help ? pick(help, language) : null,
    required,
    points,
    kind: 'options' in kind ? { ...kind, options: kind.options.map((option) => ({ id: option.id, label: pick(option.label, language) })) } : kind,
  }));
}
