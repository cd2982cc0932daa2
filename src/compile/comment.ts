/**
 * `%%comment%%` of Obsidian: gone from every output. A line that begins with `%%` opens a comment that may hold
 * blank lines; inside a line both ends must stand in one paragraph.
 */

import type { Root } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import type {
  Code,
  Construct,
  Effects,
  State,
  Extension as Syntax,
  TokenizeContext,
} from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import type { Literal } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { commentUnclosed } from '../diagnostics/messages.ts';
import { atOf, noteOf } from './context.ts';
import { addSyntax, missingEnds, nextLine } from './syntax.ts';

export interface Comment extends Literal {
  type: 'comment';
  value: string;
  /** The end of the note came before the end of the comment. */
  unclosed: boolean;
}

declare module 'mdast' {
  interface RootContentMap {
    comment: Comment;
  }
  interface PhrasingContentMap {
    comment: Comment;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    commentFlow: 'commentFlow';
    commentText: 'commentText';
    commentData: 'commentData';
  }
}

const flow: Construct = {
  name: 'commentFlow',
  concrete: true,
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const self = this;
    let percents = 0;
    let first = true;
    return start;

    /** > | %%
     *    ^   */
    function start(code: Code) {
      effects.enter('commentFlow');
      effects.enter('commentData');
      return opening(code);
    }
    function opening(code: Code): State | undefined {
      if (code !== 37) return nok(code);
      effects.consume(code);
      return ++percents < 2 ? opening : opened;
    }
    function opened(code: Code): State | undefined {
      percents = 0;
      return inside(code);
    }
    function inside(code: Code): State | undefined {
      if (code === null) return end(code);
      if (code < -2) {
        // While a paragraph asks whether it is interrupted, later lines are not known yet.
        if (self.interrupt) return ok(code);
        first = false;
        percents = 0;
        effects.exit('commentData');
        return effects.attempt(nextLine, line, end)(code);
      }
      percents = code === 37 ? percents + 1 : 0;
      effects.consume(code);
      return percents === 2 ? closed : inside;
    }
    function line(code: Code): State | undefined {
      if (code === null) return end(code);
      if (code < -2) return effects.attempt(nextLine, line, end)(code);
      effects.enter('commentData');
      return inside(code);
    }
    /** After the closing signs: text on their line is a paragraph of its own, or the line is one. */
    function closed(code: Code): State | undefined {
      if (code === null || code < -2) {
        effects.exit('commentData');
        return end(code);
      }
      if (code === 32 || code === -1 || code === -2) {
        effects.consume(code);
        return closed;
      }
      if (first) return nok(code);
      effects.exit('commentData');
      effects.exit('commentFlow');
      effects.enter('content');
      effects.enter('chunkContent', { contentType: 'content' });
      return rest(code);
    }
    function rest(code: Code): State | undefined {
      if (code === null || code < -2) {
        effects.exit('chunkContent');
        effects.exit('content');
        return ok(code);
      }
      effects.consume(code);
      return rest;
    }
    function end(code: Code) {
      effects.exit('commentFlow');
      return ok(code);
    }
  },
};

const text: Construct = {
  name: 'commentText',
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const missing = missingEnds(this);
    let percents = 0;
    let opened = false;
    return start;

    function start(code: Code) {
      effects.enter('commentText');
      effects.enter('commentData');
      return inside(code);
    }
    function inside(code: Code): State | undefined {
      if (code === null) {
        if (opened) missing.add('%%');
        return nok(code);
      }
      if (code < -2) {
        if (!opened) return nok(code);
        percents = 0;
        effects.exit('commentData');
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        effects.enter('commentData');
        return inside;
      }
      percents = code === 37 ? percents + 1 : 0;
      if (!opened && percents === 0) return nok(code);
      effects.consume(code);
      if (percents < 2) return inside;
      percents = 0;
      if (!opened) {
        opened = true;
        return missing.has('%%') ? nok : inside;
      }
      effects.exit('commentData');
      effects.exit('commentText');
      return ok;
    }
  },
};

const syntax: Syntax = { flow: { 37: flow }, text: { 37: text } };

function enter(this: CompileContext, token: Token): void {
  const value = this.sliceSerialize(token);
  this.enter({ type: 'comment', value, unclosed: !/^%%[\s\S]*%%\s*$/.test(value) }, token);
  this.buffer();
}
function exit(this: CompileContext, token: Token): void {
  this.resume();
  this.exit(token);
}

const fromMarkdown: FromMarkdown = {
  enter: { commentFlow: enter, commentText: enter },
  exit: { commentFlow: exit, commentText: exit },
};

export const remarkComment: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    visit(tree, 'comment', (node, index, parent) => {
      if (!parent || index === undefined) return;
      if (node.unclosed) note.diagnostics.push(commentUnclosed({ ...atOf(note, node.position), length: 2 }));
      parent.children.splice(index, 1);
      return [SKIP, index];
    });
    visit(tree, 'paragraph', (node, index, parent) => {
      if (
        !parent ||
        index === undefined ||
        !node.children.every((c) => c.type === 'text' && c.value.trim() === '')
      )
        return;
      parent.children.splice(index, 1);
      return [SKIP, index];
    });
  };
};
