/**
 * Parts of a page that are not seen at first are fetched once the page stands: the first page stays small for
 * a thin line, and the rest is there before somebody needs it with the line gone.
 */
const AFTER = 1500;

export async function later<T>(load: () => Promise<T>): Promise<T> {
  await new Promise((settle) => setTimeout(settle, AFTER));
  return load();
}
