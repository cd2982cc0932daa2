/**
 * Reads plain Markdown directly. remark-parse took a quarter of the time that a note is compiled, though most of a note
 * is paragraphs, headings, formulas and lists that can be read in one way only. Those are read here, into the tree that
 * remark-parse would make; every other block goes to remark-parse, by itself where blocks stand apart, and with the
 * whole note where they may not. That both make the same tree is held by tests/direct.test.ts.
 */

import type { Root, RootContent } from 'mdast';
import type { Parser, Plugin, Processor } from 'unified';
import type { Node, Point } from 'unist';
import { BEGINS_WITH_BLOCK, DEFINES } from './definition-list.ts';
import { type Fenced, isProse, type Lines, lineAt, readBlock, readFenced } from './direct-blocks.ts';

/** What reaches beyond its block: definitions, and lines that end otherwise than with `\n`. */
const FAR = /\]:|[\r\0\uFEFF]/;
/** In lines that are not read directly: what may go on past a blank line. */
const GOES_FAR =
  /^[ \t>*+\-\d.)]*(?:```|~~~|\$\$|%%|\{[%{]|<(?:!--|[?!]|\/?(?:script|pre|style|textarea)\b))/im;
/** Formulas that end in their line, without anything that could be read otherwise. */
const WHOLE = /(?<!\\)\$\$[^$`\n]*[^$`\n\\]\$\$/g;
const BLANK = /^[ \t]*$/;
const INDENTED = /^[ \t]/;
const HEADING = /^#{1,6} /;
/** What may go on to a blank line whatever stands in its lines: HTML, and formulas whose end is looked for. */
const KEEPS = /^ {0,3}[<\\$%{]|\$\$/;
const INTERRUPTS = /^(?:[-*+]|1[.)]) (?=\S)/;
const LIST = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
/** So many separate pieces for remark-parse cost more than the whole. */
const MOST_PIECES = 12;

/** Stands after `remarkParse`, whose parser it keeps for what it does not read itself. */
export const directReader: Plugin<[], Root> = function (this: Processor) {
  const parse = this.parser as Parser<Root>;
  this.parser = (source, file) => readDirectly(source, (text) => parse(text, file)) ?? parse(source, file);
};

/**
 * @param parse reads any Markdown
 * @returns the tree that `parse` would make of the whole; nothing when it should
 */
export function readDirectly(source: string, parse: (text: string) => Root): Root | undefined {
  if (FAR.test(source) || BEGINS_WITH_BLOCK.test(source)) return undefined;
  const lines = linesOf(source);
  const count = lines.starts.length - 1;
  const children: RootContent[] = [];
  /** The first of the lines that are left to remark-parse. */
  let left: number | undefined;
  let pieces = 0;
  const parseLeft = (to: number): boolean => {
    if (left === undefined) return true;
    const text = source.slice(lines.starts[left], lines.starts[to]);
    if (GOES_FAR.test(text) || opensDollars(text) || ++pieces > MOST_PIECES) return false;
    const tree = parse(text);
    shift(tree, left, lines.starts[left]!);
    for (const child of tree.children) children.push(child);
    left = undefined;
    return true;
  };
  let afterList = false;
  /** micromark still takes what follows indented code for something that interrupts a paragraph. */
  let afterCode = false;
  for (let i = 0; i < count; ) {
    const line = lineAt(lines, i);
    if (BLANK.test(line)) {
      i++;
      continue;
    }
    const isItem = LIST.test(line);
    // What may belong to the block before it.
    const indented = INDENTED.test(line);
    const apart: boolean = !indented && !afterCode && !(afterList && isItem);
    const fenced: Fenced | undefined = apart ? readFenced(lines, i) : undefined;
    const to: number = fenced?.next ?? endOfBlock(lines, i);
    // What is indented goes on with a definition, unless that is the caption of the table above.
    if (apart && !fenced && INDENTED.test(afterBlank(lines, to)) && defines(lines, i, to)) return undefined;
    const node = fenced?.node ?? (apart && !goesOn(lines, isItem, to) ? readBlock(lines, i, to) : undefined);
    if (node) {
      if (!parseLeft(i)) return undefined;
      children.push(node);
      afterList = false;
    } else {
      left ??= i;
      afterList = (afterList && !apart) || someItem(lines, i, to);
      afterCode = indented;
    }
    i = to;
  }
  if (!parseLeft(count)) return undefined;
  const end = { line: count, column: source.length - lines.starts[count - 1]! + 1, offset: source.length };
  return { type: 'root', children, position: { start: { line: 1, column: 1, offset: 0 }, end } };
}

/** The line after the block that begins in line `i`: a blank one, or one that begins another block at once. */
function endOfBlock(lines: Lines, i: number): number {
  const count = lines.starts.length - 1;
  const first = lineAt(lines, i);
  if (HEADING.test(first)) return i + 1;
  const prose = isProse(first);
  let keeps = KEEPS.test(first);
  let to = i + 1;
  for (; to < count; to++) {
    const line = lineAt(lines, to);
    if (BLANK.test(line)) break;
    if (keeps) continue;
    if (HEADING.test(line) || (prose && interrupts(line)) || readFenced(lines, to)) break;
    keeps = KEEPS.test(line);
  }
  return to;
}

/** Whether a line below a paragraph begins a list. An item that is empty, or begins with a mark, may not. */
function interrupts(line: string): boolean {
  const mark = INTERRUPTS.exec(line)?.[0];
  return mark !== undefined && isProse(line.slice(mark.length));
}

/** Whether a list goes on after blank lines: with what is indented, or with one more item. */
function goesOn(lines: Lines, isItem: boolean, to: number): boolean {
  if (!isItem) return false;
  const next = afterBlank(lines, to);
  return INDENTED.test(next) || LIST.test(next);
}

/** The first line from `i` on that is not blank; empty at the end. */
function afterBlank(lines: Lines, i: number): string {
  const count = lines.starts.length - 1;
  while (i < count && BLANK.test(lineAt(lines, i))) i++;
  return i < count ? lineAt(lines, i) : '';
}

function defines({ source, starts }: Lines, from: number, to: number): boolean {
  return DEFINES.test(source.slice(starts[from], starts[to]));
}

/** Whether dollars may be open that what follows closes. */
function opensDollars(text: string): boolean {
  return text.includes('$$') && text.replace(WHOLE, '').includes('$$');
}

function someItem(lines: Lines, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (LIST.test(lineAt(lines, i).trimStart())) return true;
  return false;
}

function linesOf(source: string): Lines {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  starts.push(source.length + 1);
  return { source, starts, unclosed: Number.POSITIVE_INFINITY };
}

/** Moves places down by so many lines, and on by so many characters. */
function shift(node: Node, lines: number, offset: number): void {
  if (node.position) {
    const move = (point: Point): Point => ({
      line: point.line + lines,
      column: point.column,
      offset: point.offset! + offset,
    });
    node.position = { start: move(node.position.start), end: move(node.position.end) };
  }
  if ('children' in node) for (const child of node.children as Node[]) shift(child, lines, offset);
}
