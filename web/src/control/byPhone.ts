/** What of an inject may be typed in for a team that cannot reach the server. Pure. */
import type { Inject } from '../api/names';

/** What came from the team by phone or paper, or was read to it. */
export type Came = 'answer' | 'acknowledgement' | 'read';

/** The likeliest first. What reached a team cannot be read to it any more: it counts as delivered already. */
export function mayCome(form: Inject['content']['form'], reached: boolean): Came[] {
  return [
    ...(form && form.fields.length > 0 ? (['answer'] as const) : []),
    ...(form?.acknowledge ? (['acknowledgement'] as const) : []),
    ...(reached ? [] : (['read'] as const)),
  ];
}
