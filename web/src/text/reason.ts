/** Why an item has its points, in words. */
import type { Reason } from '../api/names';
import { language, t } from '../language/language.svelte';
import { listOf } from './format';

export function reasonWords(reason: Reason, options: readonly { id: string; label: string }[] = []): string {
  const words = plain(reason, options);
  return 'late' in reason && reason.late ? `${words} ${t('reason_late')}` : words;
}

function plain(reason: Reason, options: readonly { id: string; label: string }[]): string {
  switch (reason.why) {
    case 'right':
      return t('reason_right');
    case 'partial':
      return t('reason_partial', { percent: reason.credit_permille / 10 });
    case 'overlap':
      return t('reason_overlap', { matched: reason.matched, missing: reason.missing, extra: reason.extra });
    case 'wrong': {
      const chosen = reason.chosen.map((id) => options.find((option) => option.id === id)?.label ?? id);
      return t('reason_wrong', { chosen: listOf(chosen, language()) });
    }
    case 'not_yet_marked':
      return t('reason_not_yet_marked');
    case 'left_empty':
      return t('reason_left_empty');
    case 'not_answered':
      return t('reason_not_answered');
    case 'recalled':
      return t('reason_recalled');
    case 'excused':
      return t('reason_excused', { because: reason.because });
    case 'open':
      return t('reason_open');
  }
}
