/**
 * `[[Note]]`, `[[Note|text]]`, `[[Note#Heading]]`, `[[Note#^block]]`, `[[#Heading]]`, and with `!` in front
 * the embed of what is named. Syntax as in Obsidian; in a table cell the bar is written `\|`.
 */

import type { Root } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import type { Code, Construct, Effects, State, Extension as Syntax } from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import type { Literal } from 'unist';
import { visit } from 'unist-util-visit';
import { addRef, element, mark, noteOf, placeOf } from './context.ts';
import { addSyntax } from './syntax.ts';

export interface Wikilink extends Literal {
  type: 'wikilink';
  /** What stands between the brackets. */
  value: string;
  embed: boolean;
  /** An embed that stands between paragraphs. */
  block?: true;
  /** Of a picture in a figure, as the author asked: `60%` or pixels. */
  width?: string | undefined;
}

declare module 'mdast' {
  interface RootContentMap {
    wikilink: Wikilink;
  }
  interface PhrasingContentMap {
    wikilink: Wikilink;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    wikilink: 'wikilink';
    wikilinkMarker: 'wikilinkMarker';
    wikilinkData: 'wikilinkData';
  }
}

const construct: Construct = {
  name: 'wikilink',
  tokenize(effects: Effects, ok: State, nok: State): State {
    let size = 0;
    return start;

    /** > | ![[a]]
     *    ^       */
    function start(code: Code) {
      effects.enter('wikilink');
      effects.enter('wikilinkMarker');
      if (code === 33) {
        effects.consume(code);
        return first;
      }
      return first(code);
    }
    function first(code: Code) {
      if (code !== 91) return nok(code);
      effects.consume(code);
      return second;
    }
    function second(code: Code) {
      if (code !== 91) return nok(code);
      effects.consume(code);
      effects.exit('wikilinkMarker');
      return before;
    }
    /** > | [[a]]
     *        ^   */
    function before(code: Code) {
      if (code === null || code < 0 || code === 93 || code === 91) return nok(code);
      effects.enter('wikilinkData');
      return inside(code);
    }
    function inside(code: Code): State | undefined {
      if (code === null || (code < 0 && code !== -2 && code !== -1) || code === 91) return nok(code);
      if (code === 93) {
        effects.exit('wikilinkData');
        effects.enter('wikilinkMarker');
        effects.consume(code);
        return last;
      }
      if (++size > 1000) return nok(code);
      effects.consume(code);
      return inside;
    }
    /** > | [[a]]
     *          ^ */
    function last(code: Code) {
      if (code !== 93) return nok(code);
      effects.consume(code);
      effects.exit('wikilinkMarker');
      effects.exit('wikilink');
      return ok;
    }
  },
};

const syntax: Syntax = { text: { 33: construct, 91: construct } };

const fromMarkdown: FromMarkdown = {
  enter: {
    wikilink(this: CompileContext, token: Token) {
      this.enter({ type: 'wikilink', value: '', embed: this.sliceSerialize(token).startsWith('!') }, token);
    },
  },
  exit: {
    wikilinkData(this: CompileContext, token: Token) {
      (this.stack.at(-1) as unknown as Wikilink).value = this.sliceSerialize(token);
    },
    wikilink(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};

/** The parts of what stands between the brackets. */
export function parseWikilink(value: string): { target: string; fragment: string; label: string } {
  const plain = value.replaceAll('\\|', '|');
  const bar = plain.indexOf('|');
  const left = (bar === -1 ? plain : plain.slice(0, bar)).trim();
  const hash = left.indexOf('#');
  return {
    target: (hash === -1 ? left : left.slice(0, hash)).trim(),
    // A second `#` may be part of a heading, or stand before one inside it: link knows the headings.
    fragment: hash === -1 ? '' : left.slice(hash + 1).trim(),
    label: bar === -1 ? '' : plain.slice(bar + 1).trim(),
  };
}

export const remarkWikilink: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    visit(tree, 'wikilink', (node) => {
      const { target, fragment, label } = parseWikilink(node.value);
      const place = placeOf(note, node.position);
      node.data = mark(note, () => {
        const kind = node.embed ? 'embed' : 'wikilink';
        const ref = addRef(note, {
          kind,
          target,
          fragment,
          label,
          place,
          ...(node.block && { block: true }),
          ...(node.width !== undefined && { attributes: { width: node.width } }),
        });
        return [element('a', {}, [], { ref, whole: true })];
      });
    });
  };
};
