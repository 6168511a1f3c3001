/** The languages of the interface, and how one is chosen. Pure. */
export const LANGUAGES = ['en', 'fr', 'es', 'ar', 'pt', 'ru', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language's own name for itself. */
export const OWN_NAMES: Record<Language, string> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
  pt: 'Português',
  ru: 'Русский',
  zh: '中文',
};

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'dv']);

/** Writing direction of a language tag. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(primary(tag)) ? 'rtl' : 'ltr';
}

/** The first wish that the interface has; English if it has none of them. */
export function choose(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const found = wish && LANGUAGES.find((language) => language === primary(wish));
    if (found) return found;
  }
  return 'en';
}

/** A text in the reader's language, else in English, else in whatever there is. */
export function pick(text: Record<string, string> | null | undefined, language: string): string {
  if (!text) return '';
  return text[language] ?? text[primary(language)] ?? text.en ?? Object.values(text)[0] ?? '';
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}
