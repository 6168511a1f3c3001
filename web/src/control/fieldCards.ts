/** A planned form as a team would read it in one language. Pure. */
import type { Choice, Field, FieldCard, Form, FormCard } from '../api/names';
import { pick } from '../language/languages';

export function formCard(form: Form, language: string): Pick<FormCard, 'fields' | 'sections'> {
  const sections = (form.sections ?? []).map((section) => ({ ...section, title: pick(section.title, language) }));
  return { fields: form.fields.map((field) => fieldCard(field, language)), sections };
}

export function fieldCard(field: Field, language: string): FieldCard {
  const { id, label, help, required, wanted = false, section = null, points } = field;
  return {
    id,
    label: pick(label, language),
    help: help ? pick(help, language) : null,
    required,
    wanted,
    section,
    points,
    kind: kindCard(field.kind, language),
  };
}

function kindCard(kind: Field['kind'], language: string): FieldCard['kind'] {
  const options = (choices: Choice[]) => choices.map((option) => ({ id: option.id, label: pick(option.label, language) }));
  switch (kind.type) {
    case 'choice':
    case 'multi_choice':
    case 'decision':
      return { ...kind, options: options(kind.options) };
    case 'number':
      return { type: kind.type, least: kind.least ?? null, most: kind.most ?? null, unit: kind.unit ? pick(kind.unit, language) : null };
    default:
      return kind;
  }
}
