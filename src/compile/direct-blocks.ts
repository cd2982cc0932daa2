/**
 * The blocks that are read without a tokenizer: paragraphs, headings, formulas and code between fences, plain lists
 * and tables. Each reader gets the lines of a block up to a blank one and returns what remark-parse makes of them,
 * places included, or nothing when it is not sure.
 */

import type { AlignType, ListItem, PhrasingContent, RootContent, TableCell, TableRow } from 'mdast';
import type { Point } from 'unist';
import { readInline } from './direct-inline.ts';

/** A text cut into lines. */
export interface Lines {
  source: string;
  /** Where each line begins, in UTF-16 units; one more at the end, as if a line followed. */
  starts: number[];
  /** The fewest backticks that open a fence for whose end was looked in vain: nobody looks again. */
  unclosed: number;
}

/** The text of a line, without its end. @param i from 0 */
export function lineAt({ source, starts }: Lines, i: number): string {
  return source.slice(starts[i], starts[i + 1]! - 1);
}

const pointAt = ({ starts }: Lines, i: number, column: number): Point => ({
  line: i + 1,
  column: column + 1,
  offset: starts[i]! + column,
});
const endOf = (lines: Lines, i: number): Point =>
  pointAt(lines, i, lines.starts[i + 1]! - 1 - lines.starts[i]!);

/** Part of one line. */
function inlineOf(lines: Lines, i: number, from: number, to: number): PhrasingContent[] | undefined {
  const start = lines.starts[i]!;
  return readInline(lines.source, start + from, start + to, i + 1, start);
}

const HEADING = /^(#{1,6}) (\S(?:.*[^\s#])?)$/;
/** What begins a paragraph, or the content of a list item: no mark of a block. */
const PROSE =
  /^(?:[^\s!-/:-@[-`{-~\d]|\*{1,2}[\p{L}\p{N}]|\$[^$\s]|`[^`]|\[[^\s[\]^]|\[\[|!\[|\(|: |\d+(?![\d.)]))/u;
const BULLET = /^([-*+]) (?=\S)/;
const NUMBERED = /^(\d{1,9})([.)]) (?=\S)/;
const DELIMITERS = /^\|(?:[ ]*:?-+:?[ ]*\|)+$/;

/** Whether a line begins a paragraph, so that a list's mark below it ends it. */
export const isProse = (line: string): boolean => PROSE.test(line);

/**
 * Reads lines that are followed by a blank one or by the end.
 *
 * @param from the first line, `to` the one after the last
 */
export function readBlock(lines: Lines, from: number, to: number): RootContent | undefined {
  const first = lineAt(lines, from);
  const mark = first[0]!;
  if (to === from + 1) {
    if (mark === '#') return heading(lines, from, first);
    if (mark === '<') return comment(lines, from, first);
    if (first.startsWith('$$')) return formula(lines, from, first);
  }
  if (mark === '|') return table(lines, from, to);
  if (BULLET.test(first) || NUMBERED.test(first)) return list(lines, from, to);
  return PROSE.test(first) ? paragraph(lines, from, to) : undefined;
}

function heading(lines: Lines, i: number, line: string): RootContent | undefined {
  const m = HEADING.exec(line);
  const children = m && inlineOf(lines, i, m[1]!.length + 1, line.length);
  if (!children) return undefined;
  const position = { start: pointAt(lines, i, 0), end: endOf(lines, i) };
  return { type: 'heading', depth: m[1]!.length as 1, children, position };
}

function paragraph(lines: Lines, from: number, to: number): RootContent | undefined {
  const start = lines.starts[from]!;
  const end = lines.starts[to]! - 1;
  if (lines.source[end - 1] === ' ') return undefined;
  const children = readInline(lines.source, start, end, from + 1, start);
  if (!children) return undefined;
  return {
    type: 'paragraph',
    children,
    position: { start: pointAt(lines, from, 0), end: endOf(lines, to - 1) },
  };
}

/** `<!-- more -->` and its like. */
function comment(lines: Lines, i: number, line: string): RootContent | undefined {
  if (!/^<!-- (?:(?!-->).)*-->$/.test(line)) return undefined;
  return { type: 'html', value: line, position: { start: pointAt(lines, i, 0), end: endOf(lines, i) } };
}

/** `$$x$$` alone on its line. */
function formula(lines: Lines, i: number, line: string): RootContent | undefined {
  const value = /^\$\$([^$]*[^$\\])\$\$$/.exec(line)?.[1]?.trim();
  if (!value) return undefined;
  return { type: 'math', value, position: { start: pointAt(lines, i, 0), end: endOf(lines, i) } };
}

/** Every item one line, none of them with a block of its own. */
function list(lines: Lines, from: number, to: number): RootContent | undefined {
  const children: ListItem[] = [];
  const first = lineAt(lines, from);
  const ordered = NUMBERED.exec(first);
  const form = ordered ? NUMBERED : BULLET;
  const sign = ordered ? ordered[2] : first[0];
  for (let i = from; i < to; i++) {
    const line = lineAt(lines, i);
    const m = form.exec(line);
    if (!m || (ordered ? m[2] : m[1]) !== sign || line.endsWith(' ')) return undefined;
    const column = m[0].length;
    if (!PROSE.test(line.slice(column))) return undefined;
    const content = inlineOf(lines, i, column, line.length);
    if (!content) return undefined;
    const end = endOf(lines, i);
    children.push({
      type: 'listItem',
      spread: false,
      checked: null,
      children: [
        { type: 'paragraph', children: content, position: { start: pointAt(lines, i, column), end } },
      ],
      position: { start: pointAt(lines, i, 0), end },
    });
  }
  return {
    type: 'list',
    ordered: ordered !== null,
    start: ordered ? Number(ordered[1]) : null,
    spread: false,
    children,
    position: { start: pointAt(lines, from, 0), end: endOf(lines, to - 1) },
  };
}

/** Bars at both ends of each row, and as many cells in each. */
function table(lines: Lines, from: number, to: number): RootContent | undefined {
  if (to < from + 2) return undefined;
  const delimiters = lineAt(lines, from + 1);
  if (!DELIMITERS.test(delimiters)) return undefined;
  const align = delimiters.slice(1, -1).split('|').map(alignOf);
  const children: TableRow[] = [];
  for (let i = from; i < to; i++) {
    if (i === from + 1) continue;
    const cells = rowOf(lines, i, align.length);
    if (!cells) return undefined;
    const position = { start: pointAt(lines, i, 0), end: endOf(lines, i) };
    children.push({ type: 'tableRow', children: cells, position });
  }
  const position = { start: pointAt(lines, from, 0), end: endOf(lines, to - 1) };
  return { type: 'table', align, children, position };
}

function alignOf(cell: string): AlignType {
  const text = cell.trim();
  if (text.startsWith(':')) return text.endsWith(':') ? 'center' : 'left';
  return text.endsWith(':') ? 'right' : null;
}

function rowOf(lines: Lines, i: number, count: number): TableCell[] | undefined {
  const line = lineAt(lines, i);
  if (line[0] !== '|' || !line.endsWith('|') || line.length < 2 || line.includes('\\')) return undefined;
  const cells: TableCell[] = [];
  let from = 0;
  while (from < line.length - 1) {
    const bar = line.indexOf('|', from + 1);
    const text = /^ *(\S(?:.*\S)?) *$/.exec(line.slice(from + 1, bar))?.[1];
    if (text === undefined) return undefined;
    const column = line.indexOf(text, from + 1);
    const content = inlineOf(lines, i, column, column + text.length);
    if (!content) return undefined;
    // A cell begins with its bar; the last one has the row's last bar too.
    const end = bar === line.length - 1 ? bar + 1 : bar;
    const position = { start: pointAt(lines, i, from), end: pointAt(lines, i, end) };
    cells.push({ type: 'tableCell', children: content, position });
    from = bar;
  }
  return cells.length === count ? cells : undefined;
}

/** A block that a fence opens: it may hold blank lines. */
export interface Fenced {
  node: RootContent;
  /** The line after it. */
  next: number;
}

const FENCE = /^(`{3,})((?:(?![`\\&])[\S ])*)$/;

/** @returns nothing when line `i` opens no block between fences, or one that is better left to remark-parse */
export function readFenced(lines: Lines, i: number): Fenced | undefined {
  const first = lineAt(lines, i);
  const opening = FENCE.exec(first);
  if (!opening && first !== '$$') return undefined;
  const ticks = opening ? opening[1]!.length : 0;
  if (ticks >= lines.unclosed) return undefined;
  const closing = opening ? new RegExp(`^ {0,3}\`{${ticks},} *$`) : /\$\$/;
  let end = i + 1;
  while (end < lines.starts.length - 1 && !closing.test(lineAt(lines, end))) end++;
  const last = end < lines.starts.length - 1 ? lineAt(lines, end) : ' ';
  if (opening ? /^ | $/.test(last) : last !== '$$') {
    if (opening) lines.unclosed = ticks;
    return undefined;
  }
  const value = lines.source.slice(
    lines.starts[i + 1],
    Math.max(lines.starts[i + 1]!, lines.starts[end]! - 1),
  );
  const position = { start: pointAt(lines, i, 0), end: endOf(lines, end) };
  if (!opening) {
    const tex = value.trim();
    if (tex === '') return undefined;
    return { node: { type: 'math', value: tex, position }, next: end + 1 };
  }
  const info = opening[2]!.trimStart();
  if (info.endsWith(' ')) return undefined;
  const blank = info.search(/\s/);
  const lang = info === '' ? null : blank === -1 ? info : info.slice(0, blank);
  const meta = blank === -1 ? null : info.slice(blank).trimStart();
  return { node: { type: 'code', lang, meta, value, position }, next: end + 1 };
}
