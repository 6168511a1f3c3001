/** Ids of what is written after play, made on the device. Pure but for the dice. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MOST = 40;
const RANDOM = 6;

/**
 * An id that nobody else makes at the same time: `finding-k3x9q0`. Works without a secure context, where
 * `randomUUID` does not.
 */
export function newId(base: string, dice: Uint32Array = crypto.getRandomValues(new Uint32Array(RANDOM))): string {
  const start = base.slice(0, MOST - RANDOM - 1).replace(/-+$/, '');
  return `${start}-${Array.from(dice, (number) => LETTERS[number % LETTERS.length]).join('')}`;
}
