/** Adds an extension of ours to the parser; later ones are tried first. */

import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Extension as Syntax } from 'micromark-util-types';
import type { Data } from 'unified';

export function addSyntax(data: Data, syntax: Syntax, fromMarkdown: FromMarkdown): void {
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), syntax];
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), fromMarkdown];
}
