/** What the parts of a score are called in the reader's language. Pure. */
import type { FieldCard, Inject, NamesCard } from '../api/names';

export interface Naming {
  /** The question of a field, and the labels of its options. */
  field: (id: string) => { label: string; options: { id: string; label: string }[] } | undefined;
  /** What a criterion looks at, and what a level of it looks like. */
  criterion?: (id: string) => { title: string; anchors: string[] } | undefined;
  action?: (id: string) => string | undefined;
}

/** The names that a team knows: those of the fields it was asked. */
export function ofFields(fields: readonly FieldCard[]): Naming {
  return {
    field: (id) => {
      const found = fields.find((field) => field.id === id);
      return found && { label: found.label, options: 'options' in found.kind ? found.kind.options : [] };
    },
  };
}

/** The names that a team knows once its result is released. */
export function ofResult(fields: readonly FieldCard[], names: NamesCard | undefined): Naming {
  return {
    ...ofFields(fields),
    criterion: (id) => {
      const found = names?.criteria[id];
      if (!found) return undefined;
      const anchors: string[] = [];
      for (const { level, anchor } of found.levels) anchors[level] = anchor;
      return { title: found.title, anchors };
    },
    action: (id) => names?.actions[id],
  };
}

/** The names of the plan, which staff know. */
export function ofPlan(inject: Inject | undefined, words: (text: Record<string, string> | null | undefined) => string): Naming {
  const { criteria = [], actions = [] } = inject?.staff.evaluation ?? {};
  return {
    field: (id) => {
      const found = inject?.content.form?.fields.find((field) => field.id === id);
      const options = found && 'options' in found.kind ? found.kind.options : [];
      return found && { label: words(found.label), options: options.map((option) => ({ id: option.id, label: words(option.label) })) };
    },
    criterion: (id) => {
      const found = criteria.find((criterion) => criterion.id === id);
      return found && { title: words(found.title), anchors: (found.anchors ?? []).map(words) };
    },
    action: (id) => {
      const found = actions.find((action) => action.id === id);
      // Without a checklist, what the plan expects is numbered.
      const place = /^expected-(\d+)$/.exec(id)?.[1];
      return found ? words(found.text) : place ? words(inject?.staff.expected[Number(place) - 1]) : undefined;
    },
  };
}
