/** Which page an address names. Pure but for `go`. */
export type Page = 'play' | 'control' | 'wall' | 'report' | 'rehearsal' | 'marking' | 'after';
export type Route =
  | { page: 'start' | 'account' | 'accounts' | 'audit' }
  | { page: 'setup' | 'join' | 'invited' | 'day'; token: string }
  | { page: 'programme'; programme: string }
  | { page: Page; exercise: string; seat: string }
  | { page: 'unknown' };

const SEAT_PAGES: readonly string[] = ['play', 'control', 'wall', 'report', 'rehearsal', 'marking', 'after'];

export function routeOf(path: string, fragment: string): Route {
  const [page = '', exercise, seat, ...rest] = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (page === '') return { page: 'start' };
  if (page === 'programme' && exercise && seat === undefined) return { page, programme: exercise };
  if ((page === 'account' || page === 'accounts' || page === 'audit') && exercise === undefined) return { page };
  if ((page === 'setup' || page === 'join' || page === 'invited' || page === 'day') && exercise === undefined) {
    return { page, token: fragment.replace(/^#/, '') };
  }
  if (SEAT_PAGES.includes(page) && exercise && seat && rest.length === 0) {
    return { page: page as Page, exercise, seat };
  }
  return { page: 'unknown' };
}

const PAGE_OF_ROLE: Record<string, Page> = {
  exercise_director: 'control',
  facilitator: 'control',
  planner: 'control',
  lead_evaluator: 'marking',
  evaluator: 'marking',
  team_lead: 'play',
  player: 'play',
  team_moderator: 'play',
  role_player: 'control',
  observer: 'wall',
  reviewer: 'after',
};

/** The page that a role works on. */
export function pathOf(seat: { role: string; exercise: string; seat: string }, page?: Page): string {
  const name = page ?? PAGE_OF_ROLE[seat.role] ?? 'wall';
  return `/${name}/${encodeURIComponent(seat.exercise)}/${encodeURIComponent(seat.seat)}`;
}
