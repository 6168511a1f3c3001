/** What the control room looks up again and again, over the live cards. */
import { counted, officialFirst } from '../team/inbox';
import type { CardOf, Coming, Inject, InjectAudience, Stage, TeamCard } from '../api/names';
import { t, tx } from '../language/language.svelte';
import type { Live } from '../live/live.svelte';
import type { View } from '../live/view.svelte';
import { read } from '../live/reading';
import { duration } from '../text/format';
import type { TeamStates } from './acts';
import { addressed, agendaByInject, audience, sendable } from './agenda';
import type { Words } from './conditions';
import { injectState, type InjectState, type Known } from './states';

export class ControlView<Shown extends View = Live> {
  constructor(readonly live: Shown) {}

  get plan() {
    return this.live.cards.get('plan')?.plan;
  }

  get teams(): TeamCard[] {
    return this.live.cards.list('team');
  }

  get stage(): Stage {
    return this.live.clockValue(null)?.stage ?? 'ready';
  }

  get mayRun(): boolean {
    return this.isDirector || this.live.reader?.role === 'facilitator';
  }

  get isDirector(): boolean {
    return this.live.reader?.role === 'exercise_director';
  }

  get mayObserve(): boolean {
    return this.mayRun || ['lead_evaluator', 'evaluator', 'observer', 'team_moderator'].includes(this.live.reader?.role ?? '');
  }

  /** Whether the reader marks answers, or runs the marking. */
  get judges(): boolean {
    return this.isDirector || ['lead_evaluator', 'evaluator'].includes(this.live.reader?.role ?? '');
  }

  get mayTalk(): boolean {
    return this.mayRun || this.live.reader?.role === 'role_player';
  }

  get over(): boolean {
    return this.stage === 'ended' || this.stage === 'cancelled';
  }

  /** Everything that can be sent, with what was changed and written on the day. */
  injects = $derived.by((): Inject[] => {
    const amended = new Map(this.live.cards.list('amended').map((card) => [card.inject.id, card.inject]));
    const planned = (this.plan?.injects ?? []).map((inject) => amended.get(inject.id) ?? inject);
    const known = new Set(planned.map((inject) => inject.id));
    return sendable([...planned, ...[...amended.values()].filter((inject) => !known.has(inject.id))]);
  });

  /** Languages in which some team works. */
  get languages(): string[] {
    const spoken = this.teams.map((team) => team.language);
    return [...new Set([...(this.plan?.languages ?? []), ...spoken])];
  }

  /** Languages of the teams that somebody addresses. */
  spoken(wanted: InjectAudience): string[] {
    return [...new Set(addressed(wanted, this.teams).map((team) => team.language))];
  }

  inject(id: string): Inject | undefined {
    return this.injects.find((inject) => inject.id === id);
  }

  injectTitle(id: string): string {
    return tx(this.inject(id)?.content.title ?? this.plan?.injects.find((inject) => inject.id === id)?.content.title) || id;
  }

  personaName(id: string): string {
    return tx(this.plan?.personas?.find((one) => one.id === id)?.name) || id;
  }

  /** What comes by itself, in words. */
  comingTitle(what: Coming): string {
    switch (what.kind) {
      case 'inject':
        return this.injectTitle(what.inject);
      case 'phase':
        return t('coming_phase', { title: tx(this.plan?.phases.find((phase) => phase.id === what.phase)?.title) || what.phase });
      case 'break': {
        const title = tx(this.plan?.breaks?.find((pause) => pause.id === what.break)?.title) || what.break;
        return t('coming_break', { title, length: duration(what.length) });
      }
      case 'line_cut':
        return t('kind_link_cut');
      case 'line_restored':
        return t('kind_link_restored');
    }
  }

  teamName(id: string | null | undefined): string {
    return (id && this.live.cards.get('team', id)?.name) || (id ?? '');
  }

  #agenda = $derived.by(() => agendaByInject(this.live.cards.value('agenda')?.items ?? [], this.teams.map((team) => team.team)));

  /** Plan time at which an inject falls due for a team by itself. */
  due(inject: string, team: string): number | null {
    return this.#agenda.get(inject)?.get(team) ?? null;
  }

  /** Wall milliseconds until a plan time on a team's clock. */
  left(team: string, planTime: number): number | null {
    const clock = this.live.clockValue(team);
    return clock ? ((planTime - read(clock, this.live.clock.now).plan) * 1000) / clock.rate : null;
  }

  stateAt(inject: Inject, team: TeamCard): InjectState | null {
    return injectState({
      addressed: audience(inject, [team]).length > 0,
      on: inject.trigger.on,
      left: () => {
        const due = this.due(inject.id, team.team);
        return due === null ? null : this.left(team.team, due);
      },
      answer: this.responses(inject.id, team.team)[0],
      asks: (inject.content.form?.fields.length ?? 0) > 0,
      has: (card) => this.#has(card, inject.id, team.team),
    });
  }

  states(inject: Inject): TeamStates {
    return this.teams.map((team) => [team.team, this.stateAt(inject, team)] as const);
  }

  words: Words = {
    say: t,
    inject: (id) => this.injectTitle(id),
    flag: (id) => tx(this.plan?.flags?.find((flag) => flag.id === id)?.title) || id,
    option: (inject, field, option) => {
      const kind = this.inject(inject)?.content.form?.fields.find((one) => one.id === field)?.kind;
      const found = kind && 'options' in kind ? kind.options.find((one) => one.id === option) : undefined;
      return tx(found?.label) || option;
    },
  };

  /** Revisions of a team's answer, the official one first. */
  responses(inject: string, team: string): CardOf<'response'>[] {
    const found: CardOf<'response'>[] = [];
    const extended = this.live.cards.get('extended', inject, team);
    for (let revision = 1; ; revision += 1) {
      const card = this.live.cards.get('response', inject, team, revision);
      if (!card) return found.sort(officialFirst);
      found.push(counted(card, extended));
    }
  }

  /** When an inject first came to a team, as far as anybody noted it. */
  reached(inject: string, team: string): number | null {
    const { cards } = this.live;
    const first = [cards.get('delivered', inject, team), cards.get('opened', inject, team), cards.get('acknowledged', inject, team), cards.get('response', inject, team, 1)];
    return first.find((card) => card !== undefined)?.at ?? null;
  }

  online(team: string): number {
    return this.live.cards.value('presence', team)?.online.length ?? 0;
  }

  #has(card: Parameters<Known['has']>[0], inject: string, team: string): boolean {
    if (card === 'proposed') return this.live.cards.get('missed', inject, team)?.proposed ?? false;
    return this.live.cards.get(card, inject, team) !== undefined;
  }
}
