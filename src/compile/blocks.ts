/**
 * Blocks that others can name and embed: `^name` at the end of a paragraph or list item, or alone in a paragraph
 * after any other block (Obsidian's syntax).
 */

import type { Element, ElementContent } from 'hast';
import type { ListItem, Nodes, Paragraph, Parents, Root } from 'mdast';
import type { Plugin } from 'unified';
import type { Position } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { labelDuplicate } from '../diagnostics/messages.ts';
import { atOf, element, mark, type NoteContext, noteOf } from './context.ts';

const NAME = /(?:^|\s)\^([\p{L}\p{N}-]+)\s*$/u;

export const remarkBlocks: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'paragraph', (node, index, parent) => {
    if (!parent || index === undefined) return;
    const last = node.children.at(-1);
    const found = last?.type === 'text' ? NAME.exec(last.value) : null;
    if (last?.type !== 'text' || !found) return;
    const name = found[1]!;
    const rest = last.value.slice(0, found.index);
    const alone = node.children.length === 1 && rest.trim() === '';
    const before = parent.children[index - 1];
    if (alone && !before) return;
    if (!claim(note, name, node.position)) return;
    if (alone) {
      parent.children.splice(index - 1, 2, wrap(note, before as Nodes, name) as never);
      return index;
    }
    last.value = rest;
    if (parent.type === 'listItem' && index === 0) item(note, parent, name);
    else parent.children[index] = wrap(note, node, name) as never;
    return SKIP;
  });
};

function claim(note: NoteContext, name: string, position: Position | undefined): boolean {
  const free = !note.blocks.includes(name);
  if (free) note.blocks.push(name);
  else note.diagnostics.push(labelDuplicate(atOf(note, position), `^${name}`));
  return free;
}

/** A container that gives its one element the name, and disappears. */
function wrap(note: NoteContext, node: Nodes | Paragraph | Parents, name: string) {
  return {
    type: 'block',
    children: [node],
    position: node.position,
    data: mark(note, (content) => {
      const block = content.find((c): c is Element => c.type === 'element');
      return block ? [named(block, name)] : content;
    }),
  };
}

/** An element that has an id of its own, or will be replaced when it is coloured or drawn, stands in one with the name. */
function named(block: Element, name: string): Element {
  const { code, drawing } = block.data ?? {};
  if (block.properties.id !== undefined || code || drawing) {
    return element('div', { id: `^${name}` }, [block], { block: `^${name}` });
  }
  block.properties.id = `^${name}`;
  block.data = { ...block.data, block: `^${name}` };
  return block;
}

function item(note: NoteContext, node: ListItem, name: string): void {
  const task = typeof node.checked === 'boolean';
  node.data = mark(note, (content: ElementContent[]) => [
    element('li', { id: `^${name}`, ...(task && { className: ['task-list-item'] }) }, content, {
      block: `^${name}`,
    }),
  ]);
}
