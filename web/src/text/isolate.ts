/** Finds technical tokens in plain text, which must read left to right in any script. Pure. */
export interface Piece {
  text: string;
  technical: boolean;
}

/** URL, e-mail, IPv4 (with port or prefix), IPv6, hash, host name, CVE; also defanged with `[.]`. */
const TECHNICAL =
  /(?:https?|hxxps?|ftp):\/\/[^\s<>"')]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:(?:\.|\[\.\])[\w-]{1,63}){1,8}|\b\d{1,3}(?:(?:\.|\[\.\])\d{1,3}){3}(?:[:/]\d+)?\b|\b(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?:\/\d+)?|\b[0-9a-f]{32,64}\b|\bCVE-\d{4}-\d{4,}\b|(?<![a-z0-9-])[a-z0-9-]{1,63}(?:(?:\.|\[\.\])[a-z0-9-]{1,63}){0,8}(?:\.|\[\.\])(?:example|test|invalid|com|org|net|int)\b/gi;

export function isolate(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(TECHNICAL)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), technical: false });
    pieces.push({ text: match[0], technical: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), technical: false });
  return pieces;
}
