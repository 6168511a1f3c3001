/** The remarks that every device has until somebody changes them, in the language being shown. */
import { t, type MessageKey } from '../language/language.svelte';

const EACH: Record<number, number> = { 0: 3, 1: 3, 2: 3, 3: 2, 4: 2 };

export function usual(level: number): string[] {
  return Array.from({ length: EACH[level] ?? 0 }, (_, at) => {
    const name = [level, at + 1].join('_');
    return t(`remark_${name}` as MessageKey);
  });
}
