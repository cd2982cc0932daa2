/**
 * Mathematics that became text: an opener whose end is missing or stands past a blank line, and an environment of TeX
 * outside every formula. The page shows them as Markdown, which the author cannot have wanted.
 */

import type { Nodes, Paragraph, Text } from 'mdast';
import { mathStray, mathUnclosed } from '../diagnostics/messages.ts';
import { isTex } from '../dollars.ts';
import { atOf, type NoteContext } from './context.ts';
import { ENVIRONMENT, openFormula } from './math-syntax.ts';
import { positionIn, textsOf } from './texts.ts';

/**
 * `\[` and `$$` at the start of a line, which the first group holds, or behind text, `\(` and `\begin{…}` anywhere; the
 * second group is the environment's name. The line's start is looked back for only from a sign that begins one.
 */
const OPENER =
  /(?=[\\$])(?<=^[ \t>]*)(\\\[|\$\$(?!\$))|(?<!\\)\\[([]|(?<![\w$\\=)])\$\$(?!\$)|\\(?<!\\\\)begin\{([A-Za-z]{1,20}\*?)\}/gm;

/** In a line, `\(` may be a bracket and `$$` a shell's: what is behind must be a command, a power, a subscript, an equation. */
const SURELY_TEX = /\\[A-Za-z]|[\^=]|(?<![A-Za-z])[A-Za-z]_(?:[A-Za-z\d](?![A-Za-z\d])|\{)/;
/** What is looked at of it: up to the first Chinese, which formulas do without. */
const BEHIND = /^[^\p{Script=Han}，。；：、！？（）“”\n]{0,200}/u;
/** No longer rest of a paragraph is looked through for the bracket that ends one. */
const LONGEST = 2000;
/** Openers that stand in no text are in code or in an address: whoever has so many of them writes of TeX. */
const MOST_ASKED = 100;

/** Environments that stand inside a formula. */
const INNER =
  /^(?:aligned|alignedat|gathered|split|cases|[dr]cases|array|subarray|(?:[pbvBV]|small)?matrix)\*?$/;

/** What may stand behind `\begin{…}` on a line: what the environment is given, and a label. */
const GIVEN = /^(?:\[[^\]\n]*\]|\{[^}\n]*\}|[ \t]*\\label\{[^}\n]*\})*[ \t]*(?:\n|$)/;

/** Dollars with a line for themselves, in a paragraph: they were to close a formula. */
const LEFT = /^[ \t>]*\$\$[ \t]*$/m;

/**
 * Reports what opens display mathematics in a paragraph and did not become a formula.
 *
 * @param node a paragraph as it was parsed, before formulas leave it
 * @param siblings the blocks it stands among, itself at `index`
 */
export function reportStray(note: NoteContext, node: Paragraph, siblings: Nodes[], index: number): void {
  const start = node.position?.start.offset;
  const source = sourceOf(note, node);
  if (start === undefined) return;
  if (!/\\begin\{|\\[([]|\$\$/.test(source)) return;
  let texts: Text[] | undefined;
  let asked = 0;
  for (const match of source.matchAll(OPENER)) {
    const [opener, block, environment] = match;
    const inLine = block === undefined && environment === undefined;
    const isFormula = environment !== undefined && (ENVIRONMENT.test(environment) || INNER.test(environment));
    if (
      environment !== undefined &&
      !isFormula &&
      (++asked > MOST_ASKED || !hasItsLines(note, source, match, start))
    )
      continue;
    if (inLine && (!isUnclosed(opener, source, match.index + opener.length) || ++asked > MOST_ASKED))
      continue;
    texts ??= textsOf(node);
    const from = start + match.index;
    // `*}` of a starred environment may be taken for emphasis.
    const place = positionIn(note, texts, from, opener.length, 1);
    if (!place) continue;
    const at = () => atOf(note, place);
    if (inLine) {
      const mark = opener === '$$' ? markBelow(note, node, siblings[index + 1]) : undefined;
      note.diagnostics.push(mathUnclosed(at(), opener, closerOf(opener), false, mark));
      return;
    }
    const rest = source.slice(match.index + opener.length);
    if (environment === undefined) {
      const closer = closerOf(opener);
      if (rest.includes(closer) || !isTex(rest, false) || closesBracket(rest, '[', ']')) continue;
      note.diagnostics.push(mathUnclosed(at(), opener, closer, false));
      // What follows in the paragraph was to be inside it.
      return;
    }
    const closer = `\\end{${environment}}`;
    if (ENVIRONMENT.test(environment) && !rest.includes(closer)) {
      note.diagnostics.push(mathUnclosed(at(), opener, closer, false));
      return;
    }
    note.diagnostics.push(mathStray(at(), environment, isFormula));
    return;
  }
  const open = openFormula(source, false);
  if (open === undefined) return;
  const mark = markBelow(note, node, siblings[index + 1]);
  const endsLine = /^..[ \t]*\n/.test(source.slice(open));
  if (mark === undefined && !endsLine && !isTorn(note, siblings, index)) return;
  const place = positionIn(note, texts ?? textsOf(node), start + open, 2);
  if (place) note.diagnostics.push(mathUnclosed(atOf(note, place), '$$', '$$', false, mark));
}

/** Whether a line opens an environment, and another one ends it: in a sentence, TeX may be what is written about. */
function hasItsLines({ body }: NoteContext, source: string, match: RegExpExecArray, start: number): boolean {
  const end = match.index + match[0].length;
  if (!/(?:^|\n)[ \t>]*$/.test(source.slice(0, match.index)) || !GIVEN.test(source.slice(end))) return false;
  const ends = new RegExp(`^[ \\t>]*\\\\end\\{${match[2]!.replace('*', '\\*')}\\}[ \\t]*$`, 'm');
  return ends.test(body.slice(start + end));
}

/** What begins a block in the line below a paragraph, when dollars that may be the end of a formula follow. */
function markBelow(
  { body }: NoteContext,
  { position }: Paragraph,
  next: Nodes | undefined,
): string | undefined {
  const start = next?.position?.start;
  if (!position || start?.line !== position.end.line + 1 || next?.type === 'math') return undefined;
  if (!body.includes('$$', start.offset)) return undefined;
  return /^\S+/.exec(body.slice(start.offset, start.offset! + 20))?.[0];
}

/** Whether dollars stand below a paragraph that were to close its formula. */
function isTorn(note: NoteContext, siblings: Nodes[], index: number): boolean {
  for (let i = index + 1; i < siblings.length; i++) {
    const node = siblings[i]!;
    if (node.type !== 'paragraph') return false;
    const source = sourceOf(note, node);
    if (source.includes('$$')) return LEFT.test(source);
  }
  return false;
}

function sourceOf({ body }: NoteContext, { position }: Paragraph): string {
  return body.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

function closerOf(opener: string): string {
  return opener === '$$' ? '$$' : opener === '\\[' ? '\\]' : '\\)';
}

/** Whether what stands behind an opener in a line is TeX, and nothing in the paragraph ends it. */
function isUnclosed(opener: string, source: string, from: number): boolean {
  if (!SURELY_TEX.test(BEHIND.exec(source.slice(from, from + 200))![0])) return false;
  const rest = source.slice(from, from + LONGEST);
  if (rest.length === LONGEST || rest.includes(closerOf(opener))) return false;
  if (opener === '$$') return true;
  return opener === '\\(' ? !closesBracket(rest, '(', ')）') : !closesBracket(rest, '[', ']］】');
}

/** `\[x\]` is also how Markdown escapes a bracket: whether one that was opened before the text closes in it. */
function closesBracket(rest: string, opener: string, closers: string): boolean {
  let open = 0;
  for (const c of rest) {
    if (c === opener) open++;
    else if (closers.includes(c) && --open < 0) return true;
  }
  return false;
}
