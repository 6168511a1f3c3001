/** A refusal in the reader's language, else in the server's words; each says what to do instead. */
import { Problem } from '../api/client';
import { known, says, t } from '../language/language.svelte';
import type { Outcome } from '../live/outbox';
import { duration, planTime, utcTime } from '../text/format';
import { SAME } from './refusals';

type Values = Record<string, string>;

export function refusal(outcome: Exclude<Outcome, { ok: true }>): string {
  return words(outcome.code, outcome.message, outcome.values);
}

export function trouble(error: unknown): string {
  return error instanceof Problem ? words(error.code, error.message, error.values) : t('failed');
}

function words(code: string, message: string, values: Values = {}): string {
  const key = SAME[code] ?? code;
  if (says(`refused_${key}`)) return known('refused', key, readable(values)) + (DETAILED.has(code) ? ` ${message}` : '');
  return message ? `${t('failed')} ${message.charAt(0).toUpperCase()}${message.slice(1)}` : t('failed');
}

/** Where the server's sentence names lines and places that no other words can. */
const DETAILED = new Set(['bad_scenario']);

/** The values of the wire as people read them. */
function readable(values: Values): Values {
  const { at, now, most } = values;
  return {
    ...values,
    ...(at && { time: utcTime(Number(at)) }),
    ...(now && { now: planTime(Number(now)) }),
    ...(most && { most: duration(Number(most)) }),
  };
}
