/**
 * `|` inside a formula in a table. GFM cuts rows into cells before it looks for anything else, so `$|x|$` would
 * be three cells. The bars of such formulas are hidden behind a character of the same length that the note does
 * not hold, so that every place stays what it is; afterwards they come back. As everywhere in a GFM table, `\|`
 * is a bar too: for ‖ write `\Vert`.
 */

import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { isFormula } from './dollars.ts';

/** The row of dashes below the head. */
const DELIMITER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** @returns the text with bars hidden, and the character that hides them; `undefined` when there are none */
export function hidePipes(body: string): { text: string; hidden: string } | undefined {
  if (!body.includes('|') || !body.includes('$')) return undefined;
  const lines = body.split('\n');
  let hidden: string | undefined;
  for (let i = 1; i < lines.length; i++) {
    if (!lines[i]!.includes('|') || !DELIMITER.test(lines[i]!)) continue;
    for (let row = i - 1; row < lines.length && (row <= i || lines[row]!.trim() !== ''); row++) {
      const line = lines[row]!;
      if (!line.includes('$') || !line.includes('|')) continue;
      hidden ??= freeCharacter(body);
      lines[row] = hideIn(line, hidden);
    }
  }
  return hidden === undefined ? undefined : { text: lines.join('\n'), hidden };
}

function hideIn(line: string, hidden: string): string {
  let out = '';
  let at = 0;
  for (const m of line.matchAll(/(?<![\\$])\$(?!\$)((?:\\.|[^$\\])+)\$/g)) {
    const content = m[1]!;
    if (m.index < at || /^\s*\|\s|\s\|\s*$/.test(content)) continue;
    if (!isFormula(line[m.index - 1] ?? '', content, line[m.index + m[0].length] ?? '')) continue;
    out += `${line.slice(at, m.index)}$${content.replace(/(?<!\\)\|/g, hidden)}$`;
    at = m.index + m[0].length;
  }
  return out + line.slice(at);
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
