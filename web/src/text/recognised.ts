/** What a list of indicators was understood as, for showing. Pure: the server alone knows what is what. */
import type { IndicatorKind, RecognisedCard } from '../api/names';

export interface Count {
  kind: IndicatorKind;
  count: number;
}

/** How many there are of each kind: most first, and last what was not understood. */
export function countsOf({ kinds }: Pick<RecognisedCard, 'kinds'>): Count[] {
  const counts = Object.entries(kinds).map(([kind, count]) => ({ kind: kind as IndicatorKind, count }));
  const isUnknown = ({ kind }: Count) => Number(kind === 'other');
  return counts.sort((a, b) => isUnknown(a) - isUnknown(b) || b.count - a.count);
}
