/**
 * `#tag` in running text, as in Obsidian: joins the note's tags and leads to the tag's page. A tag begins after
 * a blank, a bracket or Chinese punctuation, and holds letters, digits, `_`, `-` and `/`, not only digits; what
 * is a colour (`#1f2a3b`) stays one.
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
import { fold } from '../paths.ts';
import { addRef, element, mark, noteOf, placeOf } from './context.ts';
import { addSyntax } from './syntax.ts';

export interface Tag extends Literal {
  type: 'tag';
  value: string;
}

declare module 'mdast' {
  interface RootContentMap {
    tag: Tag;
  }
  interface PhrasingContentMap {
    tag: Tag;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    tag: 'tag';
  }
}

const PART = /[\p{L}\p{M}\p{N}_\-/]/u;
const BEFORE = /[\s()（）【】「」《》，。；：、！？“”‘’]/u;
const COLOUR = /^(?:(?=.*\d)(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|fff|000)$/i;

/** Whether what follows `#` is a tag. */
function isTag(name: string): boolean {
  return /[\p{L}_]/u.test(name) && !/^[-/]|\/$|\/\//.test(name) && !COLOUR.test(name);
}

const construct: Construct = {
  name: 'tag',
  previous(code) {
    return code === null || code < 0 || BEFORE.test(String.fromCodePoint(code));
  },
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    let name = '';
    return start;

    /** > | #池化
     *    ^    */
    function start(code: Code) {
      effects.enter('tag');
      effects.consume(code);
      return inside;
    }
    function inside(code: Code): State | undefined {
      // Characters beyond the BMP come as two halves.
      const character = code === null || code < 0 ? '' : String.fromCharCode(code);
      if (
        character !== '' &&
        name.length < 100 &&
        (PART.test(character) || /[\ud800-\udfff]/.test(character))
      ) {
        name += character;
        effects.consume(code);
        return inside;
      }
      if (!isTag(name) || character === '#') return nok(code);
      effects.exit('tag');
      return ok(code);
    }
  },
};

const syntax: Syntax = { text: { 35: construct } };

const fromMarkdown: FromMarkdown = {
  enter: {
    tag(this: CompileContext, token: Token) {
      this.enter({ type: 'tag', value: this.sliceSerialize(token).slice(1) }, token);
    },
  },
  exit: {
    tag(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};

export const remarkTag: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    visit(tree, (node, index, parent) => {
      // A link in a link is none.
      if (node.type === 'link' || node.type === 'linkReference') {
        visit(node, 'tag', (inner, index, parent) => {
          if (parent && index !== undefined)
            parent.children[index] = { type: 'text', value: `#${inner.value}` } as never;
        });
        return SKIP;
      }
      if (node.type !== 'tag') return undefined;
      // The address of what is no link for a blank in it: `[text](#two words)`.
      const before = parent?.children[index! - 1];
      if (parent && before?.type === 'text' && before.value.endsWith('](')) {
        parent.children[index!] = { type: 'text', value: `#${node.value}`, position: node.position } as never;
        return undefined;
      }
      const known = note.tags.find((t) => fold(t) === fold(node.value));
      const target = known ?? node.value;
      if (known === undefined) note.tags.push(target);
      const place = placeOf(note, node.position);
      node.data = mark(note, () => {
        const ref = addRef(note, { kind: 'tag', target, fragment: '', label: `#${node.value}`, place });
        return [element('a', {}, [], { ref, whole: true })];
      });
      return undefined;
    });
  };
};
