/** A date or the like inside a sentence of any script: it reads left to right there, too. */
export const ltr = (text: string): string => `\u2066${text}\u2069`;
