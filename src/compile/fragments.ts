/**
 * hast → fragments: finished HTML with holes. Holes are written between NUL characters, which no note holds
 * (`fs/nul`) and which are printed as `&#x0;` inside attributes; author text can make neither.
 */

import type { Element, ElementContent, RootContent } from 'hast';
import type { Fragment } from '../model.ts';
import { printHast } from './print-hast.ts';

const HOLE = /(?:\0|&#x0;)([mrocifbeu])([^\0&]*)(?:\0|&#x0;)/g;

const raw = (value: string) => ({ type: 'raw', value }) as unknown as ElementContent;

/** @param nodes finished hast; it is changed by printing */
export function toFragments(nodes: (RootContent | ElementContent)[]): Fragment[] {
  return cut(printHast(prepareAll(nodes as ElementContent[])));
}

/** Puts holes where link fills in. */
function prepareAll(nodes: ElementContent[]): ElementContent[] {
  const out: ElementContent[] = [];
  for (const node of nodes) {
    if (node.type === 'element') out.push(...prepare(node));
    else out.push(node);
  }
  return out;
}

function prepare(node: Element): ElementContent[] {
  if (node.data?.footnote) return [raw(`\0f${node.data.footnote.number}.${node.data.footnote.use}\0`)];
  const block = blockOf(node);
  node.children = prepareAll(node.children);
  const { id, href, ariaLabelledBy } = node.properties;
  if (typeof id === 'string') node.properties.id = `\0i${id}\0`;
  if (node.data?.local && typeof href === 'string') node.properties.href = `#\0i${href.slice(1)}\0`;
  if (Array.isArray(ariaLabelledBy)) node.properties.ariaLabelledBy = [`\0i${ariaLabelledBy[0]}\0`];
  const ref = node.data?.ref;
  if (ref === undefined) {
    if (block === undefined) return [node];
    const [start, end] = [raw(`\0b${block}\0`), raw(`\0e${block}\0`)];
    if (node.tagName !== 'li') return [start, node, end];
    // A list item without its list is its content.
    node.children = [start, ...node.children, end];
    return [node];
  }
  return node.data?.whole ? [raw(`\0r${ref}\0`)] : [raw(`\0o${ref}\0`), ...node.children, raw(`\0c${ref}\0`)];
}

/** The id under which an element can be embedded: a named block, a figure, table or equation with a label. */
function blockOf({ tagName, properties, data }: Element): string | undefined {
  if (data?.block !== undefined) return data.block;
  const { id, className } = properties;
  if (typeof id !== 'string') return undefined;
  const labelled = Array.isArray(className) && className.some((c) => c === 'equation' || c === 'theorem');
  return tagName === 'figure' || labelled ? id : undefined;
}

function cut(html: string): Fragment[] {
  const out: Fragment[] = [];
  let from = 0;
  for (const m of html.matchAll(HOLE)) {
    if (m.index > from) out.push(html.slice(from, m.index));
    from = m.index + m[0].length;
    const [, kind, value] = m as unknown as [string, string, string];
    if (kind === 'i') out.push({ id: value });
    else if (kind === 'm') out.push({ math: Number(value) });
    else if (kind === 'f') {
      const [footnote, use] = value.split('.').map(Number) as [number, number];
      out.push({ footnote, use });
    } else if (kind === 'r') out.push({ ref: Number(value) });
    else if (kind === 'u') out.push({ url: Number(value) });
    else if (kind === 'b') out.push({ block: value });
    else if (kind === 'e') out.push({ end: value });
    else if (kind === 'o') out.push({ open: Number(value) });
    else out.push({ close: Number(value) });
  }
  if (from < html.length) out.push(html.slice(from));
  return out;
}

/** A deep copy, so that an excerpt and the body can both be printed. */
export function clone<T extends ElementContent | RootContent>(node: T): T {
  if (node.type !== 'element') return { ...node };
  const { type, tagName, properties, children, data } = node as Element;
  return {
    type,
    tagName,
    properties: { ...properties },
    children: children.map(clone),
    ...(data && { data }),
  } as T;
}
