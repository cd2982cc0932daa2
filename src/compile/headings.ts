/** Ids of headings (Chinese kept, as github-slugger does) and the permalink in each. `{#sec:x}` names one. */

import GithubSlugger, { slug } from 'github-slugger';
import type { Element, ElementContent, Root } from 'hast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { idFor } from '../paths.ts';
import { element, type NoteContext, noteOf } from './context.ts';
import { cutAttributes } from './figures.ts';
import { addLabel } from './mathematics.ts';
import { writtenName } from './statistics.ts';
import { withBreaks } from './word-breaks.ts';

/** Ids that the page itself uses. */
const TAKEN = ['main', 'content', 'toc', 'top', 'footnotes', 'backlinks', 'references', 'related', 'search'];

/** Whether a node is a heading of the text: `h2` to `h6`, for `h1` is the page’s title. */
export function isHeading(node: { type: string; tagName?: string }): node is Element {
  return node.type === 'element' && /^h[2-6]$/.test(node.tagName ?? '');
}

export const rehypeHeadings: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const slugger = new GithubSlugger();
  for (const id of TAKEN) slugger.slug(id);
  for (const { id } of note.labels) slugger.slug(id);
  const counters: number[] = [];
  const headings: { node: Element; words: string; id: string | undefined }[] = [];
  visit(tree, 'element', (node) => {
    // The page's h1 is the title: one that the author wrote as HTML comes after it.
    if (node.tagName === 'h1') node.tagName = 'h2';
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
    const words = textOf(node.children, note, () => '');
    let id: string | undefined;
    if (name) {
      const number = Array.from(counters, (n) => n ?? 0).join('.');
      id = addLabel(note, { name, kind: 'section', number }, node.position);
      if (id !== undefined) slugger.slug(id);
    }
    headings.push({ node, words, id });
  });
  // An id that somebody gave is that heading's, though one before it reads so.
  for (const { node, words, id: given } of headings) {
    const id = given ?? slugger.slug(words.includes('_') ? idFor(slug(words)) : words || 'section');
    node.properties = { id };
    node.data = { heading: textOf(node.children, note, (tex) => `$${tex}$`) };
    // A link in a heading is a part of its name, which would be said twice. With the keyboard the contents lead here.
    const link = element(
      'a',
      { className: ['permalink'], href: `#${id}`, tabIndex: -1, ariaHidden: 'true' },
      [{ type: 'text', value: '¶' }],
      {
        local: true,
        apparatus: true,
      },
    );
    if (Number(node.tagName[1]) <= 3) node.children = withBreaks(node.children);
    node.children.push({ type: 'text', value: ' ' }, link);
  }
};

/** Text of inline content: references by what the author calls them, formulas as told. */
function textOf(nodes: ElementContent[], note: NoteContext, formula: (tex: string) => string): string {
  const walk = (node: ElementContent): string => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element' || node.data?.apparatus) return '';
    const { tex, ref, whole } = node.data ?? {};
    if (tex) return formula(tex.tex);
    if (whole && ref !== undefined) return writtenName(note.refs[ref]!);
    return node.children.map(walk).join('');
  };
  return nodes.map(walk).join('').replace(/\s+/g, ' ').trim();
}
