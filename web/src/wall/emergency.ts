/**
 * The plain words of NO DUFF in every language of the interface: on the wall they stand side by side, since
 * nobody knows who reads it. A test holds them to the catalogues.
 */
import type { Language } from '../language/languages';

export const EMERGENCY: Record<Language, string> = {
  en: 'This is a real emergency',
  fr: 'Ceci est une urgence réelle',
  es: 'Es una emergencia real',
  ar: 'هذه حالة طوارئ حقيقية',
  pt: 'Esta é uma emergência real',
  ru: 'Это настоящая чрезвычайная ситуация',
  zh: '这是真实紧急情况',
};
