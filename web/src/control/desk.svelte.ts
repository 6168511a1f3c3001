/** Which dialog is open, which inject is looked at, and the one place that says so. */
import type { Inject } from '../api/names';
import type { Action } from './acts';

/** How an inject in the editor came to be. */
export type Writing = { how: 'new' | 'clone' | 'correction' | 'amend'; inject: Inject };

/** Ways to move time that are previewed. */
export type Movement = { what: 'jump' | 'shift' } | { what: 'realign'; team: string };

export type Opened =
  | { what: 'start' | 'pause' | 'end' | 'cancel' | 'speed' | 'fit' | 'schedule' | 'phone' | 'help' | 'reentry' }
  | { what: 'pause_team' | 'cut_link' | 'give_back'; team: string }
  | Movement
  | { what: 'act'; action: Action; inject: string; teams: string[] }
  | { what: 'recalled'; inject: string; teams: string[] }
  | { what: 'write'; writing: Writing }
  | { what: 'test'; inject: string }
  | { what: 'phone_for'; inject: string; team: string }
  | { what: 'all_missed'; action: 'release' | 'skip' }
  | { what: 'cell'; inject: string; team: string };

export type Middle = 'ready' | 'board' | 'injects' | 'readers' | 'flags' | 'teams' | 'people' | 'feed';
export type Side = 'talk' | 'coming' | 'requests' | 'staff' | 'notes';
/** What a small screen shows of the three. */
export type Section = 'run' | 'middle' | 'side';

export class Desk {
  opened = $state.raw<Opened | null>(null);
  inject = $state<string | null>(null);
  middle = $state<Middle>('board');
  side = $state<Side>('talk');
  section = $state<Section>('run');

  open(opened: Opened): void {
    this.opened = opened;
  }

  close(): void {
    this.opened = null;
  }

  show(middle: Middle): void {
    this.middle = middle;
    this.section = 'middle';
  }

  beside(side: Side): void {
    this.side = side;
    this.section = 'side';
  }

  look(inject: string | null): void {
    this.inject = inject;
    this.show('injects');
  }
}
