/**
 * Printing formulas. rehype-katex has KaTeX build them at build time, and `slim-katex.ts` prints what KaTeX built; a
 * printed formula stays a string. `katex-raw.ts` says how rehype-katex comes by KaTeX's tree.
 */

import type { Element, ElementContent, Root } from 'hast';
import type { Plugin } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import {
  labelMissing,
  mathComment,
  mathInvalid,
  mathTooDeep,
  mathTooLong,
  mathUntrusted,
} from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { Edits } from '../edits.ts';
import { encodeFragment } from '../paths.ts';
import { lettersOf, texIn } from '../printed-math.ts';
import { atOf, element, type Formula, type NoteContext, noteOf } from './context.ts';
import { escapeTex } from './katex-tree.ts';
import { printMathml, readMathml } from './mathml.ts';
import { printTex } from './print-tex.ts';
import { printedFormulas } from './printed-formulas.ts';
import { slimKatex } from './slim-katex.ts';
import { numberRows } from './slim-math.ts';

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 100;
/** Commands that change macros for the formulas after them, as in MathJax. */
export const DEFINES = /\\(?:[egx]?def|global|(?:new|renew|provide)command|(?:future)?let)(?![A-Za-z])/;
/** With the macro that it defines. */
const NEW_COMMAND = /\\newcommand\*?(?=\s*\{?\s*(\\(?:[A-Za-z@]+|[^\sA-Za-z])))/g;
const REFERENCE = /\\(eq)?ref\s*\{([^{}]*)\}/g;
/** Where `%` is itself, and comments, which go to the end of their line. */
export const COMMENT = /\\verb\*?([^\sA-Za-z*]).*?\1|\\(?:href|url)\s*\{[^}]*\}|\\[\s\S]|%.*/g;
/** What a link inside a formula leads to until KaTeX has printed it; authors' own links are not trusted. */
const LINK = '#postil-label-';

/** hast: prints every formula that is still TeX. */
export const rehypeMath: Plugin<[], Root> = () => (tree, file) => printFormulas(noteOf(file), tree);

/** Prints the formulas of a tree into the note's list; holes with their numbers stay. */
export function printFormulas(note: NoteContext, tree: Root): void {
  const numbers = new Map<string, number>();
  visit(tree, 'element', (node, index, parent) => {
    const formula = node.data?.tex;
    if (!formula || !parent || index === undefined) return;
    const printed = printFormula(note, formula);
    if (typeof printed === 'string') {
      let n = numbers.get(printed);
      if (n === undefined) {
        n = note.math.length;
        note.math.push(printed);
        numbers.set(printed, n);
      }
      parent.children[index] = { type: 'raw', value: `\0m${n}\0` } as never;
    } else parent.children[index] = printed;
    return SKIP;
  });
}

/**
 * Prints one formula; what is wrong with it is said in the note's diagnostics.
 *
 * @returns its HTML, or the element that stands for one that cannot be printed
 */
export function printFormula(note: NoteContext, formula: Formula): string | Element {
  const { display, position } = formula;
  const output = note.mathOutput;
  const at = () => atOf(note, position);
  const { tex, origin, written } = asKatexTakes(note, formula);
  const named = `${display ? 'D' : 'T'}${tex}`;
  const settings = note.macroKey === undefined ? undefined : output + note.macroKey;
  // Only what is right, needs no message and is copied as it is printed is remembered.
  const known =
    settings === undefined || written.length > 0 ? undefined : printedFormulas.get(settings, named);
  if (known !== undefined) return known;
  if (tex.length > MAX_LENGTH) {
    note.diagnostics.push(mathTooLong(at(), tex.length));
    return failed(formula.written, 'too long');
  }
  if (braceDepth(tex) > MAX_DEPTH) {
    note.diagnostics.push(mathTooDeep(at()));
    return failed(formula.written, 'nested too deeply');
  }
  // KaTeX keeps notes of its own among the macros: only a formula that defines gets the note's own object.
  const defines = DEFINES.test(tex);
  if (defines) note.macroKey = undefined;

  const comment = lastComment(tex);
  if (comment !== undefined && commentsOut(note, formula))
    note.diagnostics.push(mathComment(inFormula(note, formula, origin(comment))));

  const { tree, untrusted, cause } = printTex(tex, display, {
    macros: defines ? note.macros : { ...note.macros },
    keeps: defines,
    output,
    trusts: (command, url) => command === '\\href' && url?.startsWith(LINK) === true,
  });
  for (const own of ['\\df@tag', '\\current@color']) delete note.macros[own];
  for (const command of new Set(untrusted)) note.diagnostics.push(mathUntrusted(at(), command));
  if (cause) {
    const deep = cause instanceof RangeError;
    const text = cause.rawMessage ?? cause.message;
    note.diagnostics.push(
      deep
        ? mathTooDeep(at())
        : mathInvalid(inFormula(note, formula, origin(cause.position ?? 0), cause.length), text),
    );
    return failed(formula.written, deep ? 'nested too deeply' : text);
  }
  const tagged = (content: string) => tagAsMathml(note, content);
  // Where a number stands beside the whole formula, KaTeX's MathML has it.
  const math =
    display && tex.includes('\\tag') ? tree?.children?.[0]?.children?.[0]?.children?.[0] : undefined;
  if (math && output !== 'mathml') numberRows(math, tagged);
  const slim = !tree ? '' : output === 'mathml' ? printMathml(tree, display, tagged) : slimKatex(tree);
  const html = slim.includes(LINK) || written.length > 0 ? withAddresses(slim, note, written) : slim;
  // Whether a comment is one depends on the lines of the note.
  const plain = !defines && untrusted.length === 0 && comment === undefined;
  if (settings !== undefined && plain && html === slim) printedFormulas.set(settings, named, html);
  return html;
}

/** Where a comment begins that goes to the end of a formula. */
function lastComment(tex: string): number | undefined {
  if (!tex.includes('%')) return undefined;
  for (const m of tex.matchAll(COMMENT))
    if (m[0][0] === '%' && m.index + m[0].length === tex.length) return m.index;
  return undefined;
}

/** Whether the last `%` of a formula has the formula's end on its line: who writes a comment ends it with the line. */
function commentsOut({ body }: NoteContext, { position }: Formula): boolean {
  const { start, end } = position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return false;
  return !body.slice(body.lastIndexOf('%', end.offset - 1), end.offset).includes('\n');
}

/** The number of a row, which KaTeX leaves out of MathML. */
function tagAsMathml(note: NoteContext, tag: string): string {
  const { tree } = printTex(`\\text{${tag}}`, false, { macros: { ...note.macros }, output: 'mathml' });
  const math = tree && readMathml(tree)?.math;
  // Its parts: in a row, the browser would not set them at the right of their cell.
  return math?.replace(/^<math>|<\/math>$/g, '') ?? '';
}

/**
 * Leads references in a printed formula to their equations; what is copied is what the author wrote. Beside a picture
 * that is hidden from screen readers its MathML has the link that takes the focus: KaTeX gives it one that is none.
 */
function withAddresses(html: string, note: NoteContext, written: [ours: string, theirs: string][]): string {
  const address = (n: string) => `href="#${encodeFragment(note.labels[Number(n)]?.id ?? '')}"`;
  return html
    .replace(
      new RegExp(`<mrow href="${LINK}(\\d+)">(.*?)</mrow>`, 'g'),
      (_, n: string, text: string) => `<mtext><a ${address(n)}>${text.replace(/<[^>]*>/g, '')}</a></mtext>`,
    )
    .replaceAll(
      new RegExp(`href="${LINK}(\\d+)"`, 'g'),
      (_, n: string) => address(n) + (html.includes(' aria-hidden="true"') ? ' tabindex="-1"' : ''),
    )
    .replace(/ data-tex="[^"]*"/, (attribute) =>
      written.reduce(
        (text, [ours, theirs]) => text.replace(escapeTex(ours), () => escapeTex(theirs)),
        attribute,
      ),
    );
}

/** What a formula says, as text: `⋆` for `\star`. */
export function textOfTex(note: NoteContext, tex: string): string {
  const origin = (offset: number) => offset;
  const html = printFormula(note, { tex, written: tex, origin, display: false, position: undefined });
  return (typeof html === 'string' && lettersOf(html)) || tex;
}

/**
 * Puts numbers, linked to their equations, in place of `\ref` and `\eqref`, and lets `\newcommand` define what is defined,
 * by KaTeX too: in a note, every formula may do it again.
 *
 * @returns also what was put in the place of what
 */
function asKatexTakes(
  note: NoteContext,
  formula: Formula,
): { tex: string; origin: Formula['origin']; written: [ours: string, theirs: string][] } {
  const { tex } = formula;
  const written: [string, string][] = [];
  if (!tex.includes('ref') && !tex.includes('\\newcommand')) return { tex, origin: formula.origin, written };
  const edits = new Edits(tex);
  for (const m of tex.matchAll(NEW_COMMAND)) {
    const ours = `\\providecommand{${m[1]}}{}\\renewcommand`;
    edits.replace(m.index, m.index + m[0].length, ours);
    written.push([ours, m[0]]);
  }
  for (const m of tex.matchAll(REFERENCE)) {
    const name = m[2]!.trim();
    const n = note.labels.findIndex((l) => l.name === name);
    const bare = n === -1 ? '??' : note.labels[n]!.number.replace(/[{}%#&_]/g, '\\$&');
    const shown = `\\text{${m[1] ? `(${bare})` : bare}}`;
    // KaTeX's MathML lays texts side by side into one, were the link a text alone.
    const ours = n === -1 || formula.inLink ? shown : `\\href{${LINK}${n}}{{}${shown}}`;
    edits.replace(m.index, m.index + m[0].length, ours);
    written.push([ours, m[0]]);
    if (n !== -1) {
      note.labels[n]!.used = true;
      continue;
    }
    const near = suggest(
      name,
      note.labels.map((l) => l.name),
    );
    note.diagnostics.push(
      labelMissing(inFormula(note, formula, formula.origin(m.index), m[0].length), name, near),
    );
  }
  return { tex: edits.text(), origin: (offset) => formula.origin(edits.origin(offset)), written };
}

function failed(tex: string, why: string): Element {
  return element('code', { className: ['math-error'], title: why }, [
    { type: 'text', value: tex } as ElementContent,
  ]);
}

function braceDepth(tex: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < tex.length; i++) {
    const c = tex[i];
    if (c === '\\') i++;
    else if (c === '{') most = Math.max(most, ++depth);
    else if (c === '}') depth--;
  }
  return most;
}

/**
 * The place of an offset inside a formula, in the file. The formula's lines stand in the source behind
 * whatever indents them (`> `, list indent), so each line is looked up in its source line.
 */
function inFormula(note: NoteContext, { written, position }: Formula, offset: number, length = 1): At {
  const whole = atOf(note, position);
  if (!position) return whole;
  const before = written.slice(0, Math.min(offset, written.length));
  const row = before.split('\n').length - 1;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  const texLine = (written.split('\n')[row] ?? '').trimEnd();
  const lines = note.body.split('\n', position.end.line);
  const first = position.start.line + row;
  for (let line = first; line <= Math.min(first + 1, position.end.line); line++) {
    const start = line === position.start.line ? position.start.column - 1 : 0;
    const found = (lines[line - 1] ?? '').indexOf(texLine, start);
    if (found === -1 || texLine === '') continue;
    return { ...whole, line: line + note.bodyLine, column: found + column + 1, length: Math.max(1, length) };
  }
  return whole;
}

/** The TeX of a printed formula, between dollars. */
export function texOf(html: string): string {
  return `$${texIn(html)}$`;
}
