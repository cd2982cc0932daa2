/**
 * Where a bare address ends in Chinese text. GFM lets one run to the next blank, so that in
 * `见 https://example.org，下文` the rest of the sentence would be part of the link.
 */

import type { Link, Root, Text } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';

/** Chinese punctuation ends an address; a Chinese letter does only in the host: `/wiki/语义分割` is a path. */
const END = /[\u3001-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u2018-\u201d\u2026]/u;
const HOST_END = /^(?:https?:\/\/|www\.)[^/\p{Script=Han}]*(?=\p{Script=Han})/iu;

/** What must stand somewhere in a text that has a bare e-mail address (GFM 6.9): a letter of its name before `@`. */
const EMAIL = /[\w.+-]@/;

/** Whether a text may hold a bare e-mail address. */
export function mayHaveEmail(text: string): boolean {
  return EMAIL.test(text);
}

/**
 * Takes the syntax of bare e-mail addresses out of GFM's, for texts that have none: it would be tried wherever a
 * Latin word or a number begins.
 */
export const remarkWithoutEmails: Plugin<[], Root> = function () {
  const data = this.data();
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map((extension) => ({
    ...extension,
    text: Object.fromEntries(
      Object.entries(extension.text ?? {}).map(([code, constructs]) => [
        code,
        [constructs ?? []].flat().filter(({ name }) => name !== 'emailAutolink'),
      ]),
    ),
  }));
};

export const remarkAutolinkEnds: Plugin<[], Root> = () => (tree, file) => {
  const source = String(file);
  visit(tree, 'link', (node: Link, index, parent) => {
    const text = node.children[0];
    const { start, end } = node.position ?? {};
    if (node.children.length !== 1 || text?.type !== 'text' || !parent || index === undefined) return;
    // A bare address: what stands in the file is the text itself, without `<` or `[`.
    if (source.slice(start?.offset, end?.offset) !== text.value) return;
    const ends = [HOST_END.exec(text.value)?.[0].length ?? -1, text.value.search(END)].filter((n) => n > 0);
    if (ends.length === 0) return;
    const length = Math.min(...ends);
    const tail = text.value.slice(length);
    text.value = text.value.slice(0, length);
    node.url = `${/^www\./i.test(text.value) ? 'http://' : ''}${text.value}`;
    const cut = { line: start!.line, column: start!.column + length, offset: start!.offset! + length };
    const rest: Text = { type: 'text', value: tail, position: { start: cut, end: end! } };
    node.position = { start: start!, end: cut };
    parent.children.splice(index + 1, 0, rest);
  });
};
