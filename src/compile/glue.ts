/**
 * A formula and the punctuation after it stay on one line. KaTeX prints inline blocks, after which browsers may
 * break a line whatever follows, and a Chinese line must not begin with ，or 。(clreq §3.1.3; a word joiner
 * between them changes nothing in Blink).
 */

import type { ElementContent, Root, Text } from 'hast';
import type { Plugin } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { element, noteOf } from './context.ts';

const CLOSING = /^[，。；：、！？）》」』】”’,.;:!?)\]}%]+/;

export const rehypeGlue: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, (node, index, parent) => {
    if ((node.type as string) !== 'raw' || !parent || index === undefined || parent.type === 'root') return;
    const number = /^\0m(\d+)\0$/.exec((node as unknown as { value: string }).value)?.[1];
    const next = parent.children[index + 1];
    const closing = next?.type === 'text' ? CLOSING.exec(next.value)?.[0] : undefined;
    if (number === undefined || closing === undefined) return;
    // A formula of several bases breaks between them; held together it could be wider than a phone.
    if ((note.math[Number(number)]?.match(/class="katex-base"/g)?.length ?? 0) !== 1) return;
    const glued = element('span', { className: ['nobr'] }, [
      node as ElementContent,
      { type: 'text', value: closing },
    ]);
    (next as Text).value = (next as Text).value.slice(closing.length);
    parent.children.splice(index, 1, glued);
    return [SKIP, index + 1];
  });
};
