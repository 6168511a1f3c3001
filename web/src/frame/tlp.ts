/** Labels of the Traffic Light Protocol 2.0, which are the same in every language. Pure. */
import type { Tlp } from '../api/names';

/** From the narrowest circle of readers to the widest. */
export const TLPS = ['red', 'amber-strict', 'amber', 'green', 'clear'] as const satisfies readonly Tlp[];

export function tlpLabel(tlp: Tlp): string {
  return `TLP:${tlp.toUpperCase().replace('-', '+')}`;
}
