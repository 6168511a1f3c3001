/** The marking desk: what waits for this evaluator, which answer is open, and the way of a mark to the server. */
import { get, inExercise } from '../api/client';
import type { Act, MarkingDesk, Paper, Question } from '../api/names';
import { announce } from '../frame/announce.svelte';
import { refusal, trouble } from '../frame/refusal';
import { language, t } from '../language/language.svelte';
import type { Live } from '../live/live.svelte';
import { afterLevel, isComplete, levelsOf, needsFeedback, nextWaiting, type Levels } from './flow';

/** Rows of the log after which there may be other papers, or the same ones with other marks. */
const NEWS = new Set(['response_submitted', 'answer_marked', 'mark_withdrawn', 'answer_moderated', 'marking_policy_set', 'marking_assigned', 'inject_recalled', 'scores_released', 'part_erased', 'exercise_ended']);
const SETTLE = 700;
/** Whoever marks blind hears of nothing, so the desk asks now and then. */
const POLL = 20_000;
/** When so few are left of an inject, the next one is fetched. */
const SOON = 3;

export interface Sheet {
  question: Question;
  papers: Paper[];
}
type Sent = { inject: string; team: string };

export class Desk {
  about = $state.raw<MarkingDesk | null>(null);
  failed = $state('');
  /** Refused marks, newest last: the answer waits again. */
  refused = $state.raw<(Sent & { words: string })[]>([]);
  inject = $state<string | null>(null);
  team = $state<string | null>(null);
  levels = $state.raw<Levels>({});
  feedback = $state('');
  criterion = $state(0);
  /** Where the focus belongs after a step: the page moves it there. */
  step = $state.raw<{ to: 'criterion' | 'feedback' } | null>(null);
  /** On the way to the next answer: a level that is typed now is for no answer that anybody has read. */
  moving = false;
  #sheets = $state.raw<Record<string, Sheet>>({});
  #done: Sent[] = [];
  /** Acts on their way, by answer: what they say goes before what the server says. */
  #onTheWay = new Map<string, number>();
  #fetching = new Map<string, Promise<void>>();
  #seen = 0;

  constructor(private readonly live: Live) {}

  get sheet(): Sheet | null {
    return (this.inject && this.#sheets[this.inject]) || null;
  }

  get index(): number {
    return this.sheet?.papers.findIndex((paper) => paper.team === this.team) ?? -1;
  }

  get paper(): Paper | null {
    return this.sheet?.papers[this.index] ?? null;
  }

  get mayUndo(): boolean {
    return this.paper?.mine !== null || this.#done.length > 0;
  }

  /** Answers marked, and all that this reader marks. */
  progress = $derived.by(() => {
    const lines = this.about?.progress ?? [];
    const sum = (what: 'marked' | 'waiting') => lines.reduce((all, line) => all + line[what], 0);
    return { done: sum('marked'), all: sum('marked') + sum('waiting') };
  });

  /** Follows the exercise; the returned function stops. */
  start(): () => void {
    void this.refresh().then(() => this.open());
    const poll = setInterval(() => document.hidden || void this.refresh(), POLL);
    return () => clearInterval(poll);
  }

  /** Looks whether rows came that make a difference here. */
  noteNews(frames: readonly { seq: number; kind: string; cards: readonly { key: string }[] }[]): void {
    const last = frames.at(-1)?.seq ?? 0;
    // One's own marks are here already.
    const own = `/${this.live.reader?.person ?? ''}`;
    const isNews = (frame: (typeof frames)[number]) => NEWS.has(frame.kind) && !(frame.cards.length > 0 && frame.cards.every((card) => card.key.startsWith('mark/') && card.key.endsWith(own)));
    const fresh = frames.filter((frame) => frame.seq > this.#seen && isNews(frame));
    this.#seen = Math.max(this.#seen, last);
    if (fresh.length === 0 || this.#settling) return;
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      if (this.#onTheWay.size === 0) void this.refresh();
    }, SETTLE);
  }
  #settling: ReturnType<typeof setTimeout> | undefined;

  /** Asks how far everything is, and reads the open inject again if that has changed. */
  async refresh(whole = false): Promise<void> {
    try {
      const about = await get<MarkingDesk>(this.#path({ papers: 'false' }));
      const before = this.about;
      if (this.#onTheWay.size > 0) return;
      this.about = about;
      this.failed = '';
      for (const line of about.progress) {
        const was = before?.progress.find((one) => one.inject === line.inject);
        const same = !whole && was && was.papers === line.papers && was.waiting === line.waiting && was.marked === line.marked;
        if (this.#sheets[line.inject] && !same) await this.#fetch(line.inject);
      }
    } catch (error) {
      this.failed = trouble(error);
    }
  }

  /** After a failure. */
  async again(): Promise<void> {
    await this.refresh(true);
    if (!this.inject) await this.open();
  }

  /** Reads everything again in another language. */
  async speak(): Promise<void> {
    const open = this.inject;
    this.#sheets = {};
    await this.refresh();
    if (open) await this.#fetch(open);
  }

  /** Opens an answer: the one named, else the first that waits. */
  async open(inject?: string, team?: string): Promise<void> {
    const lines = this.about?.progress ?? [];
    const chosen = inject ?? lines.find((line) => line.waiting > 0)?.inject ?? lines[0]?.inject;
    if (!chosen) return;
    if (!this.#sheets[chosen]) await this.#fetch(chosen);
    const sheet = this.#sheets[chosen];
    if (!sheet) return;
    this.inject = chosen;
    this.#show(sheet, team ?? sheet.papers[nextWaiting(sheet.papers, -1) ?? 0]?.team ?? null);
  }

  /** The answer before or behind the present one, whether or not it waits. */
  turn(by: 1 | -1): void {
    const papers = this.sheet?.papers ?? [];
    if (this.sheet && papers.length > 0) this.#show(this.sheet, papers[(this.index + by + papers.length) % papers.length]?.team ?? null);
  }

  /** Gives the present criterion a level, and goes where that leads. */
  level(level: number, at = this.criterion): void {
    const { sheet, paper } = this;
    if (!sheet || !paper || !this.about?.may_mark || this.moving) return;
    const line = sheet.question.criteria[at];
    if (!line) return;
    this.levels = { ...this.levels, [line.criterion]: level };
    const next = afterLevel(sheet.question.criteria, this.levels, at, this.feedback);
    if (next.go === 'send') void this.send();
    else {
      if (next.go === 'criterion') this.criterion = next.index;
      this.step = { to: next.go };
    }
  }

  /** Sends the mark, and goes on without waiting for the line. */
  async send(): Promise<void> {
    const { sheet, paper, levels } = this;
    const feedback = this.feedback.trim();
    if (!sheet || !paper || !this.about?.may_mark || this.moving) return;
    const { criteria } = sheet.question;
    if (!isComplete(criteria, levels)) {
      this.criterion = criteria.findIndex((line) => levels[line.criterion] === undefined);
      this.step = { to: 'criterion' };
      return;
    }
    if (needsFeedback(criteria, levels) && feedback === '') {
      this.step = { to: 'feedback' };
      return;
    }
    const sent = { inject: paper.inject, team: paper.team };
    const before = paper;
    this.refused = this.refused.filter((one) => !isSame(one, sent));
    this.#put({ ...paper, waiting: false, there: paper.there + (paper.mine ? 0 : 1), mine: { revision: paper.revision, levels, feedback: feedback ? { part: '', text: feedback } : null } });
    this.#done = [...this.#done.filter((one) => !isSame(one, sent)), sent];
    const sending = this.#ask({ type: 'mark', ...sent, levels, feedback: feedback || null }, before);
    await this.#forward();
    await sending;
  }

  /** Takes the reader's last mark back, and opens that answer. */
  async undo(): Promise<void> {
    const last = this.paper?.mine && !this.#done.some((one) => this.paper && isSame(one, this.paper)) ? { inject: this.paper.inject, team: this.paper.team } : this.#done.pop();
    if (!last) return;
    this.#done = this.#done.filter((one) => !isSame(one, last));
    await this.open(last.inject, last.team);
    const { paper } = this;
    if (!paper?.mine) return;
    const kept = { levels: paper.mine.levels, feedback: paper.mine.feedback?.text ?? '' };
    this.#put({ ...paper, waiting: true, there: Math.max(0, paper.there - 1), mine: null });
    this.levels = kept.levels;
    this.feedback = kept.feedback;
    this.criterion = 0;
    this.step = { to: 'criterion' };
    announce(t('mark_undone'));
    await this.#ask({ type: 'withdraw_mark', ...last }, paper);
  }

  async #forward(): Promise<void> {
    const { sheet } = this;
    if (!sheet) return;
    this.moving = true;
    const next = nextWaiting(sheet.papers, this.index);
    const lines = this.about?.progress ?? [];
    const here = lines.findIndex((line) => line.inject === this.inject);
    const other = [...lines.slice(here + 1), ...lines.slice(0, Math.max(0, here))].find((line) => line.waiting > 0);
    if (sheet.papers.filter((paper) => paper.waiting).length <= SOON && other && !this.#sheets[other.inject]) void this.#fetch(other.inject);
    if (next !== null) this.#show(sheet, sheet.papers[next]?.team ?? null);
    else if (other) await this.open(other.inject);
    else announce(t('mark_all_done'));
    this.moving = false;
  }

  #show(sheet: Sheet, team: string | null): void {
    this.team = team;
    const { paper } = this;
    this.levels = paper ? levelsOf(sheet.question, paper) : {};
    this.feedback = paper?.mine?.feedback?.text ?? '';
    this.criterion = 0;
    this.step = { to: 'criterion' };
  }

  async #ask(act: Act, before: Paper): Promise<void> {
    const key = `${before.inject}/${before.team}`;
    this.#onTheWay.set(key, (this.#onTheWay.get(key) ?? 0) + 1);
    const outcome = await this.live.act(act);
    const left = (this.#onTheWay.get(key) ?? 1) - 1;
    if (left > 0) this.#onTheWay.set(key, left);
    else this.#onTheWay.delete(key);
    if (outcome.ok) return;
    this.#put(before);
    this.refused = [...this.refused, { inject: before.inject, team: before.team, words: refusal(outcome) }];
  }

  /** Puts a paper in place of the one of the same answer, and counts anew. */
  #put(paper: Paper): void {
    const sheet = this.#sheets[paper.inject];
    if (!sheet) return;
    const papers = sheet.papers.map((one) => (one.team === paper.team ? paper : one));
    this.#take(paper.inject, { question: sheet.question, papers });
  }

  #take(inject: string, sheet: Sheet): void {
    this.#sheets = { ...this.#sheets, [inject]: sheet };
    if (!this.about) return;
    const marked = sheet.papers.filter((paper) => paper.mine?.revision === paper.revision).length;
    const waiting = sheet.papers.filter((paper) => paper.waiting).length;
    const progress = this.about.progress.map((line) => (line.inject === inject ? { ...line, papers: sheet.papers.length, marked, waiting } : line));
    this.about = { ...this.about, progress };
  }

  /** Reads the answers to an inject; a second wish waits for the first. */
  #fetch(inject: string): Promise<void> {
    const under = this.#fetching.get(inject);
    if (under) return under;
    const fetched = this.#read(inject).finally(() => this.#fetching.delete(inject));
    this.#fetching.set(inject, fetched);
    return fetched;
  }

  async #read(inject: string): Promise<void> {
    try {
      const { questions, papers } = await get<MarkingDesk>(this.#path({ inject }));
      const [question] = questions;
      if (!question) return;
      // What is on its way is newer than what the server has told.
      const held = this.#sheets[inject]?.papers ?? [];
      const merged = papers.map((paper) => (this.#onTheWay.has(`${inject}/${paper.team}`) ? (held.find((one) => one.team === paper.team) ?? paper) : paper));
      this.#take(inject, { question, papers: merged });
      this.failed = '';
    } catch (error) {
      this.failed = trouble(error);
    }
  }

  #path(query: Record<string, string>): string {
    return inExercise(this.live.exercise, this.live.seat, '/marking', { ...query, language: language() });
  }
}

const isSame = (one: Sent, other: Sent) => one.inject === other.inject && one.team === other.team;
