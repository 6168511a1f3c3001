import { describe, expect, it } from 'vitest';
import { inBands, inOrder, type Standing } from './standings';

const team = (name: string, score_milli: number, band: number): Standing => ({ name, named: true, score_milli, band });
const all = [team('Isla', 50_000, 2), team('Cape', 90_000, 1), team('Aure', 50_000, 2), team('Port', 10_000, 4)];

describe('the wall', () => {
  it('puts teams in order, equal ones in one place', () => {
    expect(inOrder(all).map((row) => [row.place, row.name])).toEqual([[1, 'Cape'], [2, 'Aure'], [2, 'Isla'], [4, 'Port']]);
  });
  it('has no order where no scores are told', () => {
    expect(inOrder([{ name: 'Isla', named: true, band: 1 }])).toEqual([]);
    expect(inBands([{ name: 'Isla', named: true, band: 1 }])).toEqual([{ band: 1, teams: [{ name: 'Isla', named: true, band: 1 }] }]);
  });
  it('shows quarters without an order inside them', () => {
    expect(inBands(all).map(({ band, teams }) => [band, teams.map((one) => one.name)])).toEqual([[1, ['Cape']], [2, ['Aure', 'Isla']], [4, ['Port']]]);
    expect(inBands([])).toEqual([]);
  });
});
