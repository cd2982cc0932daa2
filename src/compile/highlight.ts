/**
 * `==marked==` text. Two equals signs open before and close after something that is no blank; between two Latin
 * letters or digits (`a==b`) they do neither. Chinese punctuation needs no blanks around the signs.
 */

import type { Parent, PhrasingContent, Root } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
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
    const open: number[] = [];
    const pairs: [number, number][] = [];
    events.forEach(([kind, token], i) => {
      if (kind !== 'enter' || token.type !== 'highlightTry') return;
      const opener = token._close ? open.pop() : undefined;
      if (opener !== undefined) pairs.push([opener, i]);
      else if (token._open) open.push(i);
    });
    if (pairs.length === 0) {
      for (const [, token] of events) if (token.type === 'highlightTry') token.type = 'data';
      return events;
    }
    const starts = new Map<number, SyntaxToken>();
    const ends = new Map<number, SyntaxToken>();
    for (const [from, to] of pairs) {
      const token = {
        type: 'highlight',
        start: { ...events[from]![1].start },
        end: { ...events[to]![1].end },
      } as SyntaxToken;
      events[from]![1].type = 'highlightSequence';
      events[to]![1].type = 'highlightSequence';
      starts.set(from, token);
      ends.set(to + 1, token);
    }
    const out: Event[] = [];
    events.forEach((event, i) => {
      if (event[1].type === 'highlightTry') event[1].type = 'data';
      const start = starts.get(i);
      if (start) out.push(['enter', start, context]);
      out.push(event);
      const end = ends.get(i);
      if (end) out.push(['exit', end, context]);
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
