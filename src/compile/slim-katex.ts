/**
 * KaTeX's HTML with half its elements and the same picture, pixel by pixel (tests/browser/formulas.test.ts). A page with
 * a hundred formulas has some ten thousand elements inside them, which a phone lays out one by one. Browsers make the
 * same boxes from less: rows and tables around lone cells are made by themselves, what only props others up or keeps
 * them apart can be a pseudo-element, and what no style speaks of need not be there:
 *
 *     <span class="katex-base"><span class="katex-strut" style="height:1em;"></span>…  →  <span class="katex-base" style="--h:1em">…
 *     <span class="mord"><span class="mord mathnormal">x</span><span class="msupsub">…  →  <i>x</i><span class="vlist-t ks">…
 *     <span class="vlist-t"><span class="vlist-r"><span class="vlist">…               →  <span class="vlist-t"><span class="vlist">…
 *     a table's second row, which only has a height, and the sliver before it          →  <span class="vlist-t kd" style="--d:.2em">
 *     <span style="top:-2.5em;"><span class="pstrut" style="height:2.7em;"></span>…   →  <span style="top:-2.5em;--p:2.7em">…
 *     a space, =, a space                                                              →  <span class="kr">=</span>
 *     a delimiter that is not seen, a fraction, another one                            →  <span class="vlist-t kd kf">…
 *
 * Boxes that have lines of their own must all stay: Chromium rounds the top of each before it draws the text in it.
 * `templates/style/math.css` has the other half. `slim-math.ts` takes the TeX, which is copied and searched for, out of
 * the MathML; `flat-katex.ts` says which formulas are text and need none.
 */

import { isFlat } from './flat-katex.ts';
import { type Box, isBox, type Kid, printTree, treeOf } from './katex-tree.ts';
import { slimMath } from './slim-math.ts';

const TWIN = '<span class="katex"><span class="katex-mathml">';
const TWIN_END = '</math></span>';

/**
 * @param html what KaTeX printed
 * @returns the same picture with less markup; what is not of KaTeX's known forms stays as it is
 */
export function slimKatex(html: string): string {
  const start = html.indexOf(TWIN);
  const end = html.indexOf(TWIN_END, start);
  const twin = start === -1 || end === -1 ? undefined : slimMath(html.slice(start + TWIN.length, end + 7));
  // After the formula a display's own `</span>` may follow.
  const rest = start === 0 ? '</span>' : '</span></span>';
  if (!twin || !html.endsWith(rest)) return html;
  const tree = treeOf(html.slice(end + TWIN_END.length, -rest.length));
  const drawn = tree?.[0];
  if (tree?.length !== 1 || !isBox(drawn)) return html;
  const display = start > 0;
  drawn.kids = drawn.kids.map((part, i) => {
    if (!isBox(part)) return part;
    if (part.classes[0] !== 'katex-base') return slimBox(part, { upright: true, boxed: false });
    return slimBase(part, !display && i === drawn.kids.length - 1);
  });
  const open = (name: string) => `${html.slice(0, start)}<span class="${name}" data-tex="${twin.tex}">`;
  if (display) return `${open('katex')}${twin.math}${printTree(tree)}${rest}`;
  const [only, more] = drawn.kids;
  const single = more === undefined && isBox(only) ? only : undefined;
  if (isFlat(drawn.kids))
    return single
      ? `${open('katex katex-text')}${printTree(single.kids)}${rest}`
      : `${open('katex')}${printTree(drawn.kids)}${rest}`;
  // What screen readers skip is the only part, where there is but one.
  if (single) single.rest += ' aria-hidden="true"';
  return `${open('katex')}${twin.math}${printTree(single ? [single] : tree)}${rest}`;
}

/** Names that no style speaks of. */
const BARE = new Set(
  'mord mbin mrel mopen mclose mpunct minner mop mtight text enclosing leftmost rightmost'.split(' '),
);
/** Names that say what is anyway, unless another face is around. */
const UPRIGHT = new Set(['mathrm', 'textrm']);
/** Tries a name once: KaTeX has a few dozen, and each element has some. */
function tested(pattern: RegExp): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    let is = known.get(name);
    if (is === undefined) {
      is = pattern.test(name);
      known.set(name, is);
    }
    return is;
  };
}

/** Faces and what only places its text: parts of such a row may lie in it directly. */
const isRowName = tested(/^(?:math|text|katex-base$|boldsymbol$|amsrm$|mainrm$|kk$)/);

/** What is around a part. */
interface Around {
  /** KaTeX's main face. */
  upright: boolean;
  /** An element, between the part and the next box with lines of its own, that browsers make a box for. */
  boxed: boolean;
}

/** The parts of an element, slim. */
function slimKids(parent: Box, around: Around): Kid[] {
  const isRow = parent.classes.every((name) => BARE.has(name) || isRowName(name));
  const kids: Kid[] = [];
  for (const kid of isRow ? withFractions(parent.kids) : parent.kids) {
    if (!isBox(kid)) kids.push(kid);
    else kids.push(...(isRow ? slimPart(kid, around) : [slimBox(kid, around)]));
  }
  return isRow ? withSpaces(kids) : kids;
}

/** A part of a row: its parts, where it is but a name. */
function slimPart(box: Box, around: Around): Kid[] {
  const { upright, boxed } = around;
  if (box.style !== '' || box.rest !== '' || box.tag !== 'span') return [slimBox(box, around)];
  const says = box.classes.some((name) => !BARE.has(name) && !(upright && UPRIGHT.has(name)));
  if (says || box.classes.length === 0) return [slimBox(box, around)];
  const makes = makesBox(box);
  const kids = slimKids(box, { upright, boxed: boxed || makes });
  if (boxed || !makes) return kids;
  // Its texts are placed by the box that is made for it; letters have one of their own.
  if (
    kids.some(
      (kid) => typeof kid === 'string' || (isBox(kid) && /^k[mrt]s?$|^ks[mrt]$/.test(kid.classes[0] ?? '')),
    )
  )
    return [{ ...box, classes: [], kids }];
  for (const kid of kids) if (isBox(kid)) fix(kid);
  return kids;
}

/** Has browsers make a box for a letter by itself. */
function fix(kid: Box): void {
  kid.fixed = true;
  if (kid.tag !== 'i' && kid.style === '' && kid.kids.every((text) => typeof text === 'string'))
    kid.classes.push('kb');
}

/**
 * Whether browsers make a box for an element without style: they do where something in it is not as high as its text.
 * Chromium rounds the top of the innermost such box, else of the line, before it draws a text.
 */
function makesBox(box: Box): boolean {
  return box.kids.some((kid) => {
    if (typeof kid === 'string') return false;
    return (
      !isBox(kid) ||
      (kid.style !== '' && /margin|padding/.test(kid.style)) ||
      kid.classes.some((name) => isOther(name))
    );
  });
}
/** Other faces and sizes, and boxes with lines of their own. */
const isOther = tested(
  /^(?:math(?!rm$)|text(?!rm$|$)|boldsymbol|amsrm|op-symbol|delimsizing|katex-sizing|mspace|vlist-t|nulldelimiter|katex-rule)/,
);

/** What stands around a table alone, and how that is said of the table. */
const FOLDED = new Map([
  ['msupsub', 'ks'],
  ['fraction', 'kf'],
  ['op-limits', 'kc'],
  ['col-align-l', 'ks'],
  ['col-align-c', 'kc'],
  ['col-align-r', 'ke'],
]);

/** The table that is all there is in a box. */
function lone({ classes, style, kids }: Box): Box | undefined {
  const [table] = kids;
  if (classes.filter((name) => !BARE.has(name)).length !== 1 || style !== '' || kids.length !== 1) return;
  return isBox(table) && table.classes[0] === 'vlist-t' ? table : undefined;
}

/** An element that stays. */
function slimBox(box: Box, around: Around): Box {
  if (box.classes[0] === 'vlist-t') return slimTable(box, around.upright);
  const table = lone(box);
  const fold = FOLDED.get(box.classes.find((name) => !BARE.has(name)) ?? '');
  if (table && fold) {
    const slim = slimTable(table, around.upright);
    slim.classes.push(fold);
    return slim;
  }
  const delimiter = box.kids[0];
  // Where it needs no shift, the delimiter itself.
  if (
    box.classes.includes('delimcenter') &&
    box.style === 'top:0em' &&
    isBox(delimiter) &&
    delimiter.classes.length === 2
  )
    return { ...delimiter, classes: [...delimiter.classes, 'kb'] };
  sized(box);
  const names = box.classes.filter((name) => !BARE.has(name) && !(around.upright && UPRIGHT.has(name)));
  if (names.length === 1 && names[0] === 'mathnormal' && box.tag === 'span')
    return { ...box, tag: 'i', classes: around.boxed || box.style !== '' ? [] : ['kl'] };
  const upright = around.upright && names.every((name) => name === 'kk' || !isRowName(name));
  const bare = box.classes.length > 0 && names.length === 0;
  const boxed = around.boxed || makesBox(box) || /margin|padding/.test(box.style);
  box.kids = slimKids({ ...box, classes: bare ? ['mord'] : names }, { upright, boxed });
  box.classes = names;
  return box;
}

/** @param boxed whether the part is drawn as text, in a box of its own, and not as a box with lines */
function slimBase(box: Box, boxed: boolean): Box {
  const [strut] = box.kids;
  if (!isBox(strut) || strut.classes[0] !== 'katex-strut') return box;
  const { height = '', 'vertical-align': align } = Object.fromEntries(
    strut.style.split(';').map((d) => d.split(':')),
  ) as Record<string, string | undefined>;
  const high = props(height, align);
  box.kids = slimKids({ ...box, kids: box.kids.slice(1) }, { upright: true, boxed: boxed || !high });
  if (high) box.style = `--h:${height}${align ? `;--v:${align}` : ''}`;
  return box;
}

/** KaTeX's line of text reaches from 0.27 em below to 0.91 em above its base line: what is less needs no strut. */
function props(height: string, align = '0'): boolean {
  const depth = -Number.parseFloat(align);
  return depth > 0.25 || Number.parseFloat(height) - depth > 0.86;
}

/** Sizes of KaTeX's, from `\tiny` to `\HUGE` (its `Options.ts`). */
const SIZES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];
const SIZE = /^(?:reset-)?size(\d+)$/;

/** Writes a size as the one class that nearly all have, or as a style: KaTeX has a rule for each pair of sizes. */
function sized(box: Box): void {
  const { classes } = box;
  if (!classes.includes('katex-sizing') && !classes.includes('fontsize-ensurer')) return;
  const [from = 1, to = 1] = classes.flatMap((name) => SIZES[Number(SIZE.exec(name)?.[1]) - 1] ?? []);
  const names = classes.filter(
    (name) => !SIZE.test(name) && !/^(?:katex-sizing|fontsize-ensurer)$/.test(name),
  );
  const size = Number((to / from).toFixed(10));
  if (size === 0.7) names.unshift('kk');
  else box.style = `font-size:${size}em${box.style && ';'}${box.style}`;
  box.classes = names;
}

/** A table with one column: the browser makes the row; how far it reaches down is a measure of its own. */
function slimTable(table: Box, upright: boolean): Box {
  const [row, second] = table.kids;
  const cell = isBox(row) ? row.kids[0] : undefined;
  if (!isBox(cell)) return table;
  const slim: Box = { ...table, classes: ['vlist-t'], kids: [cell] };
  cell.kids = cell.kids.map((entry) => (isBox(entry) ? slimEntry(entry, upright) : entry));
  if (isBox(second) && isBox(second.kids[0])) {
    slim.classes.push('kd');
    slim.style = second.kids[0].style.replace('height', '--d');
  }
  return slim;
}

/** What lies at one height of a table. */
function slimEntry(entry: Box, upright: boolean): Box {
  const [prop, ...kids] = entry.kids;
  if (!isBox(prop) || prop.classes[0] !== 'pstrut') return entry;
  entry.style += `;${prop.style.replace('height', '--p')}`;
  entry.kids = kids.map((kid) => {
    if (!isBox(kid)) return kid;
    const letter = letterOf(kid);
    return letter ?? slimBox(kid, { upright, boxed: !hasTables(kid) });
  });
  return entry;
}

/** Whether anything in it reaches up by more or less than whole pixels, as letters do not. */
function hasTables(kid: Kid): boolean {
  if (!isBox(kid)) return typeof kid !== 'string';
  return kid.classes.some((name) => name === 'vlist-t' || name === 'katex-rule') || kid.kids.some(hasTables);
}

/** A size around a single letter or sign in its own face: that letter, with the size. */
function letterOf(box: Box): Box | undefined {
  const [only, more] = box.kids;
  if (!isBox(only) || more !== undefined || only.kids.length !== 1 || typeof only.kids[0] !== 'string')
    return;
  if (box.style + box.rest + only.rest !== '' || box.classes[0] !== 'katex-sizing') return;
  if (!only.classes.every((name) => BARE.has(name) || isRowName(name))) return;
  sized(box);
  if (box.style !== '') return;
  const names = only.classes.filter((name) => !BARE.has(name));
  const isLetter = names.length === 1 && names[0] === 'mathnormal';
  return {
    ...only,
    tag: isLetter ? 'i' : 'span',
    classes: [...box.classes.filter((name) => !BARE.has(name)), ...(isLetter ? [] : names)],
  };
}

/** Takes the unseen delimiters on both sides of a fraction for its margins. */
function withFractions(kids: Kid[]): Kid[] {
  const out = kids.slice();
  for (let i = 1; i < out.length - 1; i++) {
    const kid = out[i];
    if (!isEdge(out[i - 1]) || !isEdge(out[i + 1]) || !isBox(kid) || kid.classes[0] !== 'mfrac' || !lone(kid))
      continue;
    out.splice(i - 1, 3, { ...kid, classes: ['fraction'] });
  }
  return out;
}

function isEdge(kid: Kid | undefined): boolean {
  return isBox(kid) && kid.classes.length === 2 && kid.classes[1] === 'nulldelimiter' && kid.style === '';
}

/** TeX's thin, medium and thick space, by what KaTeX says of it. */
const SPACES = new Map([
  ['margin-right:0.1667em', 't'],
  ['margin-right:0.2222em', 'm'],
  ['margin-right:0.2778em', 'r'],
]);

function spaceOf(kid: Kid | undefined): string | undefined {
  if (!isBox(kid) || kid.classes.length !== 1 || kid.classes[0] !== 'mspace' || kid.kids.length > 0) return;
  return SPACES.get(kid.style);
}

/** Gives spaces to the sign or letter beside them. */
function withSpaces(kids: Kid[]): Kid[] {
  const out = kids.slice();
  // A sign between two equal spaces has both.
  for (let i = 1; i < out.length - 1; i++) {
    const space = spaceOf(out[i - 1]);
    const sign = out[i];
    if (typeof sign !== 'string' || !space || space === 't' || spaceOf(out[i + 1]) !== space) continue;
    out.splice(i - 1, 3, withClass(sign, `k${space}`));
  }
  for (let i = 0; i < out.length; i++) {
    const space = spaceOf(out[i]);
    if (!space) continue;
    const before = out[i - 1];
    const after = out[i + 1];
    if (takesSpace(before)) {
      out.splice(i - 1, 2, withClass(before, `k${space}s`));
      i--;
    } else if (takesSpace(after)) out.splice(i, 2, withClass(after, `ks${space}`));
    else out[i] = withClass('', `k${space}s`);
  }
  return out;
}

/** Whether it is a text, or a box of nothing but text, that has no space yet. */
function takesSpace(kid: Kid | undefined): kid is Box | string {
  if (!isBox(kid)) return typeof kid === 'string';
  if (kid.fixed || kid.style !== '' || kid.classes.some((name) => name !== 'kl')) return false;
  return kid.tag !== 'a' && kid.rest === '' && kid.kids.length === 1 && typeof kid.kids[0] === 'string';
}

function withClass(kid: Box | string, name: string): Box {
  if (typeof kid !== 'string') return { ...kid, classes: [name] };
  return { tag: 'span', classes: [name], style: '', rest: '', kids: kid === '' ? [] : [kid] };
}
