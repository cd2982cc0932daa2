/**
 * Hexo's tags as Markdown, for those who move away from Hexo: found by the parser that the dialect uses, and with the same
 * meaning (`hexo.ts`). What is written keeps its place: in lists and quotes every line begins as the tag's line does.
 */

import { posix } from 'node:path';
import type { Html, Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { applied, type Edit } from '../edits.ts';
import { type NotePath, stem } from '../paths.ts';
import {
  addressOf,
  boxOf,
  complaint,
  joinTags,
  meaningOf,
  RAW_OPENER,
  sourceOf,
  tagsInHtml,
} from './hexo.ts';
import { makePipeline } from './pipeline.ts';
import { NO_PLUGINS } from './plugins.ts';
import type { Shortcode } from './shortcode.ts';
import { hidePipes, showPipes } from './table-pipes.ts';

declare module 'mdast' {
  interface Data {
    /** The tags that it was made of. */
    hexo?: { open: Shortcode; close: Shortcode };
  }
}

/** What became of a text's tags. */
export interface Converted {
  text: string;
  /** How many of each tag were converted, by name. */
  used: Map<string, number>;
  /** Tags that stay as they are, in words. */
  left: string[];
  /** What links to other notes name, where there is no such note. */
  dead: string[];
}

/** A part of a text in which Markdown sees nothing. */
export interface Part {
  kind: 'code' | 'math';
  from: number;
  to: number;
}

let pipeline: ReturnType<typeof makePipeline> | undefined;

/** @returns the tree of a text, tags in it; `undefined` when it nests too deeply to be read */
function parse(text: string): Root | undefined {
  pipeline ??= makePipeline(['hexo'], false, NO_PLUGINS);
  const pipes = hidePipes(text);
  try {
    const tree = pipeline.parse(new VFile({ value: pipes?.text ?? text }));
    showPipes(tree, pipes?.hidden);
    return tree;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const PART: Record<string, Part['kind']> = {
  code: 'code',
  inlineCode: 'code',
  math: 'math',
  inlineMath: 'math',
};

/** @returns code and formulas of a text, in its order; none when it nests too deeply to be read */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  const tree = parse(text);
  if (tree)
    visit(tree, (node) => {
      const kind = node.type === 'shortcode' && node.body !== '' ? 'code' : PART[node.type];
      if (kind && node.position) parts.push({ kind, from: startOf(node), to: endOf(node) });
    });
  return parts;
}

/**
 * @returns offsets of line ends in running text; not those that Markdown or Postil reads as something else: in code,
 * formulas and HTML, behind the head of a callout, before a definition or a caption, around a formula on its own line
 */
export function lineEndsOf(text: string): number[] {
  const ends: number[] = [];
  const tree = parse(text);
  if (!tree) return ends;
  visit(tree, 'paragraph', (paragraph, _, around) => {
    const isHead = (at: number) =>
      around?.type === 'blockquote' && /^\[![^\n]*$/.test(text.slice(startOf(paragraph), at));
    visit(paragraph, 'text', (node, index = 0, parent) => {
      const [from, to] = [startOf(node), endOf(node)];
      const isDisplay = (i: number) => {
        const beside = parent?.children[i];
        return beside?.type === 'inlineMath' && beside.display === true;
      };
      for (const { index: i } of text.slice(from, to).matchAll(/\n/g)) {
        const at = from + i;
        const [before, after] = [text.slice(from, at), text.slice(at + 1, to)];
        if (
          isHead(at) ||
          /^[ \t>]*:\s/.test(after) ||
          /<br\s*\/?>[ \t]*$/i.test(text.slice(Math.max(0, at - 20), at))
        )
          continue;
        if (
          (before.trim() === '' && isDisplay(index - 1)) ||
          (/^[\s>]*$/.test(after) && isDisplay(index + 1))
        )
          continue;
        ends.push(at);
      }
    });
    return SKIP;
  });
  return ends;
}

/**
 * Turns Hexo's tags into Markdown.
 *
 * @param text the body of a note
 * @param beside path of a file of the post's asset folder
 * @param note path from this note to the one of a name, or nothing when there is none
 */
export function hexoToMarkdown(
  text: string,
  beside: (file: string) => string,
  note: (name: string) => string | undefined,
): Converted {
  const done: Converted = { text, used: new Map(), left: [], dead: [] };
  const tree = text.includes('{%') ? parse(text) : undefined;
  if (!tree) return done;
  visit(tree, (node) =>
    joinTags(node, (open, children, close) => ({
      type: 'blockquote',
      children: children as never,
      data: { hexo: { open, close } },
      position: { start: open.position!.start, end: close.position!.end },
    })),
  );
  const writer = new Writer(text, beside, note, done);
  done.text = writer.between(0, text.length, writer.edits(tree, { inCell: false }));
  done.left = [...new Set(done.left)];
  done.dead = [...new Set(done.dead)];
  return done;
}

/** Where a node stands. */
interface Around {
  inCell: boolean;
  /** What stands before it, in the same parent. */
  before?: Nodes | undefined;
  after?: Nodes | undefined;
  /** The line on which the next item begins, for what is last in an item. */
  nextItem?: number | undefined;
}

/** In a piece of HTML, a line that goes with its tag: an empty one would end the piece, and what is indented below be code. */
const RAW_LINE = /^[ \t]*\{%-?\s*((?:end)?raw)\s*-?%\}[ \t]*\n(?=[ \t]*<| {4}|\t)/gm;

const startOf = (node: Nodes) => node.position!.start.offset!;
const endOf = (node: Nodes) => node.position!.end.offset!;

class Writer {
  readonly #source: string;
  readonly #beside: (file: string) => string;
  readonly #note: (name: string) => string | undefined;
  readonly #done: Converted;

  constructor(
    source: string,
    beside: (file: string) => string,
    note: (name: string) => string | undefined,
    done: Converted,
  ) {
    this.#source = source;
    this.#beside = (file) => (/^(?:[\\/]|[a-z][a-z\d+.-]*:)/i.test(file) ? file : beside(file));
    this.#note = note;
    this.#done = done;
  }

  /** What stands between two offsets of the source, with the edits made. */
  between(from: number, to: number, edits: Edit[]): string {
    return applied(this.#source, edits, from, to);
  }

  edits(node: Nodes, around: Around): Edit[] {
    if (node.type === 'html') return this.#html(node);
    if (node.type === 'shortcode') return this.#tag(node, around);
    if (node.type === 'text') this.#unclosed(node);
    if (!('children' in node)) return [];
    if (node.data?.hexo) return [this.#box(node, node.data.hexo, around)];
    return this.#within(node, around);
  }

  #within(parent: Nodes & { children: Nodes[] }, { inCell, nextItem }: Around): Edit[] {
    const { children, type } = parent;
    return children.flatMap((child, i) => {
      const after = children[i + 1];
      return this.edits(child, {
        inCell: inCell || type === 'tableCell',
        before: children[i - 1],
        after,
        nextItem: after ? (type === 'list' ? after.position?.start.line : undefined) : nextItem,
      });
    });
  }

  #use({ name }: Pick<Shortcode, 'name'>): void {
    // Its beginning has been counted.
    if (name === 'endraw') return;
    this.#done.used.set(name, (this.#done.used.get(name) ?? 0) + 1);
  }

  #leave(tag: Shortcode): void {
    const { id, message, hint } = complaint({ file: '' }, tag);
    this.#done.left.push(
      id === 'dialect/unknown'
        ? `{% ${tag.name} %} is no tag that Postil knows; it stays as text`
        : `{% ${tag.name} %} stays as text: ${message}${hint ? `; ${hint}` : ''}`,
    );
  }

  /** Tags that hold raw text and have no end are text to the parser. */
  #unclosed(node: Nodes): void {
    for (const [, name] of this.#source.slice(startOf(node), endOf(node)).matchAll(RAW_OPENER))
      this.#done.left.push(`{% ${name} %} is never closed and stays as text`);
  }

  #html(node: Html): Edit[] {
    const from = startOf(node);
    const to = endOf(node);
    const written = this.#source.slice(from, to);
    if (!written.includes('{%')) return [];
    const html = written.replace(RAW_LINE, (_, name: string) => {
      this.#use({ name });
      return '';
    });
    const pathOf = { file: this.#beside, note: (name: string) => this.#find(name).path ?? name };
    const by = tagsInHtml(html, pathOf, (tag, stays) => {
      if (stays) this.#leave(tag);
      else this.#use(tag);
    });
    return [{ from, to, by }];
  }

  /** The note that a link means: what it is called here, and the path to it. */
  #find(target: string): { name: string; fragment: string; path: string | undefined } {
    const whole = this.#note(target);
    const [, name = '', fragment = ''] = whole ? ['', target] : /^([^#]*)(#.*)?$/s.exec(target)!;
    const path = whole ?? this.#note(name);
    if (path === undefined) this.#done.dead.push(target);
    // Hexo's name of a post may be a part of its file's name.
    const file = path && posix.basename(path, '.md');
    const isName = !path || posix.basename(name) === file || posix.basename(name) === stem(path as NotePath);
    return { name: isName ? name : file!, fragment, path };
  }

  /** What the line of an offset begins with: markers and blanks of the lists and quotes around it. */
  #lead(offset: number): string {
    return this.#source.slice(this.#source.lastIndexOf('\n', offset - 1) + 1, offset);
  }

  /** A box or a quotation. */
  #box(
    node: Nodes & { children: Nodes[] },
    { open, close }: { open: Shortcode; close: Shortcode },
    { before, nextItem, inCell }: Around,
  ): Edit {
    this.#use(open);
    const [from, to] = [startOf(open), endOf(close)];
    const prefix = continued(this.#lead(from));
    const inner = this.between(endOf(open), startOf(close), this.#within(node, { inCell }));
    const lines = inner
      .split('\n')
      .map((line, i) => (i === 0 ? line.trimStart() : without(prefix, line)).trimEnd());
    while (lines[0] === '') lines.shift();
    while (lines.at(-1) === '') lines.pop();
    if (open.name === 'note') {
      const { kind, title } = boxOf(open);
      // Only a paragraph is told from the line above whatever it begins with.
      if (node.children[0] && node.children[0].type !== 'paragraph') lines.unshift('');
      lines.unshift(`[!${kind}]${title ? ` ${title}` : ''}`);
    } else {
      const source = sourceOf(open);
      if (source) lines.push(...(lines.length > 0 ? [''] : []), citation(source));
    }
    const quote = lines.map((line) => `> ${line}`.trimEnd()).join(`\n${prefix}`) || '>';
    const apart = `\n${prefix.trimEnd()}`;
    // Two quotes without a blank line between them are one, and text right below one is its last line.
    const first = before?.type === 'blockquote' && !before.data?.hexo;
    const isTouched = first && before.position!.end.line === open.position!.start.line - 1;
    const end = this.#source.indexOf('\n', to);
    const next = end === -1 ? '' : this.#source.slice(end + 1).split('\n', 1)[0]!;
    const isLast = nextItem === close.position!.end.line + 1 || without(prefix, next).trim() === '';
    return { from, to, by: `${isTouched ? `\n${prefix}` : ''}${quote}${isLast ? '' : apart}` };
  }

  /** A tag by itself. */
  #tag(tag: Shortcode, around: Around): Edit[] {
    const [from, to] = [startOf(tag), endOf(tag)];
    const meaning = meaningOf(tag);
    const lead = this.#lead(from);
    const by =
      meaning?.kind === 'nothing'
        ? ''
        : meaning?.kind === 'code'
          ? codeOf(meaning, tag.block, continued(lead))
          : meaning && this.#inline(tag, meaning, /(?:=["']|\]\(<?)$/.test(lead));
    if (by === undefined) {
      this.#leave(tag);
      return [];
    }
    this.#use(tag);
    if (meaning?.kind === 'nothing' && tag.block) return [this.#gone(tag, lead, around)];
    return [{ from, to, by: around.inCell ? by.replace(/(?<!\\)\|/g, '\\|') : by }];
  }

  /** The line of a tag that goes. What it kept apart stays apart. */
  #gone(tag: Shortcode, lead: string, { before, after }: Around): Edit {
    const [from, to] = [startOf(tag), endOf(tag)];
    const end = this.#source.indexOf('\n', to);
    if (/[^>\s]/.test(lead) || end === -1) return { from, to, by: '' };
    const { start } = tag.position!;
    // In a quote its last line would go on behind it.
    const between =
      before?.position?.end.line === start.line - 1 &&
      (lead.includes('>') || after?.position?.start.line === start.line + 1);
    return { from: from - lead.length, to: end + 1, by: between ? `${lead.trimEnd()}\n` : '' };
  }

  /** @param bare only the address is wanted: it stands in an attribute, or where Markdown has one */
  #inline(tag: Shortcode, meaning: NonNullable<ReturnType<typeof meaningOf>>, bare: boolean) {
    const path = (file: string, isBeside: boolean) =>
      inBrackets(addressOf(isBeside ? this.#beside(file) : file, isBeside));
    const isPath = bare && tag.name.endsWith('_path');
    switch (meaning.kind) {
      case 'picture': {
        const { title, alt, width } = meaning;
        const shown = title && (meaning.beside || title !== alt) ? ` "${title.replace(/"/g, '”')}"` : '';
        const size = width ? `{width=${width}}` : '';
        return `![${label(alt)}](${path(meaning.file, meaning.beside)}${shown})${size}`;
      }
      case 'link': {
        const { url, text } = meaning;
        const address = path(url, meaning.beside);
        if (isPath) return address;
        return text === url && /^https?:/.test(url) ? `<${address}>` : `[${label(text)}](${address})`;
      }
      case 'note': {
        const { target, label: text } = meaning;
        const { name, fragment, path: there } = this.#find(target);
        if (isPath) return path(there ?? target, false);
        if (there && (/[[\]|^#]/.test(name) || /[[\]|]/.test(text)))
          return `[${label(text || target)}](${path(there, false).replaceAll('#', '%23')}${fragment})`;
        return `[[${name}${fragment}${text ? `|${text}` : ''}]]`;
      }
      default:
        return undefined;
    }
  }
}

/** The same width as what a line begins with, for the lines after it: markers of lists are there only once. */
function continued(lead: string): string {
  return lead.replace(/[^>\t]/g, ' ');
}

/** A line without what the lines of its list or quote begin with, as far as it begins so. */
function without(prefix: string, line: string): string {
  let at = 0;
  for (const c of prefix) {
    if (line[at] === c || (line[at] === ' ' && c === '\t')) at++;
    else if (line[at] === '\t') return line.slice(at + 1);
    else if (c === '>') break;
  }
  return line.slice(at);
}

/** The line below a quotation. */
function citation({ text, link }: NonNullable<ReturnType<typeof sourceOf>>): string {
  if (!link) return text;
  return `${text} [${label(link.text)}](${inBrackets(addressOf(link.url, false))})`;
}

/** An address as it can stand in the brackets of a link. */
function inBrackets(address: string): string {
  const isWhole = /^[^()]*(?:\([^()]*\)[^()]*)*$/.test(address);
  return isWhole ? address : address.replaceAll('(', '%28').replaceAll(')', '%29');
}

/** Text as Markdown that reads as this text. */
function label(text: string): string {
  return text.replace(/[\\`*[\]<$]/g, '\\$&');
}

/** @returns a fence, or code in a line; `undefined` where neither can stand */
function codeOf(
  { lang, meta, value }: { lang: string | null; meta: string | null; value: string },
  block: boolean,
  prefix: string,
): string | undefined {
  const longest = Math.max(0, ...[...value.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  if (!block) {
    if (value.includes('\n') || value.trim() === '') return undefined;
    const ticks = '`'.repeat(longest + 1);
    const pad = /^`|`$/.test(value) ? ' ' : '';
    return `${ticks}${pad}${value}${pad}${ticks}`;
  }
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const info = [lang ?? (meta && 'text'), meta].filter(Boolean).join(' ').replaceAll('`', '');
  return [`${fence}${info}`, ...value.split('\n'), fence]
    .join('\n')
    .replace(/\n(?=[^\n])/g, `\n${prefix}`)
    .replace(/\n(?=\n)/g, `\n${prefix.trimEnd()}`);
}
