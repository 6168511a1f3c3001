/** Why something has its points, in words. The words of scores must be there: `learnScores`, or a page of staff. */
import type { InjectScore, Outcome, Reason } from '../api/names';
import { language, t } from '../language/language.svelte';
import { duration, listOf } from './format';

export interface Judged {
  reason: Reason;
  credit_permille?: number | null | undefined;
}

/** Why a field has its credit. */
export function reasonWords({ reason, credit_permille }: Judged, options: readonly { id: string; label: string }[] = []): string {
  const percent = (credit_permille ?? 0) / 10;
  switch (reason.why) {
    case 'right':
      return t('reason_right');
    case 'partial':
      return t('reason_partial', { percent });
    case 'overlap':
      return t('reason_overlap', { matched: reason.matched, missing: reason.missing, extra: reason.extra, percent });
    case 'wrong': {
      const chosen = reason.chosen.map((id) => options.find((option) => option.id === id)?.label ?? id);
      return chosen.length > 0 ? t('reason_wrong', { chosen: listOf(chosen, language()) }) : t('reason_not_right');
    }
    case 'left_empty':
      return t('reason_left_empty');
    case 'by_people':
      return t('reason_by_people');
  }
}

/** Why an inject counts or does not. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.why) {
    case 'unmarked':
      return t('outcome_unmarked', { missing: outcome.missing });
    case 'excused':
    case 'excused_kept':
      return t(`outcome_${outcome.why}`, { because: outcome.because });
    default:
      return t(`outcome_${outcome.why}`);
  }
}

/** How soon an answer came, and what lateness and hints took off. */
export function timeWords(score: Pick<InjectScore, 'tau' | 'band' | 'late_permille' | 'hints_permille' | 'revision'>): string[] {
  const said: string[] = [];
  if (typeof score.revision === 'number') said.push(t('judged_revision', { revision: score.revision }));
  if (typeof score.tau === 'number') said.push(t('judged_after', { time: duration(score.tau) }) + (score.band ? ` (${t(`band_${score.band}`)})` : ''));
  if (score.late_permille < 1000) said.push(t('judged_late', { percent: score.late_permille / 10 }));
  if (score.hints_permille > 0) said.push(t('judged_hints', { percent: score.hints_permille / 10 }));
  return said;
}
