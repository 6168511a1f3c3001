/** One seat's live view for components: connection, cards, clock and the one way to act. */
import { getContext, setContext } from 'svelte';
import { get, inExercise, Problem, socketUrl } from '../api/client';
import type { Act, ClockValue, Reader, Seat, ServerFrame } from '../api/names';
import { language } from '../language/language.svelte';
import { Cards } from './cards.svelte';
import { ServerClock } from './clock.svelte';
import { Outbox, type Outcome } from './outbox';
import { read } from './reading';
import { LiveSocket, type Connection, type Line } from './socket';

type Frame = Extract<ServerFrame, { type: 'frame' }>;
const KEPT_FRAMES = 300;

export class Live {
  readonly cards = new Cards();
  readonly clock = new ServerClock();
  connection = $state<Connection>('connecting');
  queued = $state(0);
  reader = $state.raw<Reader | null>(null);
  /** The seat is not, or no longer, this browser's. */
  refused = $state(false);
  /** Rows that came since the page was opened, newest last. */
  frames = $state.raw<Frame[]>([]);
  readonly #socket: LiveSocket;

  constructor(
    readonly exercise: string,
    readonly seat: string,
  ) {
    const outbox = new Outbox(seat, (length) => (this.queued = length));
    this.#socket = new LiveSocket(
      {
        open: () => new WebSocket(socketUrl(exercise, seat)) as Line,
        now: () => this.clock.now,
        random: Math.random,
        after: (milliseconds, task) => {
          const timer = setTimeout(task, milliseconds);
          return () => clearTimeout(timer);
        },
      },
      outbox,
      {
        frame: (frame) => this.#take(frame),
        connection: (state) => (this.connection = state),
        revoked: () => (this.refused = true),
        neverOpened: (failures) => void this.#checkSeat(failures),
      },
      language(),
    );
  }

  /** Connects; the returned function hangs up. */
  start(): () => void {
    const hurry = () => this.#socket.hurry();
    addEventListener('online', hurry);
    this.#socket.start();
    return () => {
      removeEventListener('online', hurry);
      this.#socket.stop();
      this.clock.stop();
    };
  }

  act(act: Act): Promise<Outcome> {
    return this.#socket.act(act);
  }

  writing(inject: string, active: boolean): void {
    this.#socket.writing(inject, active);
  }

  speak(language: string): void {
    this.#socket.speak(language);
  }

  get exerciseCard() {
    return this.cards.get('exercise');
  }

  /** The reader's team, if the seat is in one. */
  get team(): string | null {
    return this.reader?.team ?? null;
  }

  /** The clock that counts for the reader, or that of a named team. */
  clockValue(team: string | null = this.team): ClockValue | undefined {
    return (team ? this.cards.value('clock', team) : undefined) ?? this.cards.value('clock');
  }

  /** Plan and active time now. */
  readings(team: string | null = this.team): { active: number; plan: number } | undefined {
    const value = this.clockValue(team);
    return value && read(value, this.clock.now);
  }

  /** Name of a person, where the reader may know it. */
  nameOf(person: string | null | undefined): string | null {
    return (person && this.cards.value('people')?.names[person]) || null;
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'reset':
      case 'welcome':
        if (frame.type === 'reset') {
          this.cards.reset(frame.cards);
          this.frames = [];
        }
        this.reader = frame.reader;
        this.clock.note(frame.server_time);
        for (const { key, value } of frame.values) this.cards.putValue(key, value);
        return;
      case 'frame':
        this.cards.put(frame.cards);
        this.frames = [...this.frames.slice(1 - KEPT_FRAMES), frame];
        return;
      case 'value':
        this.cards.putValue(frame.key, frame.value);
        return;
      case 'mark':
        this.clock.note(frame.server_time);
    }
  }

  /** A handshake gives no reason; asking for the seat over REST does. */
  async #checkSeat(failures: number): Promise<void> {
    if (failures % 4 !== 2) return;
    try {
      await get<Seat>(inExercise(this.exercise, this.seat, '/seat'));
    } catch (problem) {
      if (problem instanceof Problem && [401, 403, 404].includes(problem.status)) {
        this.refused = true;
        this.#socket.stop();
      }
    }
  }
}

const KEY = Symbol('live');
export const provideLive = (live: Live) => setContext(KEY, live);
export const useLive = () => getContext<Live>(KEY);
