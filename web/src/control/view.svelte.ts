/** What the control room looks up again and again, over the live cards. */
import { officialFirst } from '../team/inbox';
import type { CardOf, Inject, TeamCard } from '../api/names';
import { tx } from '../language/language.svelte';
import type { Live } from '../live/live.svelte';
import type { View } from '../live/view.svelte';
import { audience, sendable, type Action, type Facts } from './agenda';
import { cellState, type CellState } from './board';

export class ControlView<Shown extends View = Live> {
  constructor(readonly live: Shown) {}

  get plan() {
    return this.live.cards.get('plan')?.plan;
  }

  get teams(): TeamCard[] {
    return this.live.cards.list('team');
  }

  get mayRun(): boolean {
    return this.live.reader?.role === 'exercise_director' || this.live.reader?.role === 'facilitator';
  }

  /** What may be done with an inject that waits, at this stage and by this role. */
  get actions(): Action[] {
    const stage = this.live.clockValue(null)?.stage ?? 'ended';
    if (!this.mayRun || stage === 'ended') return [];
    return stage === 'running' || stage === 'paused' ? ['release', 'retime', 'skip'] : ['retime', 'skip'];
  }

  get isDirector(): boolean {
    return this.live.reader?.role === 'exercise_director';
  }

  get injects(): Inject[] {
    return this.plan ? sendable(this.plan) : [];
  }

  injectTitle(id: string): string {
    return tx(this.plan?.injects.find((inject) => inject.id === id)?.content.title) || id;
  }

  teamName(id: string | null | undefined): string {
    return (id && this.live.cards.get('team', id)?.name) || (id ?? '');
  }

  get facts(): Facts | null {
    const { cards } = this.live;
    return this.plan
      ? {
          plan: this.plan,
          teams: this.teams,
          clockOf: (team) => this.live.clockValue(team),
          released: (inject, team) => cards.get('released', inject, team),
          missed: (inject, team) => cards.get('missed', inject, team) !== undefined,
          skipped: (inject, team) => cards.get('skipped', inject, team) !== undefined,
          retimed: (inject, team) => cards.get('retimed', inject, team)?.plan_time,
          now: this.live.clock.now,
        }
      : null;
  }

  /** Revisions of a team's answer, the official one first. */
  responses(inject: string, team: string): CardOf<'response'>[] {
    const found: CardOf<'response'>[] = [];
    for (let revision = 1; ; revision += 1) {
      const card = this.live.cards.get('response', inject, team, revision);
      if (!card) return found.sort(officialFirst);
      found.push(card);
    }
  }

  cell(inject: Inject, team: TeamCard): CellState {
    const { cards } = this.live;
    const has = (type: 'released' | 'delivered' | 'opened' | 'acknowledged' | 'closed' | 'missed' | 'skipped') =>
      cards.get(type, inject.id, team.team) !== undefined;
    return cellState({
      addressed: audience(inject, [team]).length > 0,
      released: has('released'),
      delivered: has('delivered'),
      opened: has('opened'),
      acknowledged: has('acknowledged'),
      closed: has('closed'),
      missed: has('missed'),
      skipped: has('skipped'),
      response: this.responses(inject.id, team.team)[0],
    });
  }

  online(team: string): number {
    return this.live.cards.value('presence', team)?.online.length ?? 0;
  }
}
