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

const construct: Construct = {
  name: 'inlineNote',
  tokenize(effects: Effects, ok: State, nok: State): State {
    let depth = 0;
    let size = 0;
    let previous: SyntaxToken;
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
      if (code === 91) depth++;
      if (code === 93 && depth-- === 0) {
        effects.exit('chunkText');
        effects.enter('inlineNoteMarker');
        effects.consume(code);
        effects.exit('inlineNoteMarker');
        effects.exit('inlineNote');
        return ok;
      }
      effects.consume(code);
      return code === 92 ? escaped : inside;
    }
    /** A new chunk begins when its first character is there: before, it would start inside the line ending. */
    function line(code: Code): State | undefined {
      if (code === null) return nok(code);
      const next = effects.enter('chunkText', { contentType: 'text', previous });
      previous.next = next;
      previous = next;
      return inside(code);
    }
    function escaped(code: Code): State | undefined {
      if (code === null || code < 0) return inside(code);
      effects.consume(code);
      return inside;
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
