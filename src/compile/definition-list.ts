/**
 * Definition lists as in PHP Markdown Extra and Pandoc: a term on a line, and below it one or more lines that
 * begin with `: `. A blank line may stand between them. What follows a blank line belongs to the definition when it is
 * indented by four, or as far as the definition's text. Code between fences, a list or a quote may stand right behind the
 * mark. The caption of a table, which looks alike, has been taken before.
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
  /** Whether they are a definition themselves: the first stands right behind the mark. */
  begins?: boolean;
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
    definitionMark: 'definitionMark';
    definitionBlockMark: 'definitionBlockMark';
  }
  interface ContainerState {
    /** How far the lines of a definition's blocks are indented. */
    indent?: number;
  }
}

const MARK = /^:[ \t]+/;
/** Nothing is looked for in a note without either: a sign by its number is written with `&`. */
const ANY = /:[ \t]|&/;
/** In the source of a paragraph, which may stand in quotes: a definition. */
export const DEFINES = /^[ \t>]*:[ \t]/m;
/** In the source of a note: a definition that a fence, a list or a quote may begin. */
export const BEGINS_WITH_BLOCK = /^[ \t>]*:[ \t]+(?:`{3}|~{3}|>|(?:[-*+]|\d{1,9}[.)])[ \t])/m;
/** How far what goes on with a definition is indented. */
const INDENT = 4;

const isBlank = (code: Code) => code === 32 || code === -1 || code === -2;
const isDigit = (code: Code) => code !== null && code >= 48 && code <= 57;
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
    const before = prefixOf(this);
    return (code) => {
      if (!followsDefinition(this)) return nok(code);
      effects.enter('definitionRest', { _container: true });
      this.containerState!.indent = INDENT;
      const most = INDENT - before;
      return indent(
        effects,
        most,
        (taken) => (next) => (taken < most ? nok(next) : effects.check(blankLine, nok, ok)(next)),
      )(code);
    };
  },
  continuation: {
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      const most = this.containerState!.indent!;
      return indent(effects, most, (taken) => (code) => {
        if (taken >= most || isEnd(code)) return ok(code);
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

/**
 *     term
 *     : - an item
 *       - an item
 */
const begun: Construct = {
  ...rest,
  name: 'definitionBegun',
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const before = prefixOf(this);
    const above = this.events.length;
    let width = before;
    const afterMark: State = (code) => {
      if (isBlank(code)) {
        width++;
        effects.consume(code);
        return afterMark;
      }
      if (width === before + 1) return nok(code);
      effects.exit('definitionMark');
      return effects.check(blockMark, begins, nok)(code);
    };
    const begins: State = (code) => {
      if (left.get(this) !== this.now().line && !isBelowTerm(this, above)) return nok(code);
      this.containerState!.indent = Math.min(width, INDENT);
      // Nor does what stands behind the mark interrupt the term: a list may begin with any number.
      this.interrupt = undefined;
      return ok(code);
    };
    return (code) => {
      effects.enter('definitionRest', { _container: true });
      effects.enter('definitionMark');
      width++;
      effects.consume(code);
      return afterMark;
    };
  },
};

/** What is left of a line, when nothing but blanks is: a line of many blanks goes on with nothing. */
const blankLine: Construct = {
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    const inside: State = (code) => {
      if (isEnd(code)) return ok(code);
      if (!isBlank(code)) return nok(code);
      effects.enter('definitionRestIndent');
      effects.consume(code);
      effects.exit('definitionRestIndent');
      return inside;
    };
    return inside;
  },
};

/** A fence, the mark of a quote, or that of a list's item with a blank behind it. */
const blockMark: Construct = {
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    let count = 0;
    let first: Code;
    const fence: State = (code) => {
      if (count === 3) return ok(code);
      if (code !== first) return nok(code);
      count++;
      effects.consume(code);
      return fence;
    };
    const number: State = (code) => {
      if (isDigit(code) && count < 9) {
        count++;
        effects.consume(code);
        return number;
      }
      return count > 0 && (code === 41 || code === 46) ? item(code) : nok(code);
    };
    const item: State = (code) => {
      effects.consume(code);
      return (after) => (isBlank(after) ? ok(after) : nok(after));
    };
    return (code) => {
      first = code;
      if (code === 62) return ok(code);
      effects.enter('definitionBlockMark');
      if (code === 96 || code === 126) return fence(code);
      return code === 42 || code === 43 || code === 45 ? item(code) : number(code);
    };
  },
};

/** How wide the blanks are that the line begins with. */
function prefixOf(context: TokenizeContext): number {
  const prefix = context.events.at(-1)?.[1];
  return prefix?.type === 'linePrefix' ? context.sliceSerialize(prefix, true).length : 0;
}

/**
 * Whether the last thing above is a paragraph, and, past blank lines, one that is a term or ends in a definition.
 *
 * @param to so many events are of what stands above
 */
function isBelowTerm(context: TokenizeContext, to: number): boolean {
  let blank = false;
  for (let i = to - 1; i >= 0; i--) {
    const [kind, token] = context.events[i]!;
    if (token._container) return false;
    if (token.type !== 'chunkFlow' || kind === 'enter') continue;
    if (context.sliceSerialize(token).trim() === '') {
      blank = true;
      continue;
    }
    const flow = token._tokenizer;
    if (!flow) return false;
    if (!blank) return isInParagraph(flow);
    const paragraph = paragraphBefore(flow.events, flow.events.length);
    if (!paragraph) return false;
    const lines = flow.sliceSerialize(paragraph.token).trim();
    return !lines.includes('\n') || endsInDefinition(flow);
  }
  return false;
}

/** Whether the last line is one of a paragraph: its first one may still be taken for the head of a table. */
function isInParagraph({ events }: TokenizeContext): boolean {
  let i = events.length - 1;
  while (
    i >= 0 &&
    /^(?:line|chunkContent$|data$|whitespace$|table(?:CellDivider|Row)$)/.test(events[i]![1].type)
  )
    i--;
  const type = events[i]?.[1].type as string | undefined;
  return type === 'content' || type === 'tableHead';
}

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

const syntax: Syntax = { document: { [-2]: rest, [-1]: rest, 32: rest, 58: [begun, next] } };

const fromMarkdown: FromMarkdown = {
  enter: {
    definitionRest(token) {
      this.enter({ type: 'definitionRest', children: [] }, token);
    },
    definitionMark() {
      (this.stack.at(-1) as DefinitionRest).begins = true;
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
        if (child.type === 'definitionRest' && child.begins) {
          column = 0;
          if (isList(last)) last.children.push(definition(child));
          else if (last?.type === 'paragraph' && !last.data) {
            out.pop();
            const above = out.at(-1);
            if (isList(above)) above.children.push(...items(linesOf(last)), definition(child));
            else out.push(list(linesOf(last), definition(child)));
          } else {
            note.diagnostics.push(definitionTerm(atOf(note, child.position)));
            out.push(...child.children);
          }
          continue;
        }
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
    (c, i) =>
      c.type === 'text' && (/\n:[ \t]/.test(c.value) || (beginsLine(children[i - 1]) && MARK.test(c.value))),
  );
}

/** @param before what stands before a text: blanks or a backslash at the end of a line are a break */
function beginsLine(before: PhrasingContent | undefined): boolean {
  return before === undefined || before.type === 'break';
}

function isOneLine({ children }: Paragraph): boolean {
  return !children.some((c) => c.type === 'break' || (c.type === 'text' && c.value.includes('\n')));
}

/** Terms, a line each, and definitions with the lines that go on with them. */
function linesOf({ children }: Paragraph): Line[] {
  const lines: Line[] = [{ mark: 0, children: [] }];
  children.forEach((child, i) => {
    // A term ends with its line, and so does what a definition comes after.
    const below = children[i + 1];
    const ends = lines.at(-1)!.mark === 0 || (below?.type === 'text' && MARK.test(below.value));
    if (child.type === 'break' && ends) {
      lines.push({ mark: 0, children: [] });
      return;
    }
    if (child.type !== 'text') {
      lines.at(-1)!.children.push(child);
      return;
    }
    child.value.split('\n').forEach((value, n) => {
      const begins = n > 0 || beginsLine(children[i - 1]);
      const mark = begins ? (MARK.exec(value)?.[0].length ?? 0) : 0;
      const line = lines.at(-1)!;
      if (begins && mark === 0 && line.mark > 0) {
        const before = line.children.at(-1);
        const more = n > 0 ? `\n${value}` : value;
        if (before?.type === 'text') before.value += more;
        else line.children.push({ ...child, value: more });
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

function definition({ children }: DefinitionRest): Blockquote {
  return { type: 'blockquote', children: children as BlockContent[], data: { hName: 'dd' } };
}

function list(lines: Line[], ...more: BlockContent[]): Blockquote {
  return { type: 'blockquote', children: [...items(lines), ...more], data: { hName: 'dl' } };
}

function isList(node: RootContent | undefined): node is Blockquote {
  return node?.data !== undefined && 'hName' in node.data && node.data.hName === 'dl';
}
