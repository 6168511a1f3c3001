/** How an answer is marked, level by level, and when it is done. Pure. */
import type { Paper, Question, RubricLine } from '../api/names';

export type Levels = Record<string, number>;

/** Up to this level a team is told what to do better. */
const FEEDBACK_UP_TO = 2;

/** What comes after a level was given: another criterion, a sentence for the team, or the next answer. */
export type Next = { go: 'criterion'; index: number } | { go: 'feedback' } | { go: 'send' };

/** Whether the team has to be told something in a sentence. */
export function needsFeedback(criteria: readonly RubricLine[], levels: Levels): boolean {
  return criteria.some((line) => line.critical) || Object.values(levels).some((level) => level <= FEEDBACK_UP_TO);
}

export function isComplete(criteria: readonly RubricLine[], levels: Levels): boolean {
  return criteria.every((line) => levels[line.criterion] !== undefined);
}

/** After the criterion at `index` got a level: the first one behind it without, then the first at all. */
export function afterLevel(criteria: readonly RubricLine[], levels: Levels, index: number, feedback: string): Next {
  const open = (line: RubricLine) => levels[line.criterion] === undefined;
  const behind = criteria.findIndex((line, at) => at > index && open(line));
  const any = behind >= 0 ? behind : criteria.findIndex(open);
  if (any >= 0) return { go: 'criterion', index: any };
  return needsFeedback(criteria, levels) && feedback.trim() === '' ? { go: 'feedback' } : { go: 'send' };
}

/** The level that canned remarks are for: the lowest that was given. */
export function lowest(levels: Levels): number | null {
  const given = Object.values(levels);
  return given.length > 0 ? Math.min(...given) : null;
}

/** The next paper that waits, behind the present one first and then from the beginning. */
export function nextWaiting(papers: readonly Paper[], after: number): number | null {
  const order = [...papers.keys()].sort((one, other) => rank(one, after) - rank(other, after) || one - other);
  return order.find((index) => papers[index]?.waiting) ?? null;
}

const rank = (index: number, after: number) => (index > after ? 0 : 1);

/** Levels from an earlier mark of the reader, as far as the rubric still has them. */
export function levelsOf(question: Question, paper: Paper): Levels {
  const given = paper.mine?.levels ?? {};
  return Object.fromEntries(question.criteria.flatMap((line) => (given[line.criterion] === undefined ? [] : [[line.criterion, given[line.criterion] as number]])));
}
