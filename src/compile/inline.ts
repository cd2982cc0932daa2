/**
 * Cutting running text at sentence ends, for excerpts and for the sentence around a link. Formulas, links and
 * code are atoms: in the text they stand as opaque characters, and a cut never falls inside one.
 */

import type { Element, ElementContent } from 'hast';
import { clone } from './fragments.ts';

/** Stands for what must not be cut: a character that is no sentence end and three Chinese characters wide. */
const ATOM = '\uFFFC';

const BLOCKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'figcaption',
  'figure',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'li',
  'ol',
  'p',
  'pre',
  'section',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
  'audio',
  'video',
]);

/** Whether an element begins a line of its own, so that a sentence ends before it. */
export function isBlock(node: ElementContent): boolean {
  return node.type === 'element' && BLOCKS.has(node.tagName);
}

/** Images, footnote marks and permalinks are no part of a sentence. */
function isDropped(node: ElementContent): boolean {
  if (node.type === 'comment') return true;
  if (node.type !== 'element') return false;
  return node.data?.apparatus === true || node.tagName === 'img' || node.tagName === 'input';
}

function isAtom(node: ElementContent): boolean {
  if (node.type === 'element') {
    return node.data?.ref !== undefined || ['a', 'code', 'kbd', 'ruby', 'br'].includes(node.tagName);
  }
  return node.type !== 'text';
}

function plainText(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(plainText).join('') : '';
}

/** The text of inline nodes, in which each atom has as many opaque characters as it is long. */
export function inlineText(nodes: ElementContent[]): string {
  return nodes.map(unit).join('');
}

function unit(node: ElementContent): string {
  if (isDropped(node)) return '';
  if (node.type === 'element' && node.tagName === 'br') return '\n';
  if (isAtom(node)) return ATOM.repeat(Math.max(1, plainText(node).length));
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(unit).join('') : '';
}

/** A copy of the nodes between two offsets of `inlineText`; offsets inside an atom take the whole atom. */
export function sliceInline(nodes: ElementContent[], start: number, end: number): ElementContent[] {
  const out: ElementContent[] = [];
  let offset = 0;
  for (const node of nodes) {
    const length = unit(node).length;
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, length);
    if (!isDropped(node) && from < to) {
      if (node.type === 'text') out.push({ type: 'text', value: node.value.slice(from, to) });
      else if (isAtom(node)) out.push(clone(node));
      else {
        const element = node as Element;
        out.push({
          ...element,
          properties: { ...element.properties, id: undefined },
          children: sliceInline(element.children, from, to),
        });
      }
    }
    offset += length;
  }
  return out;
}

/**
 * Offsets right after each sentence of a text: after 。！？…, after ! and ?, and after a full stop that ends a word
 * and is followed by a blank; closing quotes and brackets belong to the sentence. The end counts always.
 */
export function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  const END =
    /(?:[。！？!?…]+|(?<![A-Z\s.]|\b(?:al|etc|cf|vs|Fig|Eq|Tab|Sec|e\.g|i\.e))\.(?=\s|$)|\n)[”’」』）】》)\]"']*\s*/gu;
  for (const m of text.matchAll(END)) ends.push(m.index + m[0].length);
  if (ends.at(-1) !== text.length) ends.push(text.length);
  return ends;
}

/** Width of a text in Chinese characters: Latin letters are half of one, an atom's first character three. */
export function width(text: string): number {
  let sum = 0;
  let before = '';
  for (const c of text) {
    sum += c === ATOM ? (before === ATOM ? 0.5 : 3) : (c.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1;
    before = c;
  }
  return sum;
}
