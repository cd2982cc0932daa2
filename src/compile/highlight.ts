/**
 * `==marked==` text. Two equals signs open before and close after something that is no blank; between two Latin
 * letters or digits (`a==b`) they do neither. Chinese punctuation needs no blanks around the signs.
 */

import type { Parent, PhrasingContent, Root } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import { resolveAll } from 'micromark-util-resolve-all';
import type {
  Code,
  Construct,
  Effects,
  Event,
  State,
  Extension as Syntax,
  Token as SyntaxToken,
  TokenizeContext,
} from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import { visit } from 'unist-util-visit';
import { addSyntax } from './syntax.ts';

export interface Highlight extends Parent {
  type: 'highlight';
  children: PhrasingContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    highlight: Highlight;
  }
  interface PhrasingContentMap {
    highlight: Highlight;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    highlight: 'highlight';
    highlightSequence: 'highlightSequence';
    highlightTry: 'highlightTry';
  }
}

const isBlank = (code: Code) => code === null || code < 0 || code === 32;
const isWord = (code: Code) => code !== null && code > 0 && /[A-Za-z0-9_]/.test(String.fromCodePoint(code));

/** Signs of emphasis and of what is struck out, before anybody has paired them. */
const OTHERS: ReadonlySet<string> = new Set(['attentionSequence', 'strikethroughSequenceTemporary']);

const construct: Construct = {
  name: 'highlight',
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const before = this.previous;
    return start;

    /** > | ==a==
     *    ^     */
    function start(code: Code) {
      if (before === 61) return nok(code);
      effects.enter('highlightTry');
      effects.consume(code);
      return second;
    }
    function second(code: Code) {
      if (code !== 61) return nok(code);
      effects.consume(code);
      return after;
    }
    function after(code: Code) {
      if (code === 61) return nok(code);
      const token = effects.exit('highlightTry');
      const inWord = isWord(before) && isWord(code);
      token._open = !isBlank(code) && !inWord;
      token._close = !isBlank(before) && !inWord;
      return ok(code);
    }
  },
  resolveAll(events, context) {
    // A closing sign takes the nearest open one before it; what is left over is text.
    const openers: number[] = [];
    const pairs: [number, number][] = [];
    events.forEach(([kind, token], i) => {
      if (kind !== 'enter' || token.type !== 'highlightTry') return;
      const opener = token._close ? openers.pop() : undefined;
      if (opener !== undefined) pairs.push([opener, i]);
      else if (token._open) openers.push(i);
    });
    if (pairs.length === 0) {
      for (const [, token] of events) if (token.type === 'highlightTry') token.type = 'data';
      return events;
    }
    const ends = new Map(pairs.map(([from, to]) => [to, from]));
    const begins = new Set(ends.values());
    const others = (context.parser.constructs.insideSpan.null ?? []).filter((c) => c !== construct);
    /** What is marked so far: where it begins in `out`, and how many signs of others stood there before it. */
    const open: { at: number; signs: number; token: SyntaxToken }[] = [];
    const out: Event[] = [];
    let signs = 0;
    events.forEach((event, i) => {
      const [kind, token] = event;
      if (OTHERS.has(token.type)) signs++;
      if (kind === 'enter' && begins.has(i)) {
        const whole = { type: 'highlight', start: { ...token.start } } as SyntaxToken;
        token.type = 'highlightSequence';
        out.push(['enter', whole, context], event);
        // The sign's own end comes next.
        open.push({ at: out.length + 1, signs, token: whole });
      } else if (kind === 'enter' && ends.has(i)) {
        const { at, signs: before, token: whole } = open.at(-1)!;
        // Emphasis that begins inside ends inside, or is none: else the two would cross.
        if (signs > before) for (const inner of resolveAll(others, out.splice(at), context)) out.push(inner);
        signs = before;
        token.type = 'highlightSequence';
        whole.end = { ...token.end };
        out.push(event);
      } else if (kind === 'exit' && ends.has(i - 1)) {
        out.push(event, ['exit', open.pop()!.token, context]);
      } else {
        if (token.type === 'highlightTry') token.type = 'data';
        out.push(event);
      }
    });
    events.length = 0;
    for (const event of out) events.push(event);
    return events;
  },
};

const syntax: Syntax = {
  text: { 61: construct },
  insideSpan: { null: [construct] },
  attentionMarkers: { null: [61] },
};

const fromMarkdown: FromMarkdown = {
  canContainEols: ['highlight'],
  enter: {
    highlight(this: CompileContext, token: Token) {
      this.enter({ type: 'highlight', children: [] }, token);
    },
  },
  exit: {
    highlight(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};

export const remarkHighlight: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree) => {
    visit(tree, 'highlight', (node) => {
      // Authors may write <mark> themselves: no placeholder is needed.
      node.data = { hName: 'mark' };
    });
  };
};
