/**
 * Bare addresses: GFM's syntax for them, put right for Chinese text (`autolink-syntax.ts`) and left out where there is
 * nothing for it to find.
 */

import type { Root, Text } from 'mdast';
import type { Extension as FromMarkdown, Transform } from 'mdast-util-from-markdown';
import type { Construct } from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import type { Parent } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { addressIn, cutAtAddressEnds } from './autolink-syntax.ts';

/** What must stand somewhere in a text that has a bare e-mail address (GFM 6.9): a letter of its name before `@`. */
const EMAIL = /[\w.+-]@/;

/** What must stand in a text that mdast-util-gfm-autolink-literal finds an address in. */
const ADDRESS = /https?:\/\/|www\.|@/i;

/** Whether a text may hold a bare e-mail address. */
export function mayHaveEmail(text: string): boolean {
  return EMAIL.test(text);
}

/**
 * Changes GFM's syntax; stands after `remarkGfm`.
 *
 * @param options `emails`: whether the text may have bare e-mail addresses. Without, they are not looked for: that
 *   would be tried wherever a Latin word or a number begins
 */
export const remarkAutolinks: Plugin<[{ emails: boolean }], Root> = function (this: Processor, { emails }) {
  const data = this.data();
  const changed = (construct: Construct): Construct | [] => {
    if (construct.name === 'emailAutolink') return emails ? construct : [];
    return /^(?:protocol|www)Autolink$/.test(construct.name ?? '') ? addressIn(construct) : construct;
  };
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map((extension) => ({
    ...extension,
    text: Object.fromEntries(
      Object.entries(extension.text ?? {}).map(([code, constructs]) => [
        code,
        [constructs ?? []].flat().flatMap(changed),
      ]),
    ),
  }));
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? [])
    .flat()
    .map((extension: FromMarkdown) =>
      extension.enter && 'literalAutolink' in extension.enter
        ? { ...extension, transforms: extension.transforms?.map(endingBeforeChinese) }
        : extension,
    );
};

/**
 * GFM's second look at texts links what its syntax does not reach, such as an address behind Chinese punctuation or an
 * open bracket, again up to the next blank.
 */
function endingBeforeChinese(transform: Transform): Transform {
  return (tree) => {
    let any = false;
    const cut: { parent: Parent; whole: Text; parts: Text[] }[] = [];
    visit(tree, (node, index, parent) => {
      if (node.type === 'link' || node.type === 'linkReference') return SKIP;
      if (node.type !== 'text' || !parent || index === undefined || !ADDRESS.test(node.value))
        return undefined;
      any = true;
      const parts = cutAtAddressEnds(node.value).map((value): Text => ({ type: 'text', value }));
      if (parts.length === 1) return undefined;
      cut.push({ parent, whole: node, parts });
      parent.children.splice(index, 1, ...(parts as typeof parent.children));
      return index + parts.length;
    });
    if (any) transform(tree);
    // Where no address was found after all, the text is whole again.
    for (const { parent, whole, parts } of cut) {
      const at = parent.children.indexOf(parts[0]!);
      if (at !== -1 && parts.every((part, i) => parent.children[at + i] === part))
        parent.children.splice(at, parts.length, whole);
    }
  };
}
