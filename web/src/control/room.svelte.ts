/** The control room at work: what is looked up, which dialog is open, and how acts go. */
import type { Act, Inject } from '../api/names';
import { known, t } from '../language/language.svelte';
import type { Live } from '../live/live.svelte';
import { recall, remember } from '../live/storage';
import { utcTime, zoneIsKnown } from '../text/format';
import { eligible, possible, type Action } from './acts';
import { Desk } from './desk.svelte';
import { Doing, Doings } from './doing.svelte';
import { ControlView } from './view.svelte';
import { zoneName } from './wallTime';

export class ControlRoom extends ControlView<Live> {
  readonly desk = new Desk();

  /** The zones in which a wall time may be meant, the likeliest first: that of the start is kept on this device. */
  get zones(): string[] {
    const key = `dh.zone.${this.live.exercise}`;
    const given = this.live.cards.get('scheduled')?.zone;
    if (given) remember(key, given);
    return [...new Set([given ?? recall(key), zoneName(), 'UTC'])].filter((zone) => zone !== null && zoneIsKnown(zone)) as string[];
  }

  /** For a control that says itself how its acts went. */
  newDoing(): Doing {
    return new Doing(this.live, (code, act) => this.#explain(code, act));
  }

  /** For controls that there is a list of. */
  newDoings(): Doings {
    return new Doings(() => this.newDoing());
  }

  /** What this person may do now with an inject. */
  actions(inject: Inject): Action[] {
    return this.mayRun ? possible(this.stage, this.states(inject), typeof inject.content.form?.deadline === 'number') : [];
  }

  /** Opens the dialog of an act for the teams that it fits. */
  ask(action: Action, inject: Inject): void {
    this.desk.open({ what: 'act', action, inject: inject.id, teams: eligible(action, this.states(inject)) });
  }

  /** What the server cannot say: who released it already, and when; when it was read; how a team is called. */
  #explain(code: string, act: Act): string | null {
    if (code === 'already_acknowledged' && act.type === 'deliver_for') {
      const reached = this.reached(act.inject, act.team);
      return reached === null ? null : t('read_already', { time: utcTime(reached) });
    }
    // The server names the team by its id.
    if (act.type === 'credit_outage' && ['not_absent', 'already_credited'].includes(code)) return known('refused', code, { team: this.teamName(act.team) });
    if (code !== 'already_released' || !('inject' in act) || !act.inject) return null;
    const id = typeof act.inject === 'string' ? act.inject : act.inject.id;
    const last = this.live.cards.list('released').filter((card) => card.inject === id).sort((a, b) => b.at - a.at)[0];
    if (!last) return null;
    return t('already_released_by', { inject: this.injectTitle(id), name: this.live.nameOf(last.by) ?? t('by_itself'), time: utcTime(last.at) });
  }
}
