/** What our extensions of the parser share. */

import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type {
  Construct,
  Effects,
  Event,
  State,
  Extension as Syntax,
  Token,
  TokenizeContext,
} from 'micromark-util-types';
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

/** The last event before the one at `i` that is of a block: blank lines and indents are passed over. */
export function blockBefore(events: Event[], i: number): number {
  do i--;
  while (i >= 0 && /^line(?:Ending|Prefix)/.test(events[i]![1].type));
  return i;
}

/**
 * The paragraph that is the last block before the event at `i`, and has ended.
 *
 * @returns nothing when another block is; else its token, and where its events begin
 */
export function paragraphBefore(events: Event[], i: number): { token: Token; first: number } | undefined {
  let first = blockBefore(events, i);
  const [kind, token] = events[first] ?? [];
  if (kind !== 'exit' || token?.type !== 'content') return undefined;
  while (events[first]![1] !== token || events[first]![0] === 'exit') first--;
  return { token, first };
}

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
