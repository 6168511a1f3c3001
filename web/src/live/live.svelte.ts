/** One seat's live view for components: connection, cards, clock and the one way to act. */
import { get, inExercise, Problem, socketUrl } from '../api/client';
import type { Act, Seat, ServerFrame } from '../api/names';
import { language, learnRefusals, says } from '../language/language.svelte';
import { byRequest } from './byRequest';
import { ServerClock } from './clock.svelte';
import { Outbox, type Outcome } from './outbox';
import { keepSeen, recallSeen } from './lastSeen';
import { Probe } from './probe';
import { LiveSocket, type Connection, type Line } from './socket';
import { View } from './view.svelte';

type Frame = Extract<ServerFrame, { type: 'frame' }>;
const KEPT_FRAMES = 300;
/** A line that says nothing for so long after a page was opened may be gone. */
const LATE = 4_000;

export class Live extends View {
  readonly clock = new ServerClock();
  connection = $state<Connection>('connecting');
  queued = $state(0);
  /** The seat is not, or no longer, this browser's. */
  refused = $state(false);
  /** Rows that came since the page was opened, newest last. */
  frames = $state.raw<Frame[]>([]);
  /** When what is shown was true, while it is only what this tab showed before it was loaded again. */
  oldSince = $state<number | null>(null);
  readonly #socket: LiveSocket;
  /** Staff look at lines before the start; in play nothing is sent for that. */
  readonly #probe = new Probe(
    (n, measured) => this.#socket.probe(n, measured),
    () => this.cards.get('started') === undefined,
  );

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
        request: (command, signal) => byRequest(exercise, seat, command, signal),
      },
      outbox,
      {
        frame: (frame) => this.#take(frame),
        connection: (state) => this.#connected(state),
        revoked: () => this.#refuse(),
        neverOpened: (failures) => {
          this.#recall();
          void this.#checkSeat(failures);
        },
      },
      language(),
    );
  }

  /** Connects; the returned function hangs up. */
  start(): () => void {
    const hurry = () => this.#socket.hurry();
    const keep = () => this.#keep();
    addEventListener('online', hurry);
    addEventListener('pagehide', keep);
    const late = setTimeout(() => this.#recall(), LATE);
    this.#socket.start();
    return () => {
      removeEventListener('online', hurry);
      removeEventListener('pagehide', keep);
      clearTimeout(late);
      this.#probe.stop();
      this.#socket.stop();
      this.clock.stop();
    };
  }

  async act(act: Act): Promise<Outcome> {
    const outcome = await this.#socket.act(act);
    // Words that are here already, as those for a line that is down, are not fetched over it.
    if (!outcome.ok && !says(`refused_${outcome.code}`)) await learnRefusals();
    return outcome;
  }

  writing(inject: string, active: boolean): void {
    this.#socket.writing(inject, active);
  }

  speak(language: string): void {
    this.#socket.speak(language);
  }

  /** Tells staff how much came through of a small download. */
  tellBandwidth(bandwidth: number): void {
    this.#probe.tell(bandwidth);
  }

  #connected(state: Connection): void {
    const came = state === 'live' && this.connection !== 'live';
    this.connection = state;
    if (came && this.team) this.#probe.send();
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'reset':
      case 'welcome':
        if (frame.type === 'reset') {
          this.cards.reset(frame.cards);
          this.frames = [];
        }
        this.oldSince = null;
        this.reader = frame.reader;
        this.clock.note(frame.server_time);
        if (frame.type === 'reset') this.cards.resetValues(frame.values);
        else for (const { key, value } of frame.values) this.cards.putValue(key, value);
        return;
      case 'probe':
        this.#probe.answered(frame.n);
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

  #recall(): void {
    const seen = this.reader || this.refused ? null : recallSeen(this.seat);
    if (!seen) return;
    this.cards.reset(seen.cards);
    this.cards.resetValues(seen.values);
    this.reader = seen.reader;
    this.oldSince = seen.at;
  }

  #keep(): void {
    if (this.refused || !this.reader) return;
    keepSeen(this.seat, { at: this.oldSince ?? this.clock.now, reader: this.reader, ...this.cards.all() });
  }

  #refuse(): void {
    this.refused = true;
    keepSeen(this.seat, null);
  }

  /** A handshake gives no reason; asking for the seat over REST does. */
  async #checkSeat(failures: number): Promise<void> {
    if (failures % 4 !== 2) return;
    try {
      await get<Seat>(inExercise(this.exercise, this.seat, '/seat'));
    } catch (problem) {
      if (problem instanceof Problem && [401, 403, 404].includes(problem.status)) {
        this.#refuse();
        this.#socket.stop();
      }
    }
  }
}
