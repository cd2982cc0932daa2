/**
 * Tags of other tools: Hexo's `{% name arguments %}` and Hugo's `{{< name arguments >}}`. Here they are only
 * recognised; what they mean stands in `hexo.ts` and `hugo.ts`. A tag alone on its line is a block; one that
 * holds raw text (`codeblock`, `highlight`) reaches to its end.
 */

import type { Paragraph, PhrasingContent, Root, RootContent, Text } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import type {
  Code,
  Construct,
  Effects,
  State,
  Extension as Syntax,
  TokenizeContext,
} from 'micromark-util-types';
import type { Literal } from 'unist';
import { dialectUnclosed } from '../diagnostics/messages.ts';
import { atOf, type NoteContext } from './context.ts';
import { missingEnds, nextLine } from './syntax.ts';
import { positionIn, textsOf } from './texts.ts';

export interface Shortcode extends Literal {
  type: 'shortcode';
  /** The whole, as typed. */
  value: string;
  name: string;
  /** `key=value` arguments by key, the others by position. */
  args: string[];
  named: Record<string, string>;
  /** Raw text up to the end tag. */
  body: string;
  /** Alone on its line. */
  block: boolean;
}

declare module 'mdast' {
  interface RootContentMap {
    shortcode: Shortcode;
  }
  interface PhrasingContentMap {
    shortcode: Shortcode;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    shortcodeFlow: 'shortcodeFlow';
    shortcodeText: 'shortcodeText';
    shortcodeData: 'shortcodeData';
  }
}

/** How a tool writes its tags. */
export interface Style {
  /** The first characters of a tag, one of which it begins with, each with its end. */
  brackets: [open: string, close: string][];
  /** Tags that hold raw text, each with what ends it. */
  raw: Record<string, RegExp>;
}

const MOST = 100_000;

function construct(style: Style, block: boolean): Construct {
  const type = block ? 'shortcodeFlow' : 'shortcodeText';
  return {
    name: type,
    concrete: block,
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      const self = this;
      const missing = missingEnds(this);
      let text = '';
      let close = '';
      let end: RegExp | undefined;
      return start;

      function start(code: Code): State | undefined {
        effects.enter(type);
        effects.enter('shortcodeData');
        return inside(code);
      }
      function sought(): string {
        return end?.source ?? `${close} ${self.now().line}`;
      }
      function inside(code: Code): State | undefined {
        const isOver = code === null || text.length > MOST;
        // No end in the rest of the line is none for later openers in it, and none in the note is none for all.
        if (close !== '' && (end === undefined ? isOver || code! < -2 : code === null)) missing.add(sought());
        if (code === null || isOver) return nok(code);
        if (code < -2) {
          if (end === undefined) return nok(code);
          if (block && self.interrupt) return ok(code);
          text += '\n';
          effects.exit('shortcodeData');
          if (block) return effects.attempt(nextLine, line, nok)(code);
          effects.enter('lineEnding');
          effects.consume(code);
          effects.exit('lineEnding');
          return line;
        }
        text += code < 0 ? ' ' : String.fromCharCode(code);
        if (text.length <= 3 && !style.brackets.some(([o]) => o.startsWith(text) || text.startsWith(o)))
          return nok(code);
        effects.consume(code);
        if (close === '') {
          close = style.brackets.find(([o]) => o === text)?.[1] ?? '';
          return close !== '' && missing.has(sought()) ? nok : inside;
        }
        if (end === undefined && text.endsWith(close)) {
          const { name } = parseShortcode(text);
          if (name === '') return nok;
          end = Object.hasOwn(style.raw, name) ? style.raw[name] : undefined;
          if (end === undefined) return after;
          return missing.has(sought()) ? nok : inside;
        }
        // The end tag ends as the opening one does: only there is it worth looking.
        return end && text.endsWith(close) && end.test(text.slice(-80)) ? after : inside;
      }
      function line(code: Code): State | undefined {
        if (code === null) return nok(code);
        if (code < -2) {
          text += '\n';
          return block ? effects.attempt(nextLine, line, nok)(code) : nok(code);
        }
        effects.enter('shortcodeData');
        return inside(code);
      }
      function after(code: Code): State | undefined {
        if (block && (code === 32 || code === -1 || code === -2)) {
          effects.consume(code);
          return after;
        }
        if (block && code !== null && code >= -2) return nok(code);
        effects.exit('shortcodeData');
        effects.exit(type);
        return ok(code);
      }
    },
  };
}

/**
 * Name and arguments of a tag.
 *
 * @param text the tag, from its brackets on
 * @returns an empty name when the text is no tag
 */
export function parseShortcode(text: string): Pick<Shortcode, 'name' | 'args' | 'named'> {
  const inner = /^\{(?:%-?|\{[<%])\s*([\s\S]*?)\s*(?:-?%\}|[>%]\}\})/.exec(text)?.[1] ?? '';
  const words: string[] = [];
  const named: Record<string, string> = Object.create(null);
  for (const m of inner.matchAll(
    /(?:([\w-]+)=)?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`|(\S+))/g,
  )) {
    const value = m[2] ?? m[3] ?? m[4] ?? m[5]!;
    if (m[1] !== undefined) named[m[1]] = value;
    else words.push(value);
  }
  const [name = '', ...args] = words;
  return /^\/?[A-Za-z][\w-]*$/.test(name) ? { name, args, named } : { name: '', args: [], named };
}

/** Extensions of the parser for a tool's tags. */
export function shortcodeSyntax(style: Style): [Syntax, FromMarkdown] {
  const enter = (block: boolean) =>
    function (this: CompileContext, token: Token): void {
      const value = this.sliceSerialize(token).trimEnd();
      const tag = parseShortcode(value);
      // With two tools, one of them enters for both: nothing here may depend on the style.
      const start = /^\{%[\s\S]*?%\}|^\{\{[\s\S]*?\}\}/.exec(value)?.[0].length ?? 0;
      const end = value.lastIndexOf(value.slice(0, 2));
      const body = end >= start ? value.slice(start, end) : '';
      this.enter({ type: 'shortcode', value, ...tag, body, block }, token);
      this.buffer();
    };
  function exit(this: CompileContext, token: Token): void {
    this.resume();
    this.exit(token);
  }
  return [
    { flow: { 123: construct(style, true) }, text: { 123: construct(style, false) } },
    {
      enter: { shortcodeFlow: enter(true), shortcodeText: enter(false) },
      exit: { shortcodeFlow: exit, shortcodeText: exit },
    },
  ];
}

/** A tag as it was typed, where it stood. */
export function asTyped(node: Shortcode): PhrasingContent | Paragraph {
  const text: PhrasingContent = {
    type: 'text',
    value: node.value,
    ...(node.position && { position: node.position }),
  };
  return node.block ? { type: 'paragraph', children: [text] } : text;
}

/** In running text as it is, alone on its line in a paragraph. */
export function inPlace(node: Shortcode, content: PhrasingContent): PhrasingContent | Paragraph {
  if (!node.block) return content;
  return { type: 'paragraph', children: [content], ...(node.position && { position: node.position }) };
}

/**
 * Joins what stands between an opening and a closing tag among the children of one parent.
 *
 * @param build makes one node of the opening tag and what follows it; called for the innermost pair first
 * @returns the children, pairs replaced; tags without their other end stay
 */
export function joinPairs(
  children: RootContent[],
  endOf: (name: string) => string | undefined,
  build: (open: Shortcode, content: RootContent[], close: Shortcode) => RootContent,
): RootContent[] {
  const out: RootContent[] = [];
  for (const child of children) {
    if (child.type === 'shortcode') {
      const at = out.findLastIndex((c) => c.type === 'shortcode' && endOf(c.name) === child.name);
      if (at !== -1) {
        const [open, ...content] = out.splice(at);
        out.push(build(open as Shortcode, content, child));
        continue;
      }
    }
    out.push(child);
  }
  return out;
}

/**
 * Reports tags that hold raw text and have no end: Markdown sees no tag in them.
 *
 * @param opener the opening tag, its name in the first group; global
 * @param end what ends the tag of a name
 */
export function reportUnclosed(
  note: NoteContext,
  tree: Root,
  opener: RegExp,
  end: (name: string) => string,
): void {
  let texts: Text[] | undefined;
  for (const { 0: tag, 1: name = '', index } of note.body.matchAll(opener)) {
    texts ??= textsOf(tree);
    const place = positionIn(note, texts, index, tag.length, 2);
    if (place) note.diagnostics.push(dialectUnclosed(atOf(note, place), name, end(name)));
  }
}
