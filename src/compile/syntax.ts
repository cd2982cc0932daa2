/** What our extensions of the parser share. */

import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Construct, Effects, State, Extension as Syntax, TokenizeContext } from 'micromark-util-types';
import type { Data } from 'unified';

/** Adds an extension of ours to the parser; later ones are tried first. */
export function addSyntax(data: Data, syntax: Syntax, fromMarkdown: FromMarkdown): void {
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), syntax];
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), fromMarkdown];
}

/** The next line of the same block: not past the end of the quote or list item around it. */
export const nextLine: Construct = {
  partial: true,
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    return (code) => {
      if (code === null) return nok(code);
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return (next) => (this.parser.lazy[this.now().line] ? nok(next) : ok(next));
    };
  },
};
