/** Which letter a press of a key means, whatever script the keyboard writes. */

/** A letter of a script without Latin letters: then the key counts that a Latin keyboard has in its place. */
const OTHER_SCRIPT = /^[^\u0000-\u024f]+$/;
/** Question marks of Arabic and of full-width keyboards. */
const QUESTION = ['\u061f', '\uff1f'];

export function letterOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (QUESTION.includes(key)) return '?';
  return OTHER_SCRIPT.test(key) && code.startsWith('Key') ? code.slice(3).toLowerCase() : key.toLowerCase();
}
