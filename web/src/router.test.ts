import { describe, expect, it } from 'vitest';
import { pathOf, routeOf } from './router';

describe('routes', () => {
  it('are read from the address', () => {
    expect(routeOf('/', '')).toEqual({ page: 'start' });
    expect(routeOf('/join', '#abc')).toEqual({ page: 'join', token: 'abc' });
    expect(routeOf('/invited', '#abc')).toEqual({ page: 'invited', token: 'abc' });
    expect(routeOf('/account', '')).toEqual({ page: 'account' });
    expect(routeOf('/accounts', '')).toEqual({ page: 'accounts' });
    expect(routeOf('/accounts/x', '')).toEqual({ page: 'unknown' });
    expect(routeOf('/play/x/s', '')).toEqual({ page: 'play', exercise: 'x', seat: 's' });
    expect(routeOf('/day', '#abc')).toEqual({ page: 'day', token: 'abc' });
    expect(routeOf('/programme/p', '')).toEqual({ page: 'programme', programme: 'p' });
    expect(routeOf('/programme/p/x', '')).toEqual({ page: 'unknown' });
    expect(routeOf('/play/x', '')).toEqual({ page: 'unknown' });
    expect(routeOf('/nowhere', '')).toEqual({ page: 'unknown' });
  });
  it('lead each role to its page', () => {
    const seat = { exercise: 'x', seat: 's' };
    expect(pathOf({ ...seat, role: 'team_lead' })).toBe('/play/x/s');
    expect(pathOf({ ...seat, role: 'lead_evaluator' })).toBe('/marking/x/s');
    expect(pathOf({ ...seat, role: 'evaluator' })).toBe('/marking/x/s');
    expect(pathOf({ ...seat, role: 'role_player' })).toBe('/control/x/s');
    expect(pathOf({ ...seat, role: 'observer' })).toBe('/wall/x/s');
    expect(pathOf({ ...seat, role: 'reviewer' })).toBe('/after/x/s');
  });
});
