/**
 * `|` inside a formula in a table. GFM cuts rows into cells before it looks for anything else, so `$|x|$` would
 * be three cells. The bars of such formulas are hidden behind a character of the same length that the note does
 * not hold, so that every place stays what it is; afterwards they come back. As everywhere in a GFM table, `\|`
 * is a bar too: for ‖ write `\Vert`. A `$$`, `\(` or `\[` is as often none (`人均 $$`, `US$$5`): their bars are hidden
 * only in a row that would have more cells than the table has columns.
 */

import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { isFormula, isTex } from '../dollars.ts';

/** The row of dashes below the head. */
const DELIMITER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** What opens a formula. */
const OPENER = /\$|\\[([]/;
const CLOSERS: Record<string, string> = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' };
/** No formula in a row is longer. Without a limit, ten thousand `\(` that are none would each look far for an end. */
const LONGEST = 2000;

/** @returns the text with bars hidden, and the character that hides them; `undefined` when there are none */
export function hidePipes(body: string): { text: string; hidden: string } | undefined {
  if (!body.includes('|') || !OPENER.test(body)) return undefined;
  const lines = body.split('\n');
  let hidden: string | undefined;
  for (let i = 1; i < lines.length; i++) {
    if (!lines[i]!.includes('|') || !DELIMITER.test(lines[i]!)) continue;
    const columns = cellsOf(lines[i]!);
    for (let row = i - 1; row < lines.length && (row <= i || lines[row]!.trim() !== ''); row++) {
      const line = lines[row]!;
      if (!line.includes('|') || !OPENER.test(line)) continue;
      hidden ??= freeCharacter(body);
      lines[row] = hideIn(line, hidden, columns);
    }
  }
  return hidden === undefined ? undefined : { text: lines.join('\n'), hidden };
}

/** Before the first cell of a row. */
const MARKERS = /^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t])*\|?/;

/** @returns how many cells GFM sees in a row of a table, its marks of quotes and lists left out */
export const cellsOf = (row: string): number =>
  row
    .trimEnd()
    .replace(MARKERS, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/).length;

/**
 * @param hidden a character of one unit
 * @param columns cells in the row of dashes
 * @returns a row of a table, with `hidden` for each bar inside its formulas
 */
export function hideIn(line: string, hidden: string, columns: number): string {
  const tooMany = cellsOf(line) > columns;
  let out = '';
  let done = 0;
  /** Ends that do not stand in the rest of the line: nobody looks again. */
  const missing = new Set<string>();
  for (const opener = /\\.|`+|\$+/g; ; ) {
    const [found] = opener.exec(line) ?? [];
    if (found === undefined) return out + line.slice(done);
    const from = opener.lastIndex;
    if (found[0] === '`') {
      // Code ends in its cell, or is none.
      const end = new RegExp(`(?<![\`])${found}(?![\`])|(?<!\\\\)\\|`, 'g');
      end.lastIndex = from;
      if (end.exec(line)?.[0] === found) opener.lastIndex = end.lastIndex;
      continue;
    }
    const closer = CLOSERS[found];
    if (closer === undefined || missing.has(closer) || (found !== '$' && !tooMany)) continue;
    const end = endOf(line, closer, from);
    if (end === -1 && from + LONGEST >= line.length) missing.add(closer);
    const content = end === -1 ? '' : line.slice(from, end);
    const after = line[end + closer.length] ?? '';
    if (!isInside(found, line[from - found.length - 1] ?? '', content, after)) continue;
    out += line.slice(done, from) + content.replace(/(?<!\\)\|/g, hidden);
    done = end;
    opener.lastIndex = end + closer.length;
  }
}

/** Where a formula's end stands next; a backslash takes the character after it along. */
function endOf(line: string, closer: string, from: number): number {
  for (let i = from; i < Math.min(line.length, from + LONGEST); i++) {
    if (line.startsWith(closer, i)) return i;
    if (line[i] === '\\') i++;
  }
  return -1;
}

/** Whether it is a formula (`math-syntax.ts`), and not the ends of two cells: `$ | $`. */
function isInside(opener: string, before: string, content: string, after: string): boolean {
  if (content.trim() === '' || /^\s*\|\s|\s\|\s*$/.test(content)) return false;
  if (opener === '$$') return true;
  return opener === '$' ? isFormula(before, content, after) : isTex(content, opener === '\\(');
}

/** Brings the bars back. */
export function showPipes(tree: Root, hidden: string | undefined): void {
  visit(tree, (node: Nodes) => {
    if (hidden !== undefined) {
      for (const name of ['value', 'alt', 'title', 'url'] as const) {
        const field = node as unknown as Record<string, unknown>;
        const text = field[name];
        if (typeof text === 'string' && text.includes(hidden)) field[name] = text.replaceAll(hidden, '|');
      }
    }
    if (node.type === 'tableCell') {
      visit(node, 'inlineMath', (math) => {
        math.value = math.value.replaceAll('\\|', '|');
      });
    }
  });
}

function freeCharacter(body: string): string {
  let code = 0xe000;
  while (body.includes(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}
