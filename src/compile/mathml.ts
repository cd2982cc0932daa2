/**
 * Formulas as MathML alone (`math.output: mathml`). KaTeX writes the MathML of screen readers; what a browser is to show
 * of it needs more, for MathML Core leaves out what KaTeX says by attribute:
 *
 *     <mi mathvariant="double-struck">R</mi>            →  <mi>ℝ</mi>
 *     <mtable columnalign="right left" …><mtr><mtd>     →  <mtable><mtr><mtd style="text-align:right;padding-inline:0">
 *     a row's number, for which KaTeX leaves a gap      →  <mtd class="eqn-num"><mtext>(1)</mtext></mtd>
 *     <mrow href="#eq"><mtext>(1)</mtext></mrow>        →  <mtext><a href="#eq">(1)</a></mtext>
 *
 * A line breaks nowhere inside `<math>`, so a long formula in a text is several, cut where TeX would break the line.
 * `templates/style/mathml.css` has the rest.
 */

import { tagsIn } from './equations.ts';
import type { KatexNode } from './katex-raw.ts';
import { escapeTex } from './katex-tree.ts';
import { lettersIn } from './math-letters.ts';
import { readMath, shownTag, slimMath } from './slim-math.ts';

interface Node {
  name: string;
  attributes: string;
  kids: Kid[];
}
/** An element, or text, escaped. */
type Kid = Node | string;

const TOKEN = /<(\/?)(\w+)([^>]*?)(\/?)>|[^<]+/y;

/**
 * @param katex what KaTeX built with `output: 'mathml'`
 * @returns its MathML, slim, and its TeX; nothing when it is none of KaTeX's known form
 */
export function readMathml(katex: KatexNode): { math: string; tex: string } | undefined {
  const math = katex.children?.[0];
  const read = math && readMath(math);
  return read && { math: slimMath(math, read.formula), tex: read.tex };
}

/**
 * @param katex what KaTeX built with `output: 'mathml'`
 * @param tag prints the content of a `\tag` as MathML
 * @returns the same for browsers to show, its TeX in `data-tex`
 */
export function printMathml(katex: KatexNode, display: boolean, tag: (tex: string) => string): string {
  const slim = readMathml(katex);
  const tree = slim && treeOf(slim.math);
  const [math] = tree ?? [];
  if (!slim || tree?.length !== 1 || typeof math !== 'object') return katex.toMarkup();
  const tags = tagsIn(slim.tex).map(shownTag);
  mend(math, () => tag(tags.shift() ?? ''));
  const open = `<span class="katex" data-tex="${escapeTex(slim.tex)}">`;
  if (display) return `<span class="katex-display">${open}${printNode(math)}</span></span>`;
  return `${open}${cut(math).map(printNode).join('')}</span>`;
}

function treeOf(math: string): Kid[] | undefined {
  const root: Kid[] = [];
  const open: Kid[][] = [root];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < math.length; ) {
    const token = TOKEN.exec(math);
    const kids = open.at(-1);
    if (!token || !kids) return;
    const [text, closing, name, attributes = '', empty] = token;
    if (name === undefined) kids.push(text);
    else if (closing) open.pop();
    else {
      const node: Node = { name, attributes: attributes.replaceAll(' =', '='), kids: [] };
      kids.push(node);
      if (!empty) open.push(node.kids);
    }
  }
  return open.length === 1 ? root : undefined;
}

function printNode({ name, attributes, kids }: Node): string {
  return `<${name}${attributes}>${kids.map((kid) => (typeof kid === 'string' ? kid : printNode(kid))).join('')}</${name}>`;
}

const nodesOf = (node: Node) => node.kids.filter((kid) => typeof kid !== 'string');
const attribute = (node: Node, name: string) =>
  new RegExp(` ${name}="([^"]*)"`).exec(node.attributes)?.[1] ?? '';

/** @param next the number of the next row that has one, as MathML */
function mend(node: Node, next: () => string): void {
  if (node.name === 'mtable') mendTable(node, next);
  for (const kid of nodesOf(node)) mend(kid, next);
  const face = attribute(node, 'mathvariant');
  // Text has faces by style; its letters are to stay letters.
  if (/^m[ino]$/.test(node.name) && face !== '' && face !== 'normal') {
    node.attributes = node.attributes.replace(/ mathvariant="[^"]*"/, '');
    node.kids = node.kids.map((kid) => (typeof kid === 'string' ? lettersIn(kid, face) : kid));
  }
  // An operator is text (MathML Core, §3.2.4); KaTeX makes one of what is set over or under a sign, too.
  if (node.name === 'mo' && node.kids.some((kid) => typeof kid === 'object')) node.name = 'mrow';
  const href = attribute(node, 'href');
  if (href === '') return;
  const text = printNode(node).replace(/<[^>]*>/g, '');
  Object.assign(node, { name: 'mtext', attributes: '', kids: [`<a href="${href}">${text}</a>`] });
}

/** KaTeX's cells for the room beside a numbered row, and for its number. */
const GLUE = ' class="mtr-glue"';
const NUMBER = ' class="mml-eqn-num"';

function mendTable(table: Node, next: () => string): void {
  const rows = nodesOf(table).filter((row) => row.name === 'mtr');
  const aligns = attribute(table, 'columnalign').split(' ');
  const spaces = attribute(table, 'columnspacing').split(' ');
  const lines = attribute(table, 'columnlines').split(' ');
  const rules = attribute(table, 'rowlines').split(' ');
  const whole = attribute(table, 'width') !== '';
  const numbered = rows.some((row) => nodesOf(row).some((cell) => cell.attributes === NUMBER));
  table.attributes = whole || numbered ? ' class="eqn"' : '';
  // The whole formula's number: room, formula, room, number.
  if (whole) {
    const [before, formula, after, number] = nodesOf(rows[0]!);
    // Cells are set as in a text, if they do not say that they are not.
    if (formula) formula.attributes += ' displaystyle="true"';
    if (before) before.attributes = GLUE;
    if (after) after.attributes = GLUE;
    if (number) number.attributes = ' class="eqn-num"';
    return;
  }
  const at = <T>(list: T[], i: number) => list[Math.min(i, list.length - 1)];
  rows.forEach((row, r) => {
    const own = nodesOf(row).some((cell) => cell.attributes === NUMBER);
    const rule = r < rows.length - 1 ? lineOf('bottom', at(rules, r)) : '';
    let column = 0;
    for (const cell of nodesOf(row)) {
      if (cell.attributes === NUMBER) {
        cell.attributes = ' class="eqn-num"';
        cell.kids = [next()];
      } else if (cell.attributes !== GLUE) {
        const align = at(aligns, column);
        // KaTeX's empty row before a sign, which says that it has an operand on its left, is not printed.
        if (align === 'left' && column > 0 && at(aligns, column - 1) === 'right') between(cell.kids[0]);
        const last = column >= aligns.length - 1;
        const style = [
          align !== '' && align !== 'center' && `text-align:${align}`,
          paddingOf(column === 0 ? '' : at(spaces, column - 1), last ? '' : at(spaces, column)),
          !last && lineOf('right', at(lines, column)),
          rule,
        ];
        cell.attributes += styleOf(style);
        column++;
      }
    }
    if (!numbered || own) return;
    for (; column < aligns.length; column++) row.kids.push({ name: 'mtd', attributes: '', kids: [] });
    row.kids.unshift({ name: 'mtd', attributes: GLUE, kids: [] });
    row.kids.push({ name: 'mtd', attributes: GLUE, kids: [] });
  });
}

/** Says of a sign that begins or ends a row that it stands between its operands all the same, with its spaces. */
function between(kid: Kid | undefined): boolean {
  if (typeof kid !== 'object' || kid.name !== 'mo' || !BREAKS.test(String(kid.kids[0]))) return false;
  if (!kid.attributes.includes(' form=')) kid.attributes += ' form="infix"';
  return true;
}

function styleOf(declarations: (string | false | undefined)[]): string {
  const style = declarations.filter(Boolean).join(';');
  return style && ` style="${style}"`;
}

/** Half the space on each side; browsers' own 0.4 em is as good as KaTeX's half of 1 em. */
function paddingOf(before = '', after = ''): string {
  if (![before, after].some((space) => space !== '' && space !== '1em')) return '';
  const half = (space: string) => (space === '' ? '0' : `${Number.parseFloat(space) / 2}em`);
  const [left, right] = [half(before), half(after)].map((space) => (space === '0em' ? '0' : space));
  return `padding-inline:${left === right ? left : `${left} ${right}`}`;
}

function lineOf(side: string, line = ''): string {
  return line === 'solid' || line === 'dashed' ? `border-${side}:1px ${line}` : '';
}

/** More letters and signs than this in one formula, and it is cut: about six hanzi wide. */
const SHORT = 12;
/** Signs after which TeX breaks a line: relations, and binary operators. */
const BREAKS = /^(?:[=≠≡≈∼≃≅≐≜∝≤≥≪≫⊂⊆⊃⊇∈∉∋→←↔⇒⇐⇔↦⟶⟹⟺⊢⊨≺⪯≻⪰+−±∓×⋅∗⊙⊗⊕∪∩∘]|&[lg]t;)$/;

/** The parts of a formula between which a line may break. */
function cut(math: Node): Node[] {
  if (printNode(math).replace(/<[^>]*>|&\w+;/g, '').length <= SHORT) return [math];
  const parts: Kid[][] = [[]];
  math.kids.forEach((kid, i) => {
    parts.at(-1)!.push(kid);
    if (i > 0 && i < math.kids.length - 1 && between(kid)) parts.push([]);
  });
  return parts.map((kids) => ({ ...math, kids }));
}
