/**
 * KaTeX's HTML with half its elements or less and the same picture, pixel by pixel (tests/browser/formulas.test.ts). A page
 * with a hundred formulas has some ten thousand elements inside them, which a phone lays out one by one. Browsers make the
 * same boxes from less: what only props others up or keeps them apart can be a pseudo-element, a table with one column is a
 * box, and what no style speaks of need not be there:
 *
 *     <span class="katex-base"><span class="katex-strut" style="height:1em;"></span>…  →  <span class="katex-base" style="--h:1em">…
 *     <span class="mord"><span class="mord mathnormal">x</span><span class="msupsub">…  →  <i>x</i><span class="kv ks">…
 *     <span class="vlist-t"><span class="vlist-r"><span class="vlist" style="height:1em;">…  →  <span class="kv" style="padding-top:1em">…
 *     a table's second row, which only has a height, and the sliver before it          →  <span class="kv" style="padding-top:1em;--d:.2em">
 *     <span style="top:-2.5em;"><span class="pstrut" style="height:2.7em;"></span>…   →  <span style="top:-2.5em;--p:2.7em">…
 *     a fraction's line                                                                →  <span class="kh" style="top:-3.2em;--p:3em">
 *     a space, =, a space                                                              →  <span class="kr">=</span>
 *     a delimiter that is not seen, a fraction, another one                            →  <span class="kv kf">…
 *
 * Boxes that have lines of their own must all stay: Chromium rounds the top of each before it draws the text in it.
 * `templates/style/math.css` has the other half. `slim-math.ts` does the same for the MathML; `flat-katex.ts` says which
 * formulas are text and need none.
 */

import { isFlat } from './flat-katex.ts';
import { IN_LINE, LETTER, type Names, NONE, namesOf } from './katex-names.ts';
import type { KatexNode } from './katex-raw.ts';
import { type Box, boxOf, escapeTex, isBox, type Kid, printTree } from './katex-tree.ts';
import { readMath, slimMath } from './slim-math.ts';
import { sidesOf, withSpaces } from './slim-spaces.ts';

const TABLE: Names = namesOf(['kv']);
const FRACTION_LINE: Names = namesOf(['kh']);
/** TeX's usual fraction line. */
const LINE = 'border-bottom-width:0.04em';
const FRACTION: Names = namesOf(['fraction']);

/**
 * @param tree what KaTeX built
 * @returns the same picture with less markup; what is not of KaTeX's known forms stays as it is
 */
export function slimKatex(tree: KatexNode): string {
  const display = tree.classes?.[0] === 'katex-display';
  const katex = display ? tree.children?.[0] : tree;
  const [twin, seen] = katex?.children ?? [];
  const math = twin?.children?.[0];
  const read = math && readMath(math);
  if (!read || !seen) return tree.toMarkup();
  const drawn = boxOf(seen);
  const last = display ? -1 : drawn.kids.length - 1;
  drawn.kids = drawn.kids.map((part, i) => {
    if (!isBox(part)) return part;
    if (part.names.first === 'katex-base') return slimBase(part, i === last);
    if (part.names.first === 'katex-tag') takeStrut(part, true);
    return slimBox(part, true, false);
  });
  const open = (name: string) => `<span class="${name}" data-tex="${escapeTex(read.tex)}">`;
  if (display)
    return `<span class="katex-display">${open('katex')}${slimMath(math, read.formula, true)}${printTree([drawn])}</span></span>`;
  const [only, more] = drawn.kids;
  const single = more === undefined && isBox(only) ? only : undefined;
  if (isFlat(drawn.kids))
    return single
      ? `${open('katex katex-text')}${printTree(single.kids)}</span>`
      : `${open('katex')}${printTree(drawn.kids)}</span>`;
  // What screen readers skip is the only part, where there is but one.
  if (single) single.rest += ' aria-hidden="true"';
  return `${open('katex')}${slimMath(math, read.formula, true)}${printTree([single ?? drawn])}</span>`;
}

/**
 * The parts of a row or of an element, slim.
 *
 * @param out where they are put
 * @param upright whether KaTeX's main face is around them
 * @param boxed whether an element that browsers make a box for is between them and the next box with lines of its own
 */
function slimRow(kids: Kid[], out: Kid[], upright: boolean, boxed: boolean): void {
  const start = out.length;
  for (let i = 0; i < kids.length; i++) {
    const kid = kids[i]!;
    if (!isBox(kid)) out.push(kid);
    else {
      const fraction = fractionAt(kids, i);
      if (fraction) i += 2;
      slimPart(fraction ?? kid, out, upright, boxed);
    }
  }
  withSpaces(out, start);
}

/** A part of a row: its parts, where it is but a name. */
function slimPart(box: Box, out: Kid[], upright: boolean, boxed: boolean): void {
  const { names, kids } = box;
  const says = names === NONE || (upright ? names.upright : names.bare) !== NONE;
  if (says || box.style !== '' || box.rest !== '' || box.tag !== 'span') {
    out.push(slimBox(box, upright, boxed));
    return;
  }
  const makes = !boxed && makesBox(box);
  const start = out.length;
  slimRow(kids, out, upright, boxed || makes);
  if (!makes) return;
  // Its texts are placed by the box that is made for it; letters have one of their own.
  if (out.some((kid, i) => i >= start && (typeof kid === 'string' || (isBox(kid) && sidesOf(kid.names))))) {
    out.push({ ...box, names: NONE, kids: out.splice(start) });
    return;
  }
  for (let i = start; i < out.length; i++) {
    const kid = out[i];
    if (isBox(kid)) fix(kid);
  }
}

/** Has browsers make a box for a letter by itself. */
function fix(kid: Box): void {
  kid.isFixed = true;
  if (kid.tag !== 'i' && kid.style === '' && kid.kids.every((text) => typeof text === 'string'))
    kid.names = kid.names.with('kb');
}

/**
 * Whether browsers make a box for an element without style: they do where something in it is not as high as its text.
 * Chromium rounds the top of the innermost such box, else of the line, before it draws a text.
 */
function makesBox(box: Box): boolean {
  for (const kid of box.kids)
    if (typeof kid !== 'string' && (!isBox(kid) || kid.isSpaced || kid.names.isOther)) return true;
  return false;
}

/** Whether it is a table with one column: `\oiint` is an operator besides. */
function isTable({ names }: Box): boolean {
  return names.bare.first === 'vlist-t';
}

/** The table that is all there is in a box. */
function lone({ names, style, kids }: Box): Box | undefined {
  const [table] = kids;
  if (names.bare.list.length !== 1 || style !== '' || kids.length !== 1) return;
  return isBox(table) && isTable(table) ? table : undefined;
}

/** An element that stays. */
function slimBox(box: Box, upright: boolean, boxed: boolean): Box {
  if (isTable(box)) return slimTable(box, upright);
  const { fold } = box.names;
  const table = fold === undefined ? undefined : lone(box);
  if (table && fold) {
    const slim = slimTable(table, upright);
    slim.names = slim.names.with(fold);
    return slim;
  }
  if (box.names.isCentered && box.style === 'top:0em') {
    // Where it needs no shift, the delimiter itself.
    const [delimiter] = box.kids;
    if (isBox(delimiter) && delimiter.names.list.length === 2) {
      delimiter.names = delimiter.names.with('kb');
      return delimiter;
    }
  }
  sized(box);
  const names = upright ? box.names.upright : box.names.bare;
  if (names === LETTER && box.tag === 'span') {
    box.tag = 'i';
    box.names = boxed || box.style !== '' ? NONE : IN_LINE;
    return box;
  }
  const isUpright = upright && names.staysUpright;
  const isBoxed = boxed || box.isSpaced || makesBox(box);
  const kids: Kid[] = [];
  if (names.isRow) slimRow(box.kids, kids, isUpright, isBoxed);
  else for (const kid of box.kids) kids.push(isBox(kid) ? slimBox(kid, isUpright, isBoxed) : kid);
  box.kids = kids;
  box.names = names;
  return box;
}

/** @param boxed whether the part is drawn as text, in a box of its own, and not as a box with lines */
function slimBase(box: Box, boxed: boolean): Box {
  const high = takeStrut(box, false);
  if (high === undefined) return box;
  const { kids } = box;
  box.kids = [];
  slimRow(kids, box.kids, true, boxed || !high);
  return box;
}

/**
 * Makes what holds a part's line as high as the part a measure of it.
 *
 * @param always whether it is held however high it is
 * @returns whether it is held; nothing where it never was
 */
function takeStrut(box: Box, always: boolean): boolean | undefined {
  const [strut, ...parts] = box.kids;
  if (!isBox(strut) || strut.names.first !== 'katex-strut') return;
  const [height = '', align] = strut.style.slice('height:'.length).split(';vertical-align:');
  const high = always || props(height, align);
  box.kids = parts;
  if (high) box.style = `--h:${height}${align ? `;--v:${align}` : ''}`;
  return high;
}

/** KaTeX's line of text reaches from 0.27 em below to 0.91 em above its base line: what is less needs no strut. */
function props(height: string, align = '0'): boolean {
  const depth = -Number.parseFloat(align);
  return depth > 0.25 || Number.parseFloat(height) - depth > 0.86;
}

/** Writes a size as the one class that nearly all have, or as a style: KaTeX has a rule for each pair of sizes. */
function sized(box: Box): void {
  const { size, unsized } = box.names;
  if (size === undefined) return;
  if (size !== 0.7) box.style = `font-size:${size}em${box.style && ';'}${box.style}`;
  box.names = unsized;
}

/** A table with one column, which is a box with lines one over the other: it ends where its text stands, or below. */
function slimTable(table: Box, upright: boolean): Box {
  const [row, second] = table.kids;
  const cell = isBox(row) ? row.kids[0] : undefined;
  if (!isBox(cell)) return table;
  for (const entry of cell.kids) if (isBox(entry)) slimEntry(entry, upright);
  table.names = TABLE;
  const depth = isBox(second) ? second.kids[0] : undefined;
  const styles = [
    table.style,
    // No height is below nothing, and no padding: browsers pass over either.
    cell.style.startsWith('height:-') ? '' : cell.style.replace('height', 'padding-top'),
    isBox(depth) ? depth.style.replace('height', '--d') : '',
  ];
  table.style = styles.filter(Boolean).join(';');
  table.kids = cell.kids;
  return table;
}

/** What lies at one height of a table. */
function slimEntry(entry: Box, upright: boolean): void {
  const [prop, ...kids] = entry.kids;
  if (!isBox(prop) || prop.names.first !== 'pstrut') return;
  entry.style += `;${prop.style.replace('height', '--p')}`;
  const [only] = kids;
  if (isBox(only) && kids.length === 1 && only.names.first === 'frac-line' && only.style === LINE) {
    entry.names = FRACTION_LINE;
    entry.kids = [];
    return;
  }
  entry.kids = kids.map((kid) => {
    if (!isBox(kid)) return kid;
    return letterOf(kid) ?? slimBox(kid, upright, !kid.hasTables);
  });
}

/** A size around a single letter or sign in its own face: that letter, with the size. */
function letterOf(box: Box): Box | undefined {
  const [only, more] = box.kids;
  if (!isBox(only) || more !== undefined || only.kids.length !== 1 || typeof only.kids[0] !== 'string')
    return;
  if (box.style !== '' || box.rest !== '' || only.rest !== '') return;
  if (box.names.first !== 'katex-sizing' || !only.names.isRow) return;
  sized(box);
  if (box.style !== '') return;
  const isLetter = only.names.bare === LETTER;
  let names = box.names.bare;
  if (!isLetter) for (const name of only.names.bare.list) names = names.with(name);
  only.tag = isLetter ? 'i' : 'span';
  only.names = names;
  return only;
}

/** A fraction between two delimiters that are not seen, which are its margins from here on. */
function fractionAt(kids: Kid[], i: number): Box | undefined {
  const fraction = kids[i + 1];
  if (!isEdge(kids[i]) || !isBox(fraction) || fraction.names.first !== 'mfrac') return;
  if (!isEdge(kids[i + 2]) || !lone(fraction)) return;
  fraction.names = FRACTION;
  return fraction;
}

function isEdge(kid: Kid | undefined): boolean {
  return isBox(kid) && kid.names.isUnseen && kid.style === '';
}
