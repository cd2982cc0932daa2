/**
 * The page's h1 is the note's title, so the body starts at h2: a first `# heading` that is the title goes
 * (and is the title when front matter has none); other `#` headings make every heading one step smaller.
 */

import type { Heading, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { fold } from '../paths.ts';
import { noteOf } from './context.ts';

export const remarkTitle: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const first = tree.children.findIndex((n) => n.type !== 'definition' && n.type !== 'html');
  const heading = tree.children[first];
  if (heading?.type === 'heading' && heading.depth === 1) {
    const text = textOf(heading);
    if (note.title === undefined || fold(text) === fold(note.title)) {
      note.title ??= text.trim() || undefined;
      tree.children.splice(first, 1);
    }
  }
  let shift = 0;
  visit(tree, 'heading', (node: Heading) => {
    if (node.depth === 1) shift = 1;
  });
  if (shift === 0) return;
  visit(tree, 'heading', (node: Heading) => {
    node.depth = Math.min(6, node.depth + shift) as Heading['depth'];
  });
};
