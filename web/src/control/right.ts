/** What is right in a field, in words. Pure. */
import type { AnswerKey } from '../api/names';
import { utcDate } from '../text/format';

/** Each right answer; one that has part of the credit with its share. */
export function rightWords(key: AnswerKey, label: (id: string) => string): string[] {
  const withShare = (words: string, permille: number) => (permille === 1000 ? words : `${words} (${permille / 10} %)`);
  if ('set' in key) return key.set.map(label);
  if ('options' in key) return Object.entries(key.options).map(([id, permille]) => withShare(label(id), permille));
  if ('indicators' in key) return key.indicators;
  if ('texts' in key) return Object.entries(key.texts).map(([text, permille]) => withShare(text, permille));
  if ('times' in key) return [`${utcDate(key.times.first)} – ${utcDate(key.times.last)}`];
  const { least, most, near } = key.range;
  const full = least === most ? least : `${least} – ${most}`;
  return near ? [full, withShare(`${near.least} – ${near.most}`, near.credit_permille)] : [full];
}
