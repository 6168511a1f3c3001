/**
 * The Markdown that scenario texts use, to a tree: paragraphs, headings, lists, quotations, code,
 * tables, rules. There is no HTML in it, so nothing has to be sanitised. Pure.
 */
import { parseInline, type Inline } from './inline';

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; children: Inline[] }
  | { type: 'list'; start: number | null; items: Block[][] }
  | { type: 'quote'; children: Block[] }
  | { type: 'code'; text: string }
  | { type: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { type: 'rule' };

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}#{1,6}(?=\s|$)/;
const RULE = /^(?:-{3,}|\*{3,}|_{3,})$/;
const QUOTE = /^ {0,3}>\s?/;
const ITEM = /^( {0,3})([-*+]|(\d{1,9})[.)])\s+(?=\S)/;
/** Texts nest a few levels at most; a hostile one must not exhaust the stack. */
const DEEPEST = 8;

export function parseBlocks(source: string, depth = 0): Block[] {
  return parseLines(source.replace(/\r\n?/g, '\n').split('\n'), depth);
}

function parseLines(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else {
      const [block, next] = blockAt(lines, at, depth);
      blocks.push(block);
      at = next;
    }
  }
  return blocks;
}

/** The block that begins at a line, and the line after it. */
function blockAt(lines: string[], at: number, depth: number): [Block, number] {
  const line = lines[at] ?? '';
  const fence = FENCE.exec(line)?.[1];
  if (fence) return fenced(lines, at, fence);
  const heading = HEADING.exec(line);
  if (heading) return [{ type: 'heading', children: parseInline(headingWords(line.slice(heading[0].length))) }, at + 1];
  if (isRule(line)) return [{ type: 'rule' }, at + 1];
  if (depth < DEEPEST && QUOTE.test(line)) return quote(lines, at, depth);
  if (depth < DEEPEST && ITEM.test(line)) return list(lines, at, depth);
  if (line.includes('|') && isDivider(lines[at + 1] ?? '')) return table(lines, at);
  return paragraph(lines, at);
}

/** A heading may be closed by signs of its own. Without a pattern: a hostile one must not cost more than its length. */
function headingWords(rest: string): string {
  const words = rest.trim();
  let end = words.length;
  while (words[end - 1] === '#') end -= 1;
  return words.slice(0, end).trim();
}

/** Whether a line is a rule: three signs or more, with spaces between them or not. */
function isRule(line: string): boolean {
  return !/^ {4}/.test(line) && RULE.test(line.replace(/\s+/g, ''));
}

/** Whether a line divides a table's head from its body: cells of hyphens, each with a colon at one side or both. */
function isDivider(line: string): boolean {
  const cells = line.trim().replace(/^\|/, '').replace(/\|$/, '').split('|');
  return cells.every((cell) => /^:?-+:?$/.test(cell.trim()));
}

function fenced(lines: string[], at: number, fence: string): [Block, number] {
  let end = at + 1;
  while (end < lines.length && !(lines[end] ?? '').trimStart().startsWith(fence)) end += 1;
  return [{ type: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1];
}

function quote(lines: string[], at: number, depth: number): [Block, number] {
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end] ?? '')) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''));
  return [{ type: 'quote', children: parseLines(inner, depth + 1) }, end];
}

function list(lines: string[], at: number, depth: number): [Block, number] {
  const first = ITEM.exec(lines[at] ?? '');
  const ordered = first?.[3] !== undefined;
  const items: Block[][] = [];
  let end = at;
  for (;;) {
    const match = ITEM.exec(lines[end] ?? '');
    if (!match || (match[3] !== undefined) !== ordered) break;
    const indent = match[0].length;
    const inner = [(lines[end] ?? '').slice(indent)];
    end += 1;
    while (end < lines.length && belongs(lines, end, indent)) {
      inner.push((lines[end] ?? '').replace(new RegExp(`^ {0,${indent}}`), ''));
      end += 1;
    }
    items.push(parseLines(inner, depth + 1));
  }
  return [{ type: 'list', start: ordered ? Number(first?.[3]) : null, items }, end];
}

/** Whether a line goes on with a list item: indented, or a lazy continuation of its paragraph. */
function belongs(lines: string[], at: number, indent: number): boolean {
  const line = lines[at] ?? '';
  if (line.trim() === '') return /^ {2,}\S/.test(lines[at + 1] ?? '');
  const deep = line.search(/\S/) >= Math.min(indent, 2);
  return deep || (!starts(line) && (lines[at - 1] ?? '').trim() !== '');
}

function table(lines: string[], at: number): [Block, number] {
  const cells = (line: string) =>
    line
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => parseInline(cell.trim()));
  const head = cells(lines[at] ?? '');
  const rows: Inline[][][] = [];
  let end = at + 2;
  for (; (lines[end] ?? '').includes('|'); end += 1) rows.push(cells(lines[end] ?? ''));
  return [{ type: 'table', head, rows }, end];
}

function paragraph(lines: string[], at: number): [Block, number] {
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && !starts(lines[end] ?? '')) end += 1;
  const text = lines.slice(at, end).map((line) => line.trimStart()).join('\n').trimEnd();
  return [{ type: 'paragraph', children: parseInline(text) }, end];
}

/** Whether a line begins something other than a paragraph. */
function starts(line: string): boolean {
  return isRule(line) || [FENCE, HEADING, QUOTE, ITEM].some((pattern) => pattern.test(line));
}
