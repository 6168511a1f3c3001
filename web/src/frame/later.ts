/**
 * Parts of a page that are not seen at first are fetched once the page stands: the first page stays small for
 * a thin line, and the rest is there before somebody needs it with the line gone.
 */
const AFTER = 1500;

/** Gives the part, at once if somebody asks for it before; after a failure the next who asks tries again. */
export function later<T>(load: () => Promise<T>): () => Promise<T> {
  let part: Promise<T> | undefined;
  const take = () => {
    part ??= load().catch((trouble: unknown) => {
      part = undefined;
      throw trouble;
    });
    return part;
  };
  setTimeout(() => void take().catch(() => undefined), AFTER);
  return take;
}
