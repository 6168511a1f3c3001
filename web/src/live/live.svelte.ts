/** One seat's live view for components: connection, cards, clock and the one way to act. */
import { get, inExercise, Problem, socketUrl } from '../api/client';
import type { Act, Seat, ServerFrame } from '../api/names';
import { language, learnRefusals } from '../language/language.svelte';
import { ServerClock } from './clock.svelte';
import { Outbox, type Outcome } from './outbox';
import { LiveSocket, type Connection, type Line } from './socket';
import { View } from './view.svelte';

type Frame = Extract<ServerFrame, { type: 'frame' }>;
const KEPT_FRAMES = 300;

export class Live extends View {
  readonly clock = new ServerClock();
  connection = $state<Connection>('connecting');
  queued = $state(0);
  /** The seat is not, or no longer, this browser's. */
  refused = $state(false);
  /** Rows that came since the page was opened, newest last. */
  frames = $state.raw<Frame[]>([]);
  readonly #socket: LiveSocket;

  constructor(exercise: string, seat: string) {
    super(exercise, seat);
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

  async act(act: Act): Promise<Outcome> {
    const outcome = await this.#socket.act(act);
    if (!outcome.ok) await learnRefusals();
    return outcome;
  }

  writing(inject: string, active: boolean): void {
    this.#socket.writing(inject, active);
  }

  speak(language: string): void {
    this.#socket.speak(language);
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
