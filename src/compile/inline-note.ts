/** `^[A footnote where it is used.]`: Pandoc's and Obsidian's inline footnote, turned into an ordinary one. */

import type { FootnoteDefinition, Parent, PhrasingContent, Root } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import type {
  Code,
  Construct,
  Effects,
  State,
  Extension as Syntax,
  Token as SyntaxToken,
  TokenizeContext,
} from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import { visit } from 'unist-util-visit';
import { addSyntax } from './syntax.ts';

export interface InlineNote extends Parent {
  type: 'inlineNote';
  children: PhrasingContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    inlineNote: InlineNote;
  }
  interface PhrasingContentMap {
    inlineNote: InlineNote;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    inlineNote: 'inlineNote';
    inlineNoteMarker: 'inlineNoteMarker';
  }
}

/**
 * Where code, a formula or an escape ends that begins at an offset of a text: there a bracket is only a sign. Kept, so
 * that a thousand notes that nothing closes do not each look for the same ends.
 */
const spanEnds = new WeakMap<TokenizeContext, Map<number, number>>();

/** Reads what begins here, and writes down where it ends. */
const span: Construct = {
  partial: true,
  tokenize(this: TokenizeContext, effects: Effects, ok: State): State {
    const begin = this.now().offset;
    const done: State = (code) => {
      spanEnds.set(this, (spanEnds.get(this) ?? new Map()).set(begin, this.now().offset));
      return ok(code);
    };
    return effects.attempt(this.parser.constructs.text, done, done);
  },
};

const construct: Construct = {
  name: 'inlineNote',
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const self = this;
    let depth = 0;
    let size = 0;
    let previous: SyntaxToken;
    /** Where the last span ended. */
    let spanEnd = 0;
    return start;

    /** > | ^[text]
     *    ^       */
    function start(code: Code) {
      effects.enter('inlineNote');
      effects.enter('inlineNoteMarker');
      effects.consume(code);
      return bracket;
    }
    function bracket(code: Code) {
      if (code !== 91) return nok(code);
      effects.consume(code);
      effects.exit('inlineNoteMarker');
      return first;
    }
    function first(code: Code) {
      if (code === null || code === 93) return nok(code);
      previous = effects.enter('chunkText', { contentType: 'text' });
      return inside(code);
    }
    function inside(code: Code): State | undefined {
      if (code === null || size > 1000) return nok(code);
      size++;
      if (code < -2) {
        effects.consume(code);
        effects.exit('chunkText');
        return line;
      }
      const opens = code === 36 || code === 92 || code === 96;
      if (!(opens || code === 91 || code === 93)) return sign(code);
      const at = self.now().offset;
      if (at < spanEnd) return sign(code);
      if (opens) {
        // A dollar after a dollar, or a backtick after a backtick, opens nothing, unless something ended there.
        if (at > spanEnd && self.previous === code && code !== 92) return sign(code);
        const end = spanEnds.get(self)?.get(at);
        if (end === undefined) return effects.check(span, inside, inside)(code);
        if (end > at + 1) spanEnd = end;
        return sign(code);
      }
      if (code === 91) depth++;
      if (code === 93 && depth-- === 0) {
        effects.exit('chunkText');
        effects.enter('inlineNoteMarker');
        effects.consume(code);
        effects.exit('inlineNoteMarker');
        effects.exit('inlineNote');
        return ok;
      }
      return sign(code);
    }
    function sign(code: Code): State {
      effects.consume(code);
      return inside;
    }
    /** A new chunk begins when its first character is there: before, it would start inside the line ending. */
    function line(code: Code): State | undefined {
      if (code === null) return nok(code);
      const next = effects.enter('chunkText', { contentType: 'text', previous });
      previous.next = next;
      previous = next;
      return inside(code);
    }
  },
};

const syntax: Syntax = { text: { 94: construct } };

const fromMarkdown: FromMarkdown = {
  canContainEols: ['inlineNote'],
  enter: {
    inlineNote(this: CompileContext, token: Token) {
      this.enter({ type: 'inlineNote', children: [] }, token);
    },
  },
  exit: {
    inlineNote(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};

export const remarkInlineNote: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree) => {
    const definitions: FootnoteDefinition[] = [];
    visit(tree, 'inlineNote', ({ position, children }, index, parent) => {
      if (!parent || index === undefined) return;
      // No definition of the author's can have this name: `[^ 1]` is none.
      const identifier = ` ${definitions.length + 1}`;
      const at = position && { position };
      parent.children[index] = { type: 'footnoteReference', identifier, ...at };
      definitions.push({
        type: 'footnoteDefinition',
        identifier,
        children: [{ type: 'paragraph', children, ...at }],
        ...at,
      });
    });
    tree.children.push(...definitions);
  };
};
