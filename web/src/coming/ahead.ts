/** What is to come, by inject, with what may be done about each. Pure. */
import type { Ahead, ComingInject } from '../api/names';

export interface Row {
  inject: string;
  words: ComingInject | undefined;
  items: Ahead[];
  may: { release: boolean; hold: boolean; free: boolean; undo: boolean };
}

export function ahead(items: readonly Ahead[], words: readonly ComingInject[]): Row[] {
  const rows = new Map<string, Ahead[]>();
  for (const item of items) rows.set(item.inject, [...(rows.get(item.inject) ?? []), item]);
  const first = (list: readonly Ahead[]) => Math.min(...list.map((one) => one.plan_time ?? Infinity));
  return [...rows]
    .sort(([, one], [, other]) => (first(one) === first(other) ? 0 : first(one) - first(other)))
    .map(([inject, list]) => ({ inject, words: words.find((one) => one.inject === inject), items: list, may: allowed(list) }));
}

function allowed(items: readonly Ahead[]): Row['may'] {
  const any = (...states: Ahead['state'][]) => items.some((one) => states.includes(one.state));
  return {
    release: any('scheduled', 'waiting', 'held', 'missed', 'skipped'),
    hold: any('scheduled', 'waiting', 'missed', 'skipped'),
    free: any('held'),
    undo: any('armed'),
  };
}
