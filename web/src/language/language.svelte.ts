/**
 * The interface's language and its messages. One catalogue is loaded at a time; reading a message
 * in a component follows a change of language.
 */
import type en from '../../messages/en.json';
import { recall, remember } from '../live/storage';
import { choose, directionOf, pick, type Language } from './languages';

export type MessageKey = keyof typeof en;
type Values = Record<string, string | number>;
type Catalogue = Record<string, (values: Values) => string>;

const LOADERS: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('messages:en'),
  fr: () => import('messages:fr'),
  es: () => import('messages:es'),
  ar: () => import('messages:ar'),
  pt: () => import('messages:pt'),
  ru: () => import('messages:ru'),
  zh: () => import('messages:zh'),
};
const STORED = 'dh.language';

class Reading {
  language = $state<Language>('en');
  catalogue = $state.raw<Catalogue>({});
}
const reading = new Reading();

/** The language chosen on this device, or else what the browser asks for. */
export function preferred(): Language {
  return choose([recall(STORED), ...navigator.languages]);
}

/** Whether somebody chose a language on this device. */
export function isChosen(): boolean {
  return recall(STORED) !== null;
}

/** Loads a language and shows everything in it. */
export async function show(language: Language): Promise<void> {
  const { default: catalogue } = await LOADERS[language]();
  reading.catalogue = catalogue;
  reading.language = language;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
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

/** A message by a key made of parts that come from the server: empty if there is none. */
export function known(prefix: string, name: string): string {
  return reading.catalogue[`${prefix}_${name.replaceAll('-', '_')}`]?.({}) ?? name.replaceAll('_', ' ');
}
