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

const ends = new WeakMap<TokenizeContext, Set<string>>();

/**
 * Ends that a text is known not to have any more. Who has looked for one to the end of the text writes it down:
 * else ten thousand unclosed `\(` would each look again, and a note of 30 kB take minutes.
 */
export function missingEnds(context: TokenizeContext): Set<string> {
  let set = ends.get(context);
  if (!set) {
    set = new Set();
    ends.set(context, set);
  }
  return set;
}
