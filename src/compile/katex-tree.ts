/** KaTeX's tree of what the eye sees, as a smaller one for `slim-katex.ts`, and that printed as HTML. */

import { type Names, namesOf } from './katex-names.ts';
import { Anchor, type KatexNode, Span, SvgNode, SymbolNode } from './katex-raw.ts';

/** An element; what KaTeX draws with SVG or as a picture is a leaf, kept as it is. */
export interface Box {
  tag: string;
  names: Names;
  /** Its `style`, without the last semicolon. */
  style: string;
  /** Other attributes, as printed, with a blank before each. */
  rest: string;
  kids: Kid[];
  /** Whether KaTeX's style gives it a margin or a padding. */
  isSpaced: boolean;
  /** Whether anything in it reaches up by more or less than whole pixels, as letters do not. */
  hasTables: boolean;
  /** Whether it must keep the box that browsers make for it. */
  isFixed: boolean;
}
/** An element, text (escaped), or markup that is kept. */
export type Kid = Box | string | { markup: string };

/** @returns whether it is an element */
export function isBox(kid: Kid | undefined): kid is Box {
  return typeof kid === 'object' && 'kids' in kid;
}

/** @returns an element as KaTeX itself would make it */
export function makeBox(tag: string, names: Names, kids: Kid[], style = '', rest = ''): Box {
  return { tag, names, style, rest, kids, isSpaced: false, hasTables: false, isFixed: false };
}

/**
 * @param node an element of KaTeX's
 * @returns it, without what only KaTeX needs to know
 */
export function boxOf(node: KatexNode): Box {
  const { children = [], classes = [], style = {}, attributes = {} } = node;
  const box = makeBox(node instanceof Anchor ? 'a' : 'span', namesOf(classes), []);
  setStyle(box, style);
  for (const name in attributes) box.rest += ` ${name}="${escapeHtml(attributes[name] ?? '')}"`;
  for (const child of children) add(box, child);
  if (box.names.isTable) box.hasTables = true;
  return box;
}

function add(parent: Box, node: KatexNode): void {
  const { kids } = parent;
  if (node instanceof SymbolNode) {
    const { text = '', classes = [], style = {}, italic = 0 } = node;
    const html = escapeHtml(text);
    const isText = classes.length === 0 && italic <= 0;
    const box = makeBox('span', namesOf(classes), html === '' ? [] : [html]);
    if (italic > 0) {
      box.style = `margin-right:${Number(italic.toFixed(4))}em`;
      box.isSpaced = true;
    }
    setStyle(box, style);
    if (!isText || box.style !== '') kids.push(box);
    else if (html === '') return;
    else if (typeof kids.at(-1) === 'string') kids[kids.length - 1] += html;
    else kids.push(html);
  } else if (node instanceof Span || node instanceof Anchor) {
    const box = boxOf(node);
    kids.push(box);
    parent.hasTables ||= box.hasTables;
  } else if (node instanceof SvgNode || !node.children) {
    kids.push({ markup: node.toMarkup() });
    parent.hasTables = true;
  } else for (const child of node.children) add(parent, child);
}

/** How a property of a style is written, and whether it keeps others away. */
const PROPERTIES = new Map<string, [css: string, isSpace: boolean]>();

function setStyle(box: Box, style: Record<string, string | undefined>): void {
  for (const name in style) {
    const value = style[name];
    if (value === undefined) continue;
    let property = PROPERTIES.get(name);
    if (!property) {
      property = [`${name.replace(/[A-Z]/g, '-$&').toLowerCase()}:`, /^(?:margin|padding)/.test(name)];
      PROPERTIES.set(name, property);
    }
    box.style += `${box.style === '' ? '' : ';'}${property[0]}${escapeHtml(value)}`;
    if (property[1]) box.isSpaced = true;
  }
}

const SPECIAL = /[&<>"']/;
const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** @returns text as KaTeX escapes it, in HTML as in attributes */
export function escapeHtml(text: string): string {
  if (text.length === 1) return ESCAPED[text] ?? text;
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (sign) => ESCAPED[sign] ?? sign) : text;
}

/** @returns TeX as a formula keeps it, in an attribute */
export function escapeTex(tex: string): string {
  return SPECIAL.test(tex) ? tex.replace(/[&<>"]/g, (sign) => ESCAPED[sign] ?? sign) : tex;
}

/** Between two texts, so that a browser measures each for itself, as it does KaTeX's: widths are rounded. */
const SEAM = '<!---->';

/** @returns HTML of the elements */
export function printTree(kids: Kid[]): string {
  let html = '';
  let wasText = false;
  for (const kid of kids) {
    if (typeof kid === 'string') {
      html += wasText ? SEAM + kid : kid;
      wasText = true;
    } else {
      html += 'kids' in kid ? printBox(kid) : kid.markup;
      wasText = false;
    }
  }
  return html;
}

function printBox({ tag, names, style, rest, kids }: Box): string {
  const measures = style === '' ? '' : ` style="${style}"`;
  return `<${tag}${names.attribute}${measures}${rest}>${printTree(kids)}</${tag}>`;
}
