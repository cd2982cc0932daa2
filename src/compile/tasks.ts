/**
 * Task lists: the words of an item are its checkbox's label, so that it has a name for who does not see it.
 * Other inputs that authors write as HTML are removed: nothing listens to them.
 */

import type { Element, ElementContent, Root } from 'hast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { element } from './context.ts';
import { isBlock } from './inline.ts';

export const rehypeTasks: Plugin<[], Root> = () => (tree) => {
  const named = new Set<Element>();
  visit(tree, 'element', (node, _index, parent) => {
    if (node.tagName !== 'li' || parent?.type !== 'element') return;
    const first = node.children.find(isContent);
    const holder = first?.type === 'element' && first.tagName === 'p' ? first : node;
    const box = holder.children.find(isContent);
    if (!isBox(box)) return;
    named.add(box);
    const end = holder.children.findIndex(isBlock);
    const words = holder.children.splice(0, end === -1 ? holder.children.length : end);
    holder.children.unshift(element('label', {}, words));
    node.properties.className = ['task-list-item'];
    parent.properties.className = ['contains-task-list'];
  });
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'input' || named.has(node) || !parent || index === undefined) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
};

const isContent = (node: ElementContent) =>
  node.type === 'element' || (node.type === 'text' && node.value.trim() !== '');

function isBox(node: ElementContent | undefined): node is Element {
  return node?.type === 'element' && node.tagName === 'input';
}
