/** Where the compiled catalogue of each language is fetched from. */
import type { Language } from './languages';

export type Catalogue = Record<string, (values: Record<string, string | number>) => string>;
export type Loaders = Record<Language, () => Promise<{ default: Catalogue }>>;

/** What every page with a seat says. */
export const COMMON: Loaders = {
  en: () => import('messages:en'),
  fr: () => import('messages:fr'),
  es: () => import('messages:es'),
  ar: () => import('messages:ar'),
  pt: () => import('messages:pt'),
  ru: () => import('messages:ru'),
  zh: () => import('messages:zh'),
};

/** Why something was refused: fetched with the first refusal, and kept off every page's way until then. */
export const REFUSED: Loaders = {
  en: () => import('messages:refused/en'),
  fr: () => import('messages:refused/fr'),
  es: () => import('messages:refused/es'),
  ar: () => import('messages:refused/ar'),
  pt: () => import('messages:refused/pt'),
  ru: () => import('messages:refused/ru'),
  zh: () => import('messages:refused/zh'),
};

/** What only the pages beside the team's page say. */
export const STAFF: Loaders = {
  en: () => import('messages:staff/en'),
  fr: () => import('messages:staff/fr'),
  es: () => import('messages:staff/es'),
  ar: () => import('messages:staff/ar'),
  pt: () => import('messages:staff/pt'),
  ru: () => import('messages:staff/ru'),
  zh: () => import('messages:staff/zh'),
};

/** What scores say of themselves: fetched with the first one. */
export const JUDGED: Loaders = {
  en: () => import('messages:judged/en'),
  fr: () => import('messages:judged/fr'),
  es: () => import('messages:judged/es'),
  ar: () => import('messages:judged/ar'),
  pt: () => import('messages:judged/pt'),
  ru: () => import('messages:judged/ru'),
  zh: () => import('messages:judged/zh'),
};

/** What the page for the time after play says. */
export const AFTER: Loaders = {
  en: () => import('messages:after/en'),
  fr: () => import('messages:after/fr'),
  es: () => import('messages:after/es'),
  ar: () => import('messages:after/ar'),
  pt: () => import('messages:after/pt'),
  ru: () => import('messages:after/ru'),
  zh: () => import('messages:after/zh'),
};

/** What the pages of a drill day say. */
export const DAY: Loaders = {
  en: () => import('messages:day/en'),
  fr: () => import('messages:day/fr'),
  es: () => import('messages:day/es'),
  ar: () => import('messages:day/ar'),
  pt: () => import('messages:day/pt'),
  ru: () => import('messages:day/ru'),
  zh: () => import('messages:day/zh'),
};

/** What forms of answers say: fetched with the first inject that is read. */
export const ANSWER: Loaders = {
  en: () => import('messages:answer/en'),
  fr: () => import('messages:answer/fr'),
  es: () => import('messages:answer/es'),
  ar: () => import('messages:answer/ar'),
  pt: () => import('messages:answer/pt'),
  ru: () => import('messages:answer/ru'),
  zh: () => import('messages:answer/zh'),
};

/** What is said at the door: links, codes and what is made ready before the start. Staff pages have it from the
 * start, the team's page when somebody asks for it. */
export const DOOR: Loaders = {
  en: () => import('messages:door/en'),
  fr: () => import('messages:door/fr'),
  es: () => import('messages:door/es'),
  ar: () => import('messages:door/ar'),
  pt: () => import('messages:door/pt'),
  ru: () => import('messages:door/ru'),
  zh: () => import('messages:door/zh'),
};

/** What the pages of accounts say, and signing in. */
export const ACCOUNT: Loaders = {
  en: () => import('messages:account/en'),
  fr: () => import('messages:account/fr'),
  es: () => import('messages:account/es'),
  ar: () => import('messages:account/ar'),
  pt: () => import('messages:account/pt'),
  ru: () => import('messages:account/ru'),
  zh: () => import('messages:account/zh'),
};

/** What staff pages say, for whoever watches a team from within: where a team's own page has other words for the same, it
 * keeps them. */
export const BESIDE_TEAM = Object.fromEntries(
  (Object.keys(COMMON) as Language[]).map((language) => [
    language,
    async () => {
      const [staff, common] = await Promise.all([STAFF[language](), COMMON[language]()]);
      return { default: { ...staff.default, ...common.default } };
    },
  ]),
) as Loaders;
