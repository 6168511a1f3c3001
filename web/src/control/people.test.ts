import { describe, expect, it } from 'vitest';
import type { PersonCard, Role } from '../api/names';
import { byPlace, rolesFor } from './people';

const card = (person: string, role: Role, team: string | null = null): PersonCard => ({ person, role, team });

describe('people', () => {
  it('stand with the staff first, then by team, the lead before the others', () => {
    const people = [card('b', 'player', 'x'), card('a', 'team_lead', 'x'), card('o', 'observer'), card('d', 'exercise_director'), card('m', 'team_moderator', 'y')];
    const places = byPlace(people, ['x', 'empty', 'y'], (person) => person);
    expect(places.map((place) => [place.team, place.people.map((one) => one.person).join('')])).toEqual([[null, 'do'], ['x', 'ab'], ['y', 'm']]);
  });
  it('are offered no role of the other side of play', () => {
    expect(rolesFor('player')).toEqual(['observer', 'reviewer', 'team_lead', 'player']);
    expect(rolesFor('evaluator')).not.toContain('player');
    expect(rolesFor('evaluator')).toContain('team_moderator');
    expect(rolesFor('observer')).toHaveLength(11);
  });
});
