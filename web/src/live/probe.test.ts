import { describe, expect, it } from 'vitest';
import type { LineMeasured } from '../api/names';
import { Probe } from './probe';

describe('a probe', () => {
  it('tells with the second frame what the first one took, and then waits', () => {
    const sent: [number, LineMeasured][] = [];
    let now = 1_000;
    const probe = new Probe((n, measured) => sent.push([n, measured]) > 0, () => false, () => now);
    probe.send();
    now += 83;
    probe.answered(1);
    probe.answered(1);
    now += 40;
    probe.answered(2);
    expect(sent).toEqual([[1, {}], [2, { round_trip: 80 }]]);
    probe.tell(8_000);
    expect(sent.at(-1)).toEqual([3, { round_trip: 40, bandwidth: 8_000 }]);
  });
});
