/** Inline Markdown to a tree: emphasis, code, links, line breaks. Raw HTML stays text. Pure. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'break' }
  | { type: 'strong'; children: Inline[] }
  | { type: 'em'; children: Inline[] }
  | { type: 'link'; children: Inline[]; href: string };

/**
 * One alternative a construct, tried at each position from the left: escape, code, strong, em, link,
 * bare address in angle brackets, hard break. Underscores only count at the edge of a word. Every
 * repetition is bounded: a hostile text must not keep the page busy.
 */
const CONSTRUCT =
  /\\([\\`*_{}[\]()#+\-.!|<>~])|(?<!`)(`{1,3})(?!`)([\s\S]{0,2000}?[^`])\2(?!`)|\*\*(?=\S)([\s\S]{0,1000}?\S)\*\*(?!\*)|__(?=\S)([\s\S]{0,1000}?\S)__(?!\w)|\*(?=[^\s*])([\s\S]{0,1000}?[^\s*])\*(?!\*)|(?<!\w)_(?=[^\s_])([\s\S]{0,1000}?[^\s_])_(?!\w)|!?\[([^\]]{0,500})\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)|<((?:https?:\/\/|mailto:)[^\s>]+|[\w.+-]+@[\w.-]+)>| {2,}\n|\\\n/g;

export function parseInline(source: string): Inline[] {
  const out: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(CONSTRUCT)) {
    if (match.index > end) out.push({ type: 'text', text: source.slice(end, match.index) });
    out.push(construct(match));
    end = match.index + match[0].length;
  }
  if (end < source.length) out.push({ type: 'text', text: source.slice(end) });
  return out;
}

function construct(match: RegExpExecArray): Inline {
  const [, escaped, , code, strong, strong2, em, em2, label, href, address] = match;
  if (escaped !== undefined) return { type: 'text', text: escaped };
  if (code !== undefined) return { type: 'code', text: code.trim() };
  const bold = strong ?? strong2;
  if (bold !== undefined) return { type: 'strong', children: parseInline(bold) };
  const italic = em ?? em2;
  if (italic !== undefined) return { type: 'em', children: parseInline(italic) };
  if (href !== undefined) return { type: 'link', children: parseInline(label ?? ''), href };
  if (address !== undefined) return { type: 'link', children: [], href: address };
  return { type: 'break' };
}
