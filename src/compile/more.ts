/** `<!-- more -->` ends the excerpt, as in Hexo and Hugo. */

import type { Element, ElementContent, Root } from 'hast';
import type { Html, Root as MdastRoot } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { excerptTwice } from '../diagnostics/messages.ts';
import { atOf, element, mark, noteOf } from './context.ts';

const MORE = /^<!--\s*more\s*-->$/i;

/** The element that stands where the excerpt ends, until the body is printed. */
export const MORE_TAG = 'postil-more';

export const remarkMore: Plugin<[], MdastRoot> = () => (tree, file) => {
  const note = noteOf(file);
  let found = false;
  visit(tree, 'html', (node: Html, index, parent) => {
    if (parent === undefined || index === undefined || !MORE.test(node.value.trim())) return;
    if (found) {
      note.diagnostics.push(excerptTwice(atOf(note, node.position)));
      return;
    }
    found = true;
    const data = mark(note, () => [element(MORE_TAG, {})]);
    parent.children[index] = { type: 'text', value: '', data, position: node.position } as never;
  });
};

/** Takes the marker out of a tree. */
export function removeMore(tree: Root | Element): void {
  tree.children = (tree.children as ElementContent[]).filter((c) => {
    if (c.type !== 'element') return true;
    if (c.tagName === MORE_TAG) return false;
    removeMore(c);
    return true;
  });
}

/** Whether an element, or something in it, ends the excerpt. */
export function endsExcerpt(node: Root['children'][number]): boolean {
  if (node.type !== 'element') return false;
  return node.tagName === MORE_TAG || node.children.some(endsExcerpt);
}
