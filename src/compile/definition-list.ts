/**
 * Definition lists as in PHP Markdown Extra and Pandoc: a term on a line, and below it one or more lines that
 * begin with `: `. A blank line may stand between them. What follows a blank line belongs to the definition when it is
 * indented by four, or as far as the definition's text. The caption of a table, which looks alike, has been taken before.
 */

import type {
  BlockContent,
  Blockquote,
  Nodes,
  Paragraph,
  Parent,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type {
  Code,
  Construct,
  Effects,
  State,
  Extension as Syntax,
  TokenizeContext,
} from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import { visit } from 'unist-util-visit';
import { definitionTerm } from '../diagnostics/messages.ts';
import { atOf, noteOf } from './context.ts';
import { addSyntax, blockBefore, paragraphBefore } from './syntax.ts';

/** Blocks that go on with the definition above them. */
interface DefinitionRest extends Parent {
  type: 'definitionRest';
  children: RootContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    definitionRest: DefinitionRest;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    definitionRest: 'definitionRest';
    definitionRestIndent: 'definitionRestIndent';
  }
}

const MARK = /^:[ \t]+/;
/** Nothing is looked for in a note without either: a sign by its number is written with `&`. */
const ANY = /:[ \t]|&/;
/** In the source of a paragraph, which may stand in quotes: a definition. */
export const DEFINES = /^[ \t>]*:[ \t]/m;
/** How far what goes on with a definition is indented. */
const INDENT = 4;

const isBlank = (code: Code) => code === 32 || code === -1 || code === -2;
const isEnd = (code: Code) => code === null || code < -2;

/** Takes blanks up to so many, and goes on. */
function indent(effects: Effects, most: number, next: (taken: number) => State): State {
  let taken = 0;
  return (code) => {
    if (!isBlank(code) || most === 0) return next(0)(code);
    effects.enter('definitionRestIndent');
    return inside(code);
  };
  function inside(code: Code): State | undefined {
    if (isBlank(code) && taken < most) {
      taken++;
      effects.consume(code);
      return inside;
    }
    effects.exit('definitionRestIndent');
    return next(taken)(code);
  }
}

/**
 *     term
 *     : definition
 *
 *         paragraph, list, formula…
 */
const rest: Construct = {
  name: 'definitionRest',
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const prefix = this.events.at(-1)?.[1];
    const before = prefix?.type === 'linePrefix' ? this.sliceSerialize(prefix, true).length : 0;
    return (code) => {
      if (!followsDefinition(this)) return nok(code);
      effects.enter('definitionRest', { _container: true });
      const most = INDENT - before;
      return indent(
        effects,
        most,
        (taken) => (next) => (taken < most || isEnd(next) ? nok(next) : ok(next)),
      )(code);
    };
  },
  continuation: {
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      return indent(effects, INDENT, (taken) => (code) => {
        if (taken >= INDENT || isEnd(code)) return ok(code);
        left.set(this, this.now().line);
        return nok(code);
      });
    },
  },
  exit(effects) {
    effects.exit('definitionRest');
  },
};

/** The line that was the last not to go on with the definition above it. */
const left = new WeakMap<TokenizeContext, number>();

/**
 * One more definition right below what goes on with the one before: no lazy line of the paragraph there. It is said to be
 * a container, so that those that are open end; asked again then, it is none, and the line is a paragraph.
 */
const next: Construct = {
  name: 'definitionNext',
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    return (code) => {
      if (left.get(this) !== this.now().line) return nok(code);
      effects.enter('definitionRestIndent');
      effects.consume(code);
      effects.exit('definitionRestIndent');
      return (after) => {
        if (!isBlank(after)) return nok(after);
        left.delete(this);
        return ok(after);
      };
    };
  },
};

/** Whether the last thing above is a paragraph with a definition in it, and blank lines after that. */
function followsDefinition(context: TokenizeContext): boolean {
  let blank = false;
  for (let i = context.events.length - 1; i >= 0; i--) {
    const token = context.events[i]![1];
    // It would be that of a quote or list that has ended, or begins here.
    if (token._container) return false;
    if (token.type !== 'chunkFlow' || context.events[i]![0] === 'enter') continue;
    if (context.sliceSerialize(token).trim() !== '') return blank && endsInDefinition(token._tokenizer);
    blank = true;
  }
  return false;
}

/** @param flow the blocks above, of which the last may have more to come; what stands below a table is its caption */
function endsInDefinition(flow: TokenizeContext | undefined): boolean {
  const paragraph = flow && paragraphBefore(flow.events, flow.events.length);
  if (!paragraph || !DEFINES.test(flow.sliceSerialize(paragraph.token))) return false;
  const above = flow.events[blockBefore(flow.events, paragraph.first)];
  return (above?.[1].type as string | undefined) !== 'table';
}

const syntax: Syntax = { document: { [-2]: rest, [-1]: rest, 32: rest, 58: next } };

const fromMarkdown: FromMarkdown = {
  enter: {
    definitionRest(token) {
      this.enter({ type: 'definitionRest', children: [] }, token);
    },
  },
  exit: {
    definitionRest(token) {
      this.exit(token);
    },
  },
};

interface Line {
  /** Width of the mark of a definition; 0 for a term. */
  mark: number;
  children: PhrasingContent[];
}

export const remarkDefinitionList: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    if (!ANY.test(note.body)) return;
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(mayBelong)) return;
      const out: RootContent[] = [];
      /** Where the text of the last definition begins. */
      let column = 0;
      for (const child of node.children as RootContent[]) {
        const last = out.at(-1);
        const lines = child.type === 'paragraph' && startsDefinition(child) ? linesOf(child) : undefined;
        // A mark with nothing behind it, or with what shows nothing, defines nothing.
        if (lines === undefined || lines.length === 0) {
          const rest = child.type === 'definitionRest';
          const blocks = rest ? child.children : [child];
          const belongs = isList(last) && (rest || child.position?.start.column === column);
          if (!belongs || !goOn(last, blocks)) out.push(...blocks);
          continue;
        }
        column = child.position ? child.position.start.column + lines.at(-1)!.mark : 0;
        // `: text` alone belongs to the paragraph or the list before it; with neither it is text.
        const open = lines[0]!.mark > 0;
        if (open && last?.type === 'paragraph' && !last.data && isOneLine(last)) {
          out[out.length - 1] = list([{ mark: 0, children: last.children }, ...lines]);
        } else if (isList(last)) {
          last.children.push(...items(lines));
        } else if (open) {
          note.diagnostics.push(definitionTerm(atOf(note, child.position)));
          out.push(child);
        } else out.push(list(lines));
      }
      (node as { children: RootContent[] }).children = out;
    });
  };
};

function mayBelong(node: Nodes): boolean {
  return node.type === 'definitionRest' || (node.type === 'paragraph' && startsDefinition(node));
}

/** Adds blocks to the last definition of a list, if a definition is what it ends with. */
function goOn({ children }: Blockquote, blocks: RootContent[]): boolean {
  const last = children.at(-1)!;
  if (last.data && 'hName' in last.data && last.data.hName !== 'dd') return false;
  if (last.type === 'paragraph') {
    const { data, ...first } = last;
    children[children.length - 1] = { type: 'blockquote', children: [first], data: data! };
  }
  (children.at(-1) as Blockquote).children.push(...(blocks as BlockContent[]));
  return true;
}

function startsDefinition({ children, data }: Paragraph): boolean {
  if (data) return false;
  return children.some(
    (c, i) => c.type === 'text' && (/\n:[ \t]/.test(c.value) || (i === 0 && MARK.test(c.value))),
  );
}

function isOneLine({ children }: Paragraph): boolean {
  return !children.some((c) => c.type === 'break' || (c.type === 'text' && c.value.includes('\n')));
}

/** Terms, a line each, and definitions with the lines that go on with them. */
function linesOf({ children }: Paragraph): Line[] {
  const lines: Line[] = [{ mark: 0, children: [] }];
  children.forEach((child, i) => {
    if (child.type !== 'text') {
      lines.at(-1)!.children.push(child);
      return;
    }
    child.value.split('\n').forEach((value, n) => {
      const begins = n > 0 || i === 0;
      const mark = begins ? (MARK.exec(value)?.[0].length ?? 0) : 0;
      const line = lines.at(-1)!;
      if (n > 0 && mark === 0 && line.mark > 0) {
        const before = line.children.at(-1);
        if (before?.type === 'text') before.value += `\n${value}`;
        else line.children.push({ ...child, value: `\n${value}` });
        return;
      }
      if (begins && i + n > 0) lines.push({ mark, children: [] });
      else if (mark > 0) lines.at(-1)!.mark = mark;
      const text = value.slice(mark);
      if (text !== '') lines.at(-1)!.children.push({ ...child, value: text });
    });
  });
  return lines.filter((l) => l.children.length > 0);
}

function items(lines: Line[]): BlockContent[] {
  return lines.map(({ mark, children }) => ({
    type: 'paragraph',
    children,
    data: { hName: mark > 0 ? 'dd' : 'dt' },
  }));
}

function list(lines: Line[]): Blockquote {
  return { type: 'blockquote', children: items(lines), data: { hName: 'dl' } };
}

function isList(node: RootContent | undefined): node is Blockquote {
  return node?.data !== undefined && 'hName' in node.data && node.data.hName === 'dl';
}
