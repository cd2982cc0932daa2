/** Ids of headings (Chinese kept, as github-slugger does) and the permalink in each. `{#sec:x}` names one. */

import GithubSlugger from 'github-slugger';
import type { Element, ElementContent, Root } from 'hast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { element, noteOf } from './context.ts';
import { cutAttributes } from './figures.ts';
import { addLabel } from './mathematics.ts';

/** Ids that the page itself uses. */
const TAKEN = ['main', 'content', 'toc', 'top', 'footnotes', 'backlinks', 'references', 'related', 'search'];

export function isHeading(node: { type: string; tagName?: string }): node is Element {
  return node.type === 'element' && /^h[2-6]$/.test(node.tagName ?? '');
}

export const rehypeHeadings: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const slugger = new GithubSlugger();
  for (const id of TAKEN) slugger.slug(id);
  for (const { id } of note.labels) slugger.slug(id);
  const counters: number[] = [];
  visit(tree, 'element', (node) => {
    if (!isHeading(node)) return;
    const last = node.children.at(-1);
    let name: string | undefined;
    if (last?.type === 'text') {
      const { rest, attributes } = cutAttributes(last.value);
      name = attributes?.name;
      if (name) last.value = rest;
    }
    const depth = Number(node.tagName[1]);
    counters.length = depth - 1;
    counters[depth - 2] = (counters[depth - 2] ?? 0) + 1;
    const text = headingText(node.children);
    const id = name ?? (slugger.slug(text) || slugger.slug('section'));
    if (name) {
      const number = Array.from(counters, (n) => n ?? 0).join('.');
      addLabel(note, { name, kind: 'section', number, id }, node.position);
    }
    node.properties = { id };
    const link = element(
      'a',
      { className: ['permalink'], href: `#${id}`, ariaLabelledBy: [id] },
      [{ type: 'text', value: '¶' }],
      {
        local: true,
        apparatus: true,
      },
    );
    node.children.push({ type: 'text', value: ' ' }, link);
  });
};

/** Text of a heading; printed formulas leave nothing. */
export function headingText(children: ElementContent[]): string {
  const textOf = (node: ElementContent): string =>
    node.type === 'text'
      ? node.value
      : node.type === 'element' && !node.data?.apparatus
        ? node.children.map(textOf).join('')
        : '';
  return children.map(textOf).join('').replace(/\s+/g, ' ').trim();
}
