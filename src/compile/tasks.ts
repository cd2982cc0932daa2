/**
 * Task lists: the words of an item are its checkbox's label, so that it has a name for who does not see it. Obsidian has
 * more states than two, each a sign in the brackets: `- [/] half done`. Other inputs that authors write as HTML are
 * removed: nothing listens to them.
 */

import type { Element, ElementContent, Root } from 'hast';
import type { Root as MarkdownRoot } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import type { Ref } from '../model.ts';
import { element, mark, noteOf } from './context.ts';
import { isBlock } from './inline.ts';

/** Of a letter or a digit (`[a]`, `[1]`) one cannot know that it is a state. */
const STATE = /^\[([-/<>!?*+~"])\](?=[ \t])/;
const ANY = /[*+\-.)][ \t]+\[[-/<>!?*+~"]\][ \t]/;

const CLASS = 'task-state';

export const remarkTasks: Plugin<[], MarkdownRoot> = () => (tree, file) => {
  const note = noteOf(file);
  if (!ANY.test(note.body)) return;
  visit(tree, 'listItem', ({ children: [first] }) => {
    if (first?.type !== 'paragraph') return;
    const [text] = first.children;
    if (text?.type !== 'text') return;
    const found = STATE.exec(text.value);
    // What is escaped is no state.
    if (!found || !note.body.startsWith(found[0], text.position?.start.offset)) return;
    const [written, state] = found as unknown as [string, string];
    text.value = text.value.slice(written.length);
    // The brackets are for who copies or hears it: what is seen is the sign in a box.
    const sign = (value: string) => ({ type: 'text' as const, value });
    const bracket = (value: string) => element('span', {}, [sign(value)]);
    const shown = element('span', { className: [CLASS] }, [bracket('['), sign(state), bracket(']')]);
    first.children.unshift({ type: 'taskState', data: mark(note, () => [shown]) } as never);
  });
};

export const rehypeTasks: Plugin<[], Root> = () => (tree, file) => {
  const { refs } = noteOf(file);
  const named = new Set<Element>();
  visit(tree, 'element', (node, _index, parent) => {
    if (node.tagName !== 'li' || parent?.type !== 'element') return;
    const first = node.children.find(isContent);
    const holder = first?.type === 'element' && first.tagName === 'p' ? first : node;
    const box = holder.children.find(isContent);
    if (box?.type !== 'element') return;
    if (box.tagName === 'input') label(box, holder, refs);
    else if (!isState(box)) return;
    named.add(box);
    node.properties.className = ['task-list-item'];
    parent.properties.className = ['contains-task-list'];
  });
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'input' || named.has(node) || !parent || index === undefined) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
};

/** Makes the words of an item the label of its checkbox. What an embed brings are blocks, which no label can hold. */
function label(box: Element, holder: Element, refs: Ref[]): void {
  const embedOf = (node: ElementContent) =>
    node.type === 'element' && node.data?.ref !== undefined ? refs[node.data.ref] : undefined;
  const end = holder.children.findIndex((c) => isBlock(c) || embedOf(c)?.block);
  const words = holder.children.splice(0, end === -1 ? holder.children.length : end);
  const embed = words.some((w) => w !== box && isContent(w))
    ? undefined
    : holder.children[0] && embedOf(holder.children[0]);
  if (embed) box.properties.ariaLabel = embed.label || embed.target;
  holder.children.unshift(element('label', {}, words));
}

const isContent = (node: ElementContent) =>
  node.type === 'element' || (node.type === 'text' && node.value.trim() !== '');

/** No author can give an element a class. */
function isState({ properties: { className } }: Element): boolean {
  return Array.isArray(className) && className.includes(CLASS);
}
