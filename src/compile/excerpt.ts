/**
 * The excerpt of the index page: what stands before `<!-- more -->`; else the first sentences of running text,
 * cut near 120 Chinese characters, never inside a formula, link or code. `…` only where something was cut.
 */

import type { Element, ElementContent, Root } from 'hast';
import type { Excerpt } from '../model.ts';
import { clone, toFragments } from './fragments.ts';
import { inlineText, sentenceEnds, sliceInline, width } from './inline.ts';
import { endsExcerpt, MORE_TAG } from './more.ts';
import { plainText } from './statistics.ts';

const AIM = 120;
/** A sentence end in this range is better than a cut inside a sentence. */
const LEAST = 60;
const MOST = 150;

/** @param children the finished body; it is not changed */
export function excerptOf(children: Root['children']): Excerpt {
  const more = children.findIndex(endsExcerpt);
  const given = more === -1 ? undefined : manual(children, more);
  // A marker with nothing before it has not said what the excerpt is.
  const { nodes, truncated } = given && given.nodes.length > 0 ? given : automatic(children);
  const text = plainText(
    nodes,
    [],
    (n) => `\0m${n}\0`,
    (n) => `\0r${n}\0`,
  );
  return { html: toFragments(nodes), text: withHoles(text.replace(/\n/g, ' ')), truncated };
}

/** @param text with holes between NUL characters, which no note holds */
function withHoles(text: string): Excerpt['text'] {
  return text.split(/\0([rm]\d+)\0/).flatMap((part, i): Excerpt['text'] => {
    if (i % 2 === 0) return part === '' ? [] : [part];
    const number = Number(part.slice(1));
    return [part[0] === 'r' ? { ref: number } : { math: number }];
  });
}

interface Cut {
  nodes: Root['children'];
  truncated: boolean;
}

function manual(children: Root['children'], more: number): Cut {
  const before = children.slice(0, more).map((c) => strip(clone(c)));
  const cut = cutAtMore(clone(children[more]!) as Element);
  if (cut) before.push(strip(cut));
  const rest = children.slice(more + 1).some((c) => c.type === 'element');
  const nodes = before.filter((n) => n.type === 'element');
  return { nodes, truncated: rest || goesOn(children[more] as Element) };
}

/** Whether anything follows the marker inside the block that holds it. */
function goesOn(node: Element): boolean {
  if (node.tagName === MORE_TAG) return false;
  const index = node.children.findIndex(endsExcerpt);
  const after = node.children
    .slice(index + 1)
    .some((c) => c.type === 'element' || (c.type === 'text' && c.value.trim() !== ''));
  return after || goesOn(node.children[index] as Element);
}

/** What stands before the marker inside the block that holds it. */
function cutAtMore(node: Element): Element | undefined {
  if (node.tagName === MORE_TAG) return undefined;
  const index = node.children.findIndex(endsExcerpt);
  if (index === -1) return node;
  const inner = cutAtMore(node.children[index] as Element);
  node.children = [...node.children.slice(0, index), ...(inner ? [inner] : [])];
  return node;
}

/** An excerpt stands on another page: no ids, footnote marks or permalinks. */
function strip<T extends Root['children'][number] | ElementContent>(node: T): T {
  if (node.type !== 'element') return node;
  delete node.properties.id;
  node.children = node.children.filter((c) => !(c.type === 'element' && c.data?.apparatus)).map(strip);
  return node;
}

function automatic(children: Root['children']): Cut {
  const out: ElementContent[] = [];
  let total = 0;
  let truncated = false;
  let first = true;
  const running = children.filter((c): c is Element => c.type === 'element' && c.tagName === 'p');
  const others = children.some((c) => c.type === 'element' && c.tagName !== 'p' && c.tagName !== MORE_TAG);
  for (const paragraph of running) {
    const text = inlineText(paragraph.children);
    if (text.trim() === '') continue;
    const room = MOST - total;
    if (total >= LEAST && width(text) > room) {
      truncated = true;
      break;
    }
    if (!first) out.push({ type: 'text', value: ' ' });
    first = false;
    if (width(text) <= room) {
      out.push(...sliceInline(paragraph.children, 0, text.trimEnd().length));
      total += width(text);
      if (total >= AIM) {
        truncated = paragraph !== running.at(-1);
        break;
      }
      continue;
    }
    const end = cutPoint(text, AIM - total, room);
    out.push(...sliceInline(paragraph.children, 0, end));
    truncated = true;
    break;
  }
  truncated ||= others && out.length > 0;
  if (out.length === 0) return { nodes: [], truncated: false };
  if (truncated) out.push({ type: 'text', value: '…' });
  return { nodes: [{ type: 'element', tagName: 'p', properties: {}, children: out }], truncated };
}

/** The sentence end nearest to `aim` that leaves a readable excerpt, else the last word before `aim`. */
function cutPoint(text: string, aim: number, most: number): number {
  let best = -1;
  for (const end of sentenceEnds(text)) {
    const w = width(text.slice(0, end).trimEnd());
    if (w > most) break;
    if (
      w >= Math.min(LEAST, aim) &&
      (best === -1 || Math.abs(w - aim) <= Math.abs(width(text.slice(0, best)) - aim))
    )
      best = end;
  }
  if (best !== -1) return text.slice(0, best).trimEnd().length;
  let end = 0;
  let sum = 0;
  for (const c of text) {
    sum += width(c);
    if (sum > aim) break;
    end += c.length;
  }
  // Step back to a place between words: not inside a Latin word, a number or an atom.
  const WORD = /[\p{L}\p{N}\uFFFC]/u;
  const HAN = /\p{Script=Han}/u;
  let back = end;
  while (
    back > 0 &&
    WORD.test(text[back - 1]!) &&
    WORD.test(text[back] ?? '') &&
    !(HAN.test(text[back - 1]!) && HAN.test(text[back] ?? ''))
  )
    back--;
  if (back === 0) back = end;
  return text.slice(0, back).replace(/[\s，、,；;：:（(「『“‘]+$/u, '').length;
}
