/**
 * Footnotes as data: numbered in the order of their first reference (GFM), taken out of the flow, and
 * printed where the page wants them. A footnote nobody refers to is dropped, as GFM does, with a message.
 */

import type { ElementContent } from 'hast';
import type { FootnoteDefinition, FootnoteReference, Root, Text } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import { footnoteMissing, footnoteTwice, footnoteUnused } from '../diagnostics/messages.ts';
import { atOf, element, mark, type NoteContext, noteOf } from './context.ts';

/** The element that holds one footnote's content at the end of the tree, until the body is printed. */
export const FOOTNOTE_TAG = 'postil-footnote';

export const remarkFootnotes: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const definitions = new Map<string, FootnoteDefinition>();
  visit(tree, 'footnoteDefinition', (node, index, parent) => {
    const first = definitions.get(node.identifier);
    if (first) note.diagnostics.push(footnoteTwice(nameAt(note, node), node.label ?? node.identifier));
    else definitions.set(node.identifier, node);
    if (parent && index !== undefined) {
      parent.children.splice(index, 1);
      return index;
    }
    return undefined;
  });
  visit(tree, 'text', (node) => reportMissing(node, note));
  const numbers = new Map<string, number>();
  const number = (node: FootnoteReference) => {
    let n = numbers.get(node.identifier);
    if (n === undefined) {
      n = numbers.size + 1;
      numbers.set(node.identifier, n);
      note.footnotes.push({ number: n, name: node.identifier, refs: [] });
    }
    const footnote = note.footnotes[n - 1]!;
    const use = footnote.refs.length + 1;
    footnote.refs.push(use === 1 ? `fnref-${n}` : `fnref-${n}-${use}`);
    const placeholder = mark(note, () => [
      element('sup', {}, [], { footnote: { number: n!, use }, apparatus: true }),
    ]);
    // Without the link that remark-rehype puts in: in a link, reading raw HTML would cut the outer one at it.
    node.data = { ...placeholder, hChildren: [] };
  };
  visit(tree, 'footnoteReference', number);
  // Footnotes may refer to footnotes; a growing list reaches them all.
  for (let i = 0; i < note.footnotes.length; i++) {
    const definition = definitions.get(note.footnotes[i]!.name);
    if (!definition) continue;
    visit(definition, 'footnoteReference', number);
    const n = i + 1;
    definition.data = mark(note, (children: ElementContent[]) => [
      element(FOOTNOTE_TAG, { dataNumber: String(n) }, children),
    ]);
    // An ordinary container, which remark-rehype does not collect on its own.
    tree.children.push({ ...definition, type: 'blockquote' } as never);
  }
  for (const node of definitions.values())
    if (!numbers.has(node.identifier))
      note.diagnostics.push(footnoteUnused(nameAt(note, node), node.label ?? node.identifier));
};

/** The place of `[^name]:`. */
function nameAt(note: NoteContext, { position, label, identifier }: FootnoteDefinition): At {
  return { ...atOf(note, position), length: (label ?? identifier).length + '[^]:'.length };
}

/** `[^x]` is a reference only where `[^x]:` stands; without it the parser leaves it as text. */
function reportMissing({ position }: Text, note: NoteContext): void {
  if (position?.start.offset === undefined) return;
  const source = note.body.slice(position.start.offset, position.end.offset);
  // Of `- [ ]` at the end of a line, mdast-util-gfm-task-list-item takes the line end away as if it were a blank.
  const isNext = position.start.column > 1 && note.body[position.start.offset - 1] === '\n';
  const start = isNext ? { line: position.start.line + 1, column: 1 } : position.start;
  for (const match of source.matchAll(/(?<!\\)\[\^([^\]\s^]+)\]/g)) {
    const before = source.slice(0, match.index).split('\n');
    const line = start.line + before.length - 1;
    const column = (before.length === 1 ? start.column : 1) + before.at(-1)!.length;
    const at = atOf(note, { start: { line, column }, end: { line, column: column + match[0].length } });
    note.diagnostics.push(footnoteMissing(at, match[1]!));
  }
}
