/** Numbers as people write them, exact to the thousandth. Pure; what the server takes is in `engine/number.rs`. */

/** The zeros of the digits that people type: Arabic, Persian, full width. */
const ZEROS = [0x660, 0x6f0, 0xff10];

/** The number in Latin digits with a point, without what stands between groups; as typed, if it is none. */
export function plainNumber(text: string): string {
  const latin = [...text.trim()].map(latinDigit).join('');
  const plain = latin.replace(/[\s\u00a0\u202f'’_\u066c]/g, '').replace(/^\u2212/, '-').replace(/[\u066b,]/, '.');
  return /^[+-]?\d{1,13}(\.\d{1,3})?$/.test(plain) ? plain.replace(/^\+/, '') : text.trim();
}

/** A number in thousandths; null if it is none, or has more than three decimals. */
export function thousandths(text: string): number | null {
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,3}))?$/.exec(plainNumber(text));
  if (!match) return null;
  const [, sign, whole, part = ''] = match;
  const milli = Number(`${whole}${part.padEnd(3, '0')}`);
  return sign && milli > 0 ? -milli : milli;
}

function latinDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = ZEROS.find((one) => code >= one && code < one + 10);
  return zero === undefined ? character : String(code - zero);
}
