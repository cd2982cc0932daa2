/**
 * `%%comment%%` of Obsidian: gone from every output. A line that begins with `%%` opens a comment that may hold
 * blank lines; inside a line both ends must stand in one paragraph, in HTML between two tags. Obsidian hides what lies
 * between two signs wherever they stand: where a sign may belong to one in another block, the build ends with an error,
 * for neither may what is private be published nor what is not be hidden.
 */

import type { Html, Root, Text } from 'mdast';
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
import type { Node, Parent } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { commentBlocks, commentUnclosed } from '../diagnostics/messages.ts';
import { atOf, type NoteContext, noteOf, placeOf } from './context.ts';
import { addSyntax, missingEnds, nextLine } from './syntax.ts';
import { positionIn } from './texts.ts';

/** What it says is not kept: it would be part of what a picture is called. */
export interface Comment extends Node {
  type: 'comment';
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
      if (code === null) {
        effects.exit('commentData');
        return end(code);
      }
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
  this.enter({ type: 'comment', unclosed: !/^%%[\s\S]*%%\s*$/.test(value) }, token);
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
    if (note.body.includes('%%')) removeComments(tree, note);
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

/** A `%%` that has no partner in its block. */
interface Sign {
  offset: number;
  /** The node in whose source it stands; one that is a comment hides what follows in its block. */
  within: Text | Html | Comment;
}

function removeComments(tree: Root, note: NoteContext): void {
  const signs = new Map<number, Sign>();
  /** The last comment that has both ends. */
  let last: Sign | undefined;
  const signIn = (within: Sign['within'], index = 0): Sign => ({ offset: offsetOf(within) + index, within });
  const add = (sign: Sign): void => void signs.set(sign.offset, sign);
  visit(tree, (node, index, parent) => {
    if (node.type === 'comment' && parent && index !== undefined) {
      if (node.unclosed) add(signIn(node));
      else last = signIn(node);
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    if (node.type === 'text' && node.position && !isAddress(note, parent)) {
      for (const { 0: found, index } of sourceOf(note, node).matchAll(/\\[\s\S]|%%/g))
        if (found === '%%') add(signIn(node, index));
    }
    if (node.type === 'html' && node.value.includes('%%')) {
      if (node.position) for (const at of signsInHtml(sourceOf(note, node)).alone) add(signIn(node, at));
      const { pairs } = signsInHtml(node.value);
      const ends = [0, ...pairs.map(([, to]) => to)];
      node.value = ends.map((end, i) => node.value.slice(end, pairs[i]?.[0])).join('');
    }
    return undefined;
  });
  report(
    note,
    [...signs.values()].sort((a, b) => a.offset - b.offset),
    last,
  );
}

const offsetOf = ({ position }: Node): number => position?.start.offset ?? 0;

function sourceOf({ body }: NoteContext, { position }: Node): string {
  return body.slice(position!.start.offset, position!.end.offset);
}

/** Whether what a link shows is its own address, which no brackets stand around. */
function isAddress({ body }: NoteContext, parent: Parent | undefined): boolean {
  return parent?.type === 'link' && parent.position !== undefined && body[offsetOf(parent)] !== '[';
}

/**
 * Says of a sign that it may belong to another: to one below it, or to one above. Those behind digits (`100%%`) are none
 * by themselves, but the first may be one of two (`2020%%…`).
 *
 * @param signs in their order
 * @param last the last comment that has both ends
 */
function report(note: NoteContext, signs: Sign[], last: Sign | undefined): void {
  const i = signs.findIndex(({ offset }) => !/\d/.test(note.body[offset - 1] ?? ''));
  const sign = signs[i];
  if (!sign) return;
  const place = ({ within, offset }: Sign) => positionIn(note, [within], offset, 2);
  const next = signs[i + 1] ?? (last && sign.offset < last.offset ? last : undefined);
  const other = next ?? (sign.within.type === 'comment' ? undefined : signs[i - 1]);
  if (other) note.diagnostics.push(commentBlocks(atOf(note, place(sign)), placeOf(note, place(other)).line));
  for (const s of signs)
    if (s.within.type === 'comment' && !(other && s === sign))
      note.diagnostics.push(commentUnclosed(atOf(note, place(s))));
}

/** Comments of HTML, what holds no running text, and tags. */
const HTML = /<!--[\s\S]*?(?:-->|$)|<(code|pre|script|style|textarea)\b[\s\S]*?(?:<\/\1\s*>|$)|<[^<>]*>|%%/gi;

/**
 * Signs in HTML, which no Markdown reads.
 *
 * @returns where comments begin and end, between two tags, and signs that have no partner there
 */
export function signsInHtml(html: string): { pairs: [from: number, to: number][]; alone: number[] } {
  const pairs: [from: number, to: number][] = [];
  const alone: number[] = [];
  let open: number | undefined;
  for (const { 0: found, index } of html.matchAll(HTML)) {
    if (found !== '%%') {
      if (open !== undefined) alone.push(open);
      open = undefined;
    } else if (open === undefined) open = index;
    else {
      pairs.push([open, index + 2]);
      open = undefined;
    }
  }
  if (open !== undefined) alone.push(open);
  return { pairs, alone };
}
