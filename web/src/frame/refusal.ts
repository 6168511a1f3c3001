/** A refusal in the reader's language where the code is known, else in the server's words. */
import { Problem } from '../api/client';
import { t, known } from '../language/language.svelte';
import type { Outcome } from '../live/outbox';

const CODES = new Set(['forbidden', 'wrong_stage', 'no_teams', 'team_exists', 'bad_team_id', 'time_in_past', 'field_missing', 'text_too_long', 'too_large', 'already_released', 'already_paused', 'not_paused', 'not_suspended', 'future_time', 'wrong_credentials', 'unreachable', 'unknown_link', 'link_used_up', 'no_addressee', 'no_alias', 'unknown_alias', 'link_down', 'call_open', 'open_calls', 'unanswered_calls', 'not_live', 'line_lost', 'unavailable']);

export function refusal(outcome: Exclude<Outcome, { ok: true }>): string {
  return words(outcome.code, outcome.message);
}

export function trouble(error: unknown): string {
  return error instanceof Problem ? words(error.code, error.message) : t('failed');
}

function words(code: string, message: string): string {
  if (CODES.has(code)) return known('refused', code);
  return message ? `${t('failed')} ${message.charAt(0).toUpperCase()}${message.slice(1)}` : t('failed');
}
