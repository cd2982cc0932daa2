/** `\ref{eq:x}` and `\eqref{eq:x}` in running text, as LaTeX writes them: the number, and `(number)`. */

import type { Root } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import type { Code, Construct, Effects, State, Extension as Syntax } from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import type { Literal } from 'unist';
import { visit } from 'unist-util-visit';
import { addRef, element, mark, noteOf, placeOf } from './context.ts';
import { addSyntax } from './syntax.ts';

export interface LabelReference extends Literal {
  type: 'labelReference';
  value: string;
}

declare module 'mdast' {
  interface RootContentMap {
    labelReference: LabelReference;
  }
  interface PhrasingContentMap {
    labelReference: LabelReference;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    labelReference: 'labelReference';
  }
}

const WHOLE = /^\\(eq)?ref\{([\p{L}\p{N}:_.-]{1,100})\}$/u;
/** What the text so far could still become. */
const PART = /^\\(?:e|eq|r|re|eqr|eqre|(?:eq)?ref|(?:eq)?ref\{[\p{L}\p{N}:_.-]{0,100})$/u;

const construct: Construct = {
  name: 'labelReference',
  tokenize(effects: Effects, ok: State, nok: State): State {
    let text = '';
    return start;

    /** > | \eqref{eq:x}
     *    ^           */
    function start(code: Code) {
      effects.enter('labelReference');
      return next(code);
    }
    function next(code: Code): State | undefined {
      if (code === null || code < 0) return nok(code);
      text += String.fromCodePoint(code);
      const whole = WHOLE.test(text);
      if (!whole && text !== '\\' && !PART.test(text)) return nok(code);
      effects.consume(code);
      if (!whole) return next;
      effects.exit('labelReference');
      return ok;
    }
  },
};

const syntax: Syntax = { text: { 92: construct } };

const fromMarkdown: FromMarkdown = {
  enter: {
    labelReference(this: CompileContext, token: Token) {
      this.enter({ type: 'labelReference', value: this.sliceSerialize(token) }, token);
    },
  },
  exit: {
    labelReference(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};

export const remarkReference: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    visit(tree, 'labelReference', (node) => {
      const [, bracketed, fragment = ''] = WHOLE.exec(node.value) ?? [];
      const place = placeOf(note, node.position);
      node.data = mark(note, () => {
        const ref = addRef(note, {
          kind: 'wikilink',
          target: '',
          fragment,
          label: '',
          place,
          shown: bracketed ? '(number)' : 'number',
        });
        return [element('a', {}, [], { ref, whole: true })];
      });
    });
  };
};
