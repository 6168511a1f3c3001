/** A command by a request of its own, where no frame can hold it: the same key, and the same answers as over the line. */
import { inExercise, post, Problem } from '../api/client';
import type { Act, CommandAccepted } from '../api/names';
import type { Outcome } from './outbox';

/** Whoever answers so has not said whether the command was done: the line, or something on the way to the server. */
const UNSAID = new Set([0, 408, 425, 429, 502, 503, 504]);
/** Codes of the server's own "not now". */
const NOT_NOW = new Set(['unavailable', 'taken_over']);

export async function byRequest(exercise: string, seat: string, command: { key: string; act: Act }, signal: AbortSignal): Promise<Outcome> {
  try {
    const { seq } = await post<CommandAccepted>(inExercise(exercise, seat, '/commands'), command, signal);
    return { ok: true, seq };
  } catch (problem) {
    return refused(problem);
  }
}

function refused(problem: unknown): Outcome {
  // An answer that is none comes from a portal or a proxy.
  if (!(problem instanceof Problem)) return { ok: false, code: 'unreachable', message: '' };
  const { code, status, message, values } = problem;
  if (status === 413) return { ok: false, code: 'too_large', message };
  if (UNSAID.has(status) && !NOT_NOW.has(code)) return { ok: false, code: 'unreachable', message };
  return { ok: false, code, message, values };
}
