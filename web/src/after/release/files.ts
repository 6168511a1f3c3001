/** Where the files of a version of the report are fetched. Pure. */
import { BASE, inExercise } from '../../api/client';
import type { ReportVersion } from '../../api/names';

export const FORMATS = ['html', 'csv', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];
/** What the routes call a version. */
const READERS = { team: 'team', national_brief: 'brief', community: 'community', public: 'public' } as const;

export const VERSIONS = Object.keys(READERS) as ReportVersion[];
export const readersOf = (version: ReportVersion) => READERS[version];
/** Whether there is one for each team. */
export const isOfTeam = (version: ReportVersion): boolean => version === 'team' || version === 'national_brief';

/** `at` is the last row of the log that it tells of, where that is not the newest. */
export function fileOf(format: Format | 'pdf', exercise: string, seat: string, readers: string, language: string, team?: string | null, at?: number): string {
  const query = { for: readers, language, ...(team && { team }), ...(at !== undefined && { at }) };
  return BASE + inExercise(exercise, seat, format === 'json' ? '/report' : `/report.${format}`, query);
}
