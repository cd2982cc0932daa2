/**
 * The theorem family: `> [!theorem] 名 {#thm:x}` or `> [!定理] 名`, numbered one by one of each kind, with a name
 * that other places can refer to. A proof has no number. `[!example]` is a callout until it has a label:
 * Obsidian knows it; `[!例]` is always an example with a number.
 */

import type { Element } from 'hast';
import type { Blockquote, Root } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import type { LabelKind } from '../model.ts';
import { table } from '../table.ts';
import { words } from '../words.ts';
import { takeHead } from './callout.ts';
import { element, mark, noteOf } from './context.ts';
import { cutAttributes } from './figures.ts';
import { addLabel } from './mathematics.ts';

type Kind = Extract<
  LabelKind,
  'definition' | 'theorem' | 'proposition' | 'lemma' | 'corollary' | 'example' | 'remark'
>;

const KINDS: Record<string, Kind | 'proof'> = table({
  definition: 'definition',
  定义: 'definition',
  theorem: 'theorem',
  定理: 'theorem',
  proposition: 'proposition',
  命题: 'proposition',
  lemma: 'lemma',
  引理: 'lemma',
  corollary: 'corollary',
  推论: 'corollary',
  例: 'example',
  例子: 'example',
  remark: 'remark',
  注记: 'remark',
  proof: 'proof',
  证明: 'proof',
});

export const remarkTheorem: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const counts = new Map<string, number>();
  visit(tree, 'blockquote', (node: Blockquote) => {
    const kindOf = (name: string, line: string) =>
      KINDS[name] ?? (name === 'example' && /\{#[^\s}]+\}\s*$/.test(line) ? 'example' : undefined);
    const head = takeHead(note, node, (name, line) => kindOf(name, line) !== undefined);
    if (!head) return;
    const kind = kindOf(head.name, head.line)!;
    const last = head.title.at(-1);
    const cut = last?.type === 'text' ? cutAttributes(last.value) : undefined;
    if (last?.type === 'text' && cut) last.value = cut.rest.trimEnd();
    const title = head.title.filter((c) => c.type !== 'text' || c.value !== '');
    const name = cut?.attributes?.name;

    let label = words(note.lang).proof;
    let id: string | undefined;
    if (kind !== 'proof') {
      const number = String((counts.get(kind) ?? 0) + 1);
      counts.set(kind, Number(number));
      label = `${words(note.lang).labels[kind]} ${number}`;
      if (name) id = addLabel(note, { name, kind, number }, node.position);
    }
    const lead: Element = element('span', { className: ['label'] }, [{ type: 'text', value: label }]);
    const heading = {
      type: 'paragraph' as const,
      children: title,
      data: mark(note, (children) => [
        element(head.fold ? 'summary' : 'p', { className: ['theorem-title'] }, [
          lead,
          ...(children.length > 0
            ? [
                { type: 'text' as const, value: ' ' },
                element('span', { className: ['theorem-name'] }, children),
              ]
            : []),
        ]),
      ]),
    };
    node.children = [heading, ...node.children];
    node.data = mark(note, (children) => [
      element(
        head.fold ? 'details' : 'section',
        {
          className: ['theorem', `theorem-${kind}`],
          ...(id !== undefined && { id }),
          ...(head.fold === '+' && { open: true }),
        },
        children.filter((c) => !(c.type === 'text' && c.value.trim() === '')),
      ),
    ]);
  });
};
