/** The first characters of a text on one line, for where there is no room for all of it. Pure. */
export function brief(text: string, most: number): string {
  const letters = [...text.trim().replace(/\s+/g, ' ')];
  return letters.length > most ? `${letters.slice(0, most).join('').trimEnd()}…` : letters.join('');
}
