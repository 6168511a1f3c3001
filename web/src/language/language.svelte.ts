/**
 * The interface's language and its messages. One catalogue is loaded at a time; reading a message
 * in a component follows a change of language.
 */
import type en from '../../messages/en.json';
import type accountEn from '../../messages/account/en.json';
import type afterEn from '../../messages/after/en.json';
import type answerEn from '../../messages/answer/en.json';
import type dayEn from '../../messages/day/en.json';
import type doorEn from '../../messages/door/en.json';
import type judgedEn from '../../messages/judged/en.json';
import type staffEn from '../../messages/staff/en.json';
import { recall, remember } from '../live/storage';
import { choose, directionOf, pick, type Language } from './languages';
import { ACCOUNT, AFTER, ANSWER, BESIDE_TEAM, COMMON, DAY, DOOR, JUDGED, REFUSED, STAFF, type Catalogue, type Loaders } from './loaders';

export type MessageKey = keyof typeof en | keyof typeof accountEn | keyof typeof afterEn | keyof typeof answerEn | keyof typeof dayEn | keyof typeof doorEn | keyof typeof judgedEn | keyof typeof staffEn;
type Values = Record<string, string | number>;

const STORED = 'dh.language';

class Reading {
  language = $state<Language>('en');
  catalogue = $state.raw<Catalogue>({});
  /** What was loaded beside what every page says. */
  more = new Set<Loaders>();
}
const reading = new Reading();

/** The language chosen on this device, or else what the browser asks for. */
export function preferred(): Language {
  return choose([recall(STORED), ...navigator.languages]);
}

/** Loads a language and shows everything in it; `staff` also loads what the team's page never says. */
export async function show(language: Language, staff = false): Promise<void> {
  if (staff) for (const loaders of [STAFF, ANSWER, JUDGED, DOOR]) reading.more.add(loaders);
  const loaders = [COMMON, ...reading.more];
  const catalogues = await Promise.all(loaders.map((loader) => loader[language]()));
  // Words that were learnt meanwhile are wanted in this language, too.
  if (reading.more.size >= loaders.length) return show(language);
  reading.catalogue = Object.assign({}, ...catalogues.map((one) => one.default)) as Catalogue;
  reading.language = language;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/** Fetches the words of refusals, before the first is told; without a line the server's words must do. */
export const learnRefusals = () => learn(REFUSED).catch(() => undefined);

/** Fetches the words of forms, before the first is shown. */
export const learnForms = () => learn(ANSWER);

/** Fetches the words of scores, before the first is shown. */
export const learnScores = () => learn(JUDGED);

/** Fetches the words of the page for the time after play. */
export const learnAfter = () => learn(AFTER);

/** Fetches the words of the door. */
export const learnDoor = () => learn(DOOR);

/** The words of the door in another language than the page's, for what is printed for others. */
export async function doorIn(language: Language): Promise<typeof t> {
  const [common, staff, door] = await Promise.all([COMMON, STAFF, DOOR].map((words) => words[language]()));
  const catalogue = { ...common?.default, ...staff?.default, ...door?.default } as Catalogue;
  return (key, values = {}) => catalogue[key]?.(values) ?? key;
}

/** Fetches the words of accounts, before somebody signs in. */
export const learnAccount = () => learn(ACCOUNT);

/** Fetches the words of the pages of a drill day. */
export const learnDay = () => learn(DAY);

/** Fetches the words of the pages beside the team's page, for whoever watches a team from within. */
export const learnStaff = () => learn(BESIDE_TEAM);

async function learn(words: Loaders): Promise<void> {
  if (reading.more.has(words)) return;
  const shown = reading.language;
  const { default: learned } = await words[shown]();
  if (reading.more.has(words)) return;
  reading.more.add(words);
  reading.catalogue = { ...reading.catalogue, ...learned };
  if (shown !== reading.language) await show(reading.language);
}

/** As `show`, and remembers it on this device. */
export async function choosePermanently(language: Language): Promise<void> {
  remember(STORED, language);
  await show(language);
}

/** The language being shown. */
export function language(): Language {
  return reading.language;
}

/** A message in the language being shown. */
export function t(key: MessageKey, values: Values = {}): string {
  return reading.catalogue[key]?.(values) ?? key;
}

/** A scenario text in the language being shown. */
export function tx(text: Record<string, string> | null | undefined): string {
  return pick(text, reading.language);
}

/** Whether there are words for a key. */
export function says(key: string): boolean {
  return key in reading.catalogue;
}

/** A message whose key ends with a name from the server; the name itself if there is none. */
export function known(prefix: string, name: string, values: Values = {}): string {
  return reading.catalogue[`${prefix}_${name}`]?.(values) ?? name.replaceAll('_', ' ');
}
