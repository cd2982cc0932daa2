/**
 * KaTeX's MathML without what says nothing to a browser, and its TeX taken out, which a page keeps as an attribute:
 *
 *     <math xmlns="…"><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math>
 *     →  <math><mi>x</mi></math>  and  x
 *
 * and, where it is only read out, a number beside the formula, which KaTeX puts into a table of one row with it, between cells of nothing:
 *
 *     <mtable width="100%"><mtr><mtd width="50%"></mtd><mtd>…</mtd><mtd width="50%"></mtd><mtd>(1)</mtd></mtr></mtable>
 *     →  …<mspace width="2em"/>(1)
 *
 * and, where it is only read out, the number of a row, for which KaTeX leaves a cell empty between others that are room:
 *
 *     <mtr><mtd class="mtr-glue"></mtd><mtd>…</mtd><mtd class="mtr-glue"></mtd><mtd class="mml-eqn-num"></mtd></mtr>
 *     →  <mtr><mtd>…</mtd><mtd><mspace width="2em"/>(1)</mtd></mtr>
 */

import { tagsIn } from './equations.ts';
import type { KatexNode } from './katex-raw.ts';
import { escapeHtml } from './katex-tree.ts';

/** What is a row of its parts itself (MathML Core, §3.3.1). */
const ROWS = new Set(['math', 'mtd', 'mstyle', 'msqrt', 'mrow']);
/** What has a fixed number of parts, so that several that belong together have to be one row. */
const COUNTED = new Set(['msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mfrac', 'mroot']);
/** What holds characters alone. */
const TOKENS = new Set(['mi', 'mn', 'mo', 'mtext']);

/**
 * @param math KaTeX's `<math>`
 * @returns what it is about, and its TeX; nothing when it is none of KaTeX's known form
 */
export function readMath(math: KatexNode): { formula: KatexNode; tex: string } | undefined {
  const semantics = math.children?.[0];
  const [formula, annotation] = semantics?.children ?? [];
  const tex = annotation?.children?.[0]?.text;
  if (math.type !== 'math' || semantics?.type !== 'semantics' || !formula || tex === undefined) return;
  return { formula, tex };
}

/**
 * @param math KaTeX's `<math>`
 * @param formula what it is about
 * @param read whether it is only read out, so that a number stands behind its formula, not in a table with it
 * @returns the MathML
 */
export function slimMath(math: KatexNode, formula: KatexNode, read = false): string {
  const numbered = read ? numberedOf(formula) : undefined;
  if (!numbered) return printElement('math', openingOf(math), [formula]);
  const [shown, number] = numbered.map((cell) => contentOf('mtd', cell.children ?? []).html);
  return `${openingOf(math)}>${shown}<mspace width="2em"/>${number}</math>`;
}

/**
 * Puts the numbers of rows, which KaTeX draws and leaves out of MathML, into what is read out, in a column of their own.
 *
 * @param math KaTeX's `<math>`, which is changed
 * @param tag prints the content of a `\tag` as MathML
 */
export function numberRows(math: KatexNode, tag: (tex: string) => string): void {
  const { formula, tex } = readMath(math) ?? {};
  const rows = formula && !numberedOf(formula) ? rowsOf(formula) : [];
  if (tex === undefined || rows.length === 0) return;
  const tags = tagsIn(tex).map(shownTag);
  const cells = rows.map(({ children = [] }) =>
    children.filter((cell) => !isOf(cell, GLUE) && !isOf(cell, NUMBER)),
  );
  const width = Math.max(...cells.map((row) => row.length));
  rows.forEach((row, i) => {
    const number = row.children?.find((cell) => isOf(cell, NUMBER));
    const own = cells[i] ?? [];
    row.children = own;
    if (!number) return;
    const html = `<mspace width="2em"/>${tag(tags.shift() ?? '')}`;
    while (own.length < width) own.push({ type: 'mtd', toMarkup: () => '<mtd></mtd>' });
    own.push({ type: 'mtd', children: [{ toMarkup: () => html }], toMarkup: () => `<mtd>${html}</mtd>` });
  });
}

/** KaTeX's cells for the room beside a numbered row, and for its number. */
const GLUE = 'mtr-glue';
const NUMBER = 'mml-eqn-num';
const isOf = (cell: KatexNode, name: string) => cell.classes?.includes(name) === true;

/** The rows of the table that a formula is, where one has a number; KaTeX allows it there alone. */
function rowsOf(node: KatexNode): KatexNode[] {
  const { type, children = [] } = node;
  if (type === 'mtable') {
    const hasNumber = children.some((row) => row.children?.some((cell) => isOf(cell, NUMBER)));
    return hasNumber ? children : [];
  }
  const [only, more] = children;
  return only && !more ? rowsOf(only) : [];
}

/** @returns what a tag shows: a starred one has no parentheses */
export function shownTag({ content, starred }: ReturnType<typeof tagsIn>[number]): string {
  return starred ? content : `(${content})`;
}

/** What is in an element: its HTML, how many elements that is, and, where it is one row alone, the parts of that. */
interface Content {
  html: string;
  count: number;
}

/** Its opening tag, without the bracket at its end. */
function openingOf({ type = '', attributes = {}, classes = [] }: KatexNode): string {
  let tag = `<${type}`;
  for (const name in attributes) {
    const value = attributes[name] ?? '';
    if (name === 'xmlns' || (name === 'separator' && value === 'true')) continue;
    tag += ` ${name}="${escapeHtml(value)}"`;
  }
  return classes.length > 0 ? `${tag} class="${escapeHtml(classes.filter(Boolean).join(' '))}"` : tag;
}

function printElement(type: string, opening: string, children: KatexNode[]): string {
  return `${opening}>${contentOf(type, children).html}</${type}>`;
}

/** Leaves out rows of one element, which are that element, those that are all of a row, and empty ones in a row. */
function contentOf(type: string, children: KatexNode[]): Content {
  const isRow = ROWS.has(type);
  let html = '';
  let count = 0;
  let lone: Content | undefined;
  for (const node of children) {
    if (node.type === undefined) {
      if (node.text !== undefined) html += escapeHtml(node.text);
      else if (node.children) {
        // A fragment: KaTeX's way to hand on several parts at once.
        const parts = contentOf('', node.children);
        const one = parts.count > 1 && COUNTED.has(type);
        html += one ? `<mrow>${parts.html}</mrow>` : parts.html;
        count += one ? 1 : parts.count;
      } else {
        html += node.toMarkup();
        count++;
      }
      continue;
    }
    if (node.type === 'mrow' && isPlain(node)) {
      const parts = contentOf('mrow', node.children ?? []);
      if (parts.count === 0 && isRow) continue;
      html += parts.count === 1 ? parts.html : `<mrow>${parts.html}</mrow>`;
      if (++count === 1 && parts.count !== 1) lone = parts;
      continue;
    }
    html += printNode(node);
    count++;
  }
  return isRow && lone && count === 1 ? lone : { html, count };
}

/** The cells of a formula and of its number, where a table is one of KaTeX's for that. */
function numberedOf(table: KatexNode | undefined): KatexNode[] | undefined {
  if (table?.type !== 'mtable' || table.attributes?.width !== '100%') return;
  const cells = table.children?.[0]?.children ?? [];
  const [, formula, , number] = cells;
  return cells.length === 4 && formula && number ? [formula, number] : undefined;
}

function printNode(node: KatexNode): string {
  const { type = '', children = [] } = node;
  const [only, more] = children;
  // `\bmod` and `\mathop{…}`: to a browser's parser, an element in a token ends the formula.
  if (only && only.text === undefined && TOKENS.has(type) && (only.type ?? only.children)) {
    const text = textOf(children);
    if (text === undefined) return printElement('mrow', '<mrow', children);
    return `${openingOf(node)}>${escapeHtml(text)}</${type}>`;
  }
  if (type !== 'mtd' || !only || more || !isPlain(node)) return printElement(type, openingOf(node), children);
  // Cells of a table say for themselves how they are set.
  const { scriptlevel, displaystyle, ...others } = only.attributes ?? {};
  if (only.type !== 'mstyle' || scriptlevel !== '0' || !displaystyle || Object.keys(others).length > 0)
    return printElement(type, openingOf(node), children);
  const opening = displaystyle === 'true' ? '<mtd displaystyle="true"' : '<mtd';
  return printElement(type, opening, only.children ?? []);
}

/** The characters of upright letters, digits and signs; nothing when there is more than those. */
function textOf(nodes: KatexNode[]): string | undefined {
  let out = '';
  for (const { type, text, children, attributes } of nodes) {
    const slanted =
      type === 'mi' && attributes?.mathvariant !== 'normal' && children?.[0]?.text?.length === 1;
    const known = type === undefined || type === 'mrow' || TOKENS.has(type);
    const inner = known && !slanted ? (text ?? (children && textOf(children))) : undefined;
    if (inner === undefined) return undefined;
    out += inner;
  }
  return out;
}

function isPlain({ attributes = {}, classes = [] }: KatexNode): boolean {
  for (const _ in attributes) return false;
  return classes.length === 0;
}
