/**
 * The page's h1 is the note's title, so the body starts at h2: a first `# heading` that is the title goes
 * (and is the title when front matter has none); other `#` headings make every heading one step smaller.
 */

import type { ElementContent, Root as HastRoot } from 'hast';
import type { Heading, Nodes, Root } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { frame, placeOf } from '../diagnostics/messages/define.ts';
import { formulasInLine } from '../dollars.ts';
import { fold } from '../paths.ts';
import { element, type NoteContext, noteOf } from './context.ts';
import { printFormulas } from './katex.ts';
import { withBreaks } from './word-breaks.ts';

/** The title as it is shown: formulas in it printed, and lines broken between words. */
export function titleOf(note: NoteContext, title: string): ElementContent[] {
  const nodes: ElementContent[] = [];
  let at = 0;
  for (const { from, to, tex } of formulasInLine(title)) {
    nodes.push({ type: 'text', value: title.slice(at, from) });
    const origin = (offset: number) => offset;
    nodes.push(
      element('span', {}, [], { tex: { tex, written: tex, origin, display: false, position: undefined } }),
    );
    at = to;
  }
  const tree: HastRoot = {
    type: 'root',
    children: withBreaks([...nodes, { type: 'text', value: title.slice(at) }]),
  };
  const said = note.diagnostics.length;
  printFormulas(note, tree);
  // Formulas of a title stand in the front matter, or in the heading that gave it.
  for (const d of note.diagnostics.slice(said)) {
    const offset = note.text.indexOf(title);
    if (offset !== -1) Object.assign(d, { ...placeOf(note.text, offset), length: title.length });
    d.frame = frame(note.text, d.line ?? 1, d.column);
  }
  return tree.children as ElementContent[];
}

export const remarkTitle: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const first = tree.children.findIndex((n) => n.type !== 'definition' && n.type !== 'html');
  const heading = tree.children[first];
  if (heading?.type === 'heading' && heading.depth === 1) {
    const text = heading.children.map(textOf).join('').replace(/\s+/g, ' ');
    if (note.title === undefined || fold(text) === fold(note.title)) {
      note.title ??= text.trim() || undefined;
      tree.children.splice(first, 1);
    }
  }
  // A heading without words says nothing, and would be an empty line in the table of contents.
  visit(tree, 'heading', (node: Heading, index, parent) => {
    if (node.children.length > 0 || !parent || index === undefined) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
  let shift = 0;
  visit(tree, 'heading', (node: Heading) => {
    if (node.depth === 1) shift = 1;
  });
  if (shift === 0) return;
  visit(tree, 'heading', (node: Heading) => {
    node.depth = Math.min(6, node.depth + shift) as Heading['depth'];
  });
};

/** A title is plain text: emphasis goes, a formula stays as it would be typed. */
function textOf(node: Nodes): string {
  if (node.type === 'inlineMath') return `$${node.value}$`;
  if ('value' in node && node.type !== 'html') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
