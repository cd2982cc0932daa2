/**
 * Numbers of equations. A row with `\label` gets the next number unless it has a `\tag`; all others have none,
 * as `equation*` and `align*` would. KaTeX numbers `align` by CSS counters that know nothing of labels, so the
 * unstarred environments become starred ones with tags.
 */

import { Edits } from '../edits.ts';
import { table } from '../table.ts';
import { COMMENT } from './katex.ts';

/** Environments whose rows each can have a number. */
const ROWS = /^\\begin\{(align|alignat|gather|multline|eqnarray|flalign|equation)(\*?)\}/;
const LABEL = /\\label\s*\{([^{}]*)\}/g;
const LABEL_NAME = /^[\p{L}\p{N}:_.-]+$/u;

export interface Numbered {
  tex: string;
  labels: { name: string; number: string }[];
  /** Offset in what the author wrote for one in `tex`. */
  origin: (offset: number) => number;
}

/**
 * @param written a display formula
 * @param next gives the next number of the note
 */
export function numberEquations(written: string, next: () => string): Numbered {
  const edits = new Edits(written);
  const labels: Numbered['labels'] = [];
  // As TeX reads it: what stands in a comment is none, and what is added must not stand behind one.
  const tex = written.includes('%') ? written.replace(COMMENT, blankComment) : written;
  const start = tex.length - tex.trimStart().length;
  const open = ROWS.exec(tex.trimStart());
  const close = open ? `\\end{${open[1]}${open[2]}}` : '';
  const whole = open !== null && tex.trimEnd().endsWith(close);
  if (open && whole) {
    const from = start + open[0].length;
    const to = tex.trimEnd().length - close.length;
    if (open[1] === 'equation') {
      // Its only row is the formula itself, which may hold `aligned` or `split`.
      edits.replace(start, from, '');
      edits.replace(to, to + close.length, '');
    } else {
      const name = SAME[open[1]!] ?? open[1]!;
      edits.replace(start, from, `\\begin{${name}*}`);
      edits.replace(to, to + close.length, `\\end{${name}*}`);
    }
    for (const [rowFrom, rowTo] of open[1] === 'equation' ? [[from, to] as const] : rows(tex, from, to)) {
      number(rowFrom, rowTo);
      if (open[1] === 'eqnarray') joinColumns(tex, rowFrom, rowTo, edits);
    }
  } else number(0, tex.length);
  return { tex: edits.text(), labels, origin: (offset) => edits.origin(offset) };

  function number(from: number, to: number): void {
    const row = tex.slice(from, to);
    const names: string[] = [];
    for (const m of row.matchAll(LABEL)) {
      edits.replace(from + m.index, from + m.index + m[0].length, '');
      if (LABEL_NAME.test(m[1]!.trim())) names.push(m[1]!.trim());
    }
    if (names.length === 0) return;
    const tag = tagsIn(row)[0]?.content;
    const shown = tag ?? next();
    if (tag === undefined)
      edits.replace(from + row.trimEnd().length, from + row.trimEnd().length, `\\tag{${shown}}`);
    labels.push(...names.map((name) => ({ name, number: shown })));
  }
}

const blankComment = (part: string) => (part[0] === '%' ? ' '.repeat(part.length) : part);

/**
 * What stands in the `\tag`s of a formula, in order.
 *
 * @returns the contents as written, and whether the tag has a star; nothing from a brace on that is not closed
 */
export function tagsIn(tex: string): { content: string; starred: boolean }[] {
  const tags: { content: string; starred: boolean }[] = [];
  const open = /\\tag(\*?)\s*\{/g;
  for (let m = open.exec(tex); m; m = open.exec(tex)) {
    const from = open.lastIndex;
    let depth = 1;
    let to = from;
    for (; to < tex.length && depth > 0; to++) {
      if (tex[to] === '\\') to++;
      else if (tex[to] === '{') depth++;
      else if (tex[to] === '}') depth--;
    }
    if (depth > 0) break;
    tags.push({ content: tex.slice(from, to - 1), starred: m[1] !== '' });
    open.lastIndex = to;
  }
  return tags;
}

/** Environments of LaTeX that KaTeX has not, by the nearest that it has. */
const SAME: Record<string, string> = table({ eqnarray: 'align', multline: 'gather', flalign: 'align' });

/** `a &=& b` of `eqnarray` is `a &= b` of `align`. */
function joinColumns(tex: string, from: number, to: number, edits: Edits): void {
  const marks = [...tex.slice(from, to).matchAll(/(?<!\\)&/g)];
  if (marks.length === 2) edits.replace(from + marks[1]!.index, from + marks[1]!.index + 1, ' ');
}

/** The rows between two offsets: cut at `\\` outside braces and inner environments. */
function rows(tex: string, from: number, to: number): [number, number][] {
  const out: [number, number][] = [];
  let depth = 0;
  let start = from;
  for (const m of tex.slice(from, to).matchAll(/\\begin\b|\\end\b|\\\\|\\.|[{}]/gs)) {
    const token = m[0];
    if (token === '{' || token === '\\begin') depth++;
    else if (token === '}' || token === '\\end') depth--;
    else if (token === '\\\\' && depth === 0) {
      out.push([start, from + m.index]);
      start = from + m.index + 2;
    }
  }
  out.push([start, to]);
  return out;
}
