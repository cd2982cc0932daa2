/**
 * Text that is almost a construct: what no one types on purpose, is shown as typed by the rules of Markdown, and so
 * gets a message. What may be meant as it stands (`a == b`, `- [y]`, `[[1, 2]`, `#123`) gets none.
 */

import type { Blockquote, ListItem, Paragraph, Root, Table, Text } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import {
  calloutMalformed,
  citeMalformed,
  footnoteUnclosed,
  headingSpace,
  highlightBlocks,
  linkBlank,
  linkUnclosed,
  tableCells,
  tableColumns,
  tagMalformed,
  taskMalformed,
} from '../diagnostics/messages.ts';
import { mediaKind } from '../media.ts';
import type { Diagnostic } from '../model.ts';
import { atOf, type NoteContext, noteOf, placeOf } from './context.ts';
import { cellsOf, hideIn } from './table-pipes.ts';
import { positionIn, textsOf } from './texts.ts';

/** Nothing is looked for in a note without any of these. */
const ANY =
  /==|\]\([^\s<]{1,300}[ \t]|\[\[|\^\[|\[[^[\]\n]*@|［|【|\[[!！ 　xX]|#|＃|-:?[ \t]*\||\|[ \t]*:?-/;

/** `##标题`, `##　标题` and `＃ 标题` at the start of a line, which is looked back for only from such a sign. */
const HEADING = /(?=[#＃])(?<=^[ \t>]*)(?:#{2,6}(?=[\p{L}\p{N}])|#{1,6}(?=　)|＃{1,6}(?=[ \t　]))/gmu;
const LINK = /(?<![\\![])!?\[\[(?=\p{L})/gu;
/** A link or picture with a blank in its address; its text and its address. */
const BLANK = /(?<!\\)!?\[([^[\]\n]*)\]\(([^\s<()](?:[^()\n]|\([^()\n]*\)){0,300})\)/g;
/** What may follow an address: a title, and a size as some other tools have it. */
const TITLE = /[ \t]+(?:"[^"]*"|'[^']*')[ \t]*$/;
const SIZE = /[ \t]+=(\d{0,4}%?)(?:x\d{0,4}%?)?[ \t]*$/;
/** What is surely an address, and no remark in brackets: a heading of this note, another site, a file. */
const ADDRESS =
  /^(?:#[\p{L}\p{N}]|https?:\/\/)|\.(?:md|pdf|html?|docx?|pptx?|xlsx?|csv|zip|ipynb|bib|txt)(?:[?#].*)?$/iu;
/** Beside a Chinese character, or right behind text and before a word: `^[` by itself may be a regular expression, or a key. */
const NOTE =
  /(?<!\\)\^\[(?=[^\s\]^])(?:(?<=[\p{Script=Han}，。；：、！？”’）]\^\[)|(?=\p{Script=Han})|(?<=[\p{L}\p{N}.,;:!?)]\^\[)(?=\p{L}{2}))/gu;
/** Brackets that begin with a key, or with a word that sends to one. */
const CITATION = /(?<!\\)\[(?:(?:[参详]?见|参考|see|cf\.?)[ ,，:：]?)?@[\p{L}\p{N}_][^[\]\n]*\]/giu;
/** What follows the key of a work. `[@name does it]` may be meant as it stands, and so may `[@name，…]`. */
const CITES =
  /^\[(?:[^@]|@[^@,]*,[^@]*@)|[;；]|[，、](?:\s?@|\d)|[,，、\s](?:第|附录|[图表式]\s?\d|§|(?:pp?|chap|ch|sec|fig|tab|eq)\.\s?\d)/iu;
/**
 * Full-width brackets around a key, and Pandoc's minus before one. A name of other letters may be a mention, and
 * `【@vue/core】` a package.
 */
const BRACKETS =
  /(?:(?<!\\)\[-|[［【]-?)@(?![\w.-]+\/)[A-Za-z0-9_](?:[\w:.#$%&\-+?<>~/]*\w)?(?:[ \t]*[,，;；、][^[\]［］【】\n]*)?[\]］】]/g;
const TAG =
  /(?<=^|[\s(（【「《，。；：、！？“‘])#(?=\p{L})[\p{L}\p{M}\p{N}_\-/]*(?:\/\/[\p{L}\p{N}_\-/]+|(?<!\/)\/)(?![/#.:\w])/gmu;
const TASK =
  /^(?:\[ \](?=\p{L})|\[(?: [xX]|[xX] | {2,}|　)\](?=\s)|[［【][ 　xX][］】](?=\s|\p{Script=Han}))/u;
const CALLOUT = /^(?:［[!！]|【[!！]|\[！|\[![ \t]+(?=\p{L})|\[!(?=\]))[^[\]［］【】\n]{0,30}[\]］】]/u;
const MARK = /(?<![=\\])==(?!=)/g;
const DASHES = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Reports near misses; the tree stays as it is. It must still be as it was parsed. */
export const remarkNearMisses: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  if (!ANY.test(note.body)) return;
  const headings: { at: At; found: string }[] = [];
  visit(tree, (node, index, parent) => {
    if (node.type === 'blockquote') callout(note, node);
    else if (node.type === 'listItem') task(note, node);
    else if (node.type === 'table') cells(note, node);
    else if (node.type === 'tableCell') inline(note, sourceOf(note, node), textsOf(node));
    else if (node.type === 'paragraph') {
      const source = sourceOf(note, node);
      const texts = textsOf(node);
      inline(note, source, texts);
      for (const m of source.text.matchAll(HEADING)) {
        const place = positionIn(note, texts, source.start + m.index, m[0].length);
        if (place) headings.push({ at: atOf(note, place), found: m[0] });
      }
      columns(note, source, texts);
      const next = index === undefined ? undefined : parent?.children[index + 1];
      if (next?.type === 'paragraph') highlight(note, source, texts, next);
    }
  });
  const [first, ...others] = headings;
  if (first)
    note.diagnostics.push(
      headingSpace(
        first.at,
        first.found,
        others.map(({ at }) => at.line!),
      ),
    );
};

/** A stretch of the body and where it begins. */
interface Source {
  text: string;
  start: number;
}

function sourceOf({ body }: NoteContext, { position }: { position?: Paragraph['position'] }): Source {
  const start = position?.start.offset ?? 0;
  return { text: body.slice(start, position?.end.offset ?? start), start };
}

/** Says something of a match, if it stands in text: what stands in code, a formula or an address is left alone. */
function say(
  note: NoteContext,
  source: Source,
  texts: Text[],
  match: RegExpExecArray,
  message: (at: At, found: string) => Diagnostic,
): void {
  const place = positionIn(note, texts, source.start + match.index, match[0].length);
  if (place) note.diagnostics.push(message(atOf(note, place), match[0]));
}

/** The same of several matches that one thing can mend: at the first, which names the places of the others. */
function sayOnce(
  note: NoteContext,
  source: Source,
  texts: Text[],
  matches: RegExpExecArray[],
  message: (at: At, found: string, others: string[]) => Diagnostic,
): void {
  const places = matches.flatMap((m) => {
    const position = positionIn(note, texts, source.start + m.index, m[0].length);
    return position ? [{ at: placeOf(note, position), position, found: m[0] }] : [];
  });
  const [first, ...others] = places;
  if (!first) return;
  const also = others.map(({ at }) => `${at.line}:${at.column}`);
  note.diagnostics.push(message(atOf(note, first.position), first.found, also));
}

/** Where a character stands next; the end of the text when it does not. */
function indexIn(text: string, c: string, from: number): number {
  const at = text.indexOf(c, from);
  return at === -1 ? text.length : at;
}

function inline(note: NoteContext, source: Source, texts: Text[]): void {
  const { text } = source;
  if (text.includes('[[')) {
    let [end, close] = [-1, -1];
    const open: RegExpExecArray[] = [];
    const sayOpen = () => sayOnce(note, source, texts, open.splice(0), linkUnclosed);
    for (const m of text.matchAll(LINK)) {
      if (m.index > end) {
        sayOpen();
        end = indexIn(text, '\n', m.index);
      }
      if (m.index > close) close = indexIn(text, ']', m.index);
      if (close >= end) open.push(m);
    }
    sayOpen();
  }
  if (text.includes('](')) for (const m of text.matchAll(BLANK)) blank(note, source, texts, m);
  if (text.includes('^[')) {
    const last = text.lastIndexOf(']');
    const open = [...text.matchAll(NOTE)].filter((m) => m.index > last);
    sayOnce(note, source, texts, open, footnoteUnclosed);
  }
  if (text.includes('@')) {
    for (const m of text.matchAll(CITATION)) if (CITES.test(m[0])) say(note, source, texts, m, citeMalformed);
    for (const m of text.matchAll(BRACKETS)) say(note, source, texts, m, citeMalformed);
  }
  if (text.includes('#') && note.dialects.includes('obsidian'))
    for (const m of text.matchAll(TAG)) say(note, source, texts, m, tagMalformed);
}

function blank(note: NoteContext, source: Source, texts: Text[], match: RegExpExecArray): void {
  const [found, label, inside] = match as unknown as [string, string, string];
  const parts = inside.replace(SIZE, '');
  const title = TITLE.exec(parts)?.[0] ?? '';
  const written = parts.slice(0, parts.length - title.length);
  const size = SIZE.exec(inside) ?? SIZE.exec(written);
  const address = written.replace(SIZE, '').trim();
  const blanks = /[ \t]/.test(address);
  // A tag of another tool may give the address.
  if ((!size && !blanks) || /\{[{%]/.test(address)) return;
  if (!ADDRESS.test(address) && !mediaKind(address.replace(/[?#].*$/, ''))) return;
  const start = source.start + match.index;
  const stands = (sign: string, index: number) =>
    positionIn(note, texts, start + index, found.length - index, sign.length);
  const place = stands(found[0]!, 0);
  // Emphasis and formulas may lie between, but no bracket may be a part of one.
  if (!place || !stands('](', found.indexOf('](')) || !stands(')', found.length - 1)) return;
  const picture = found.startsWith('!');
  const target = !blanks ? address : /[<>]/.test(address) ? address.replace(/[ \t]/g, '%20') : `<${address}>`;
  const width = picture && size?.[1] ? `{width=${size[1]}}` : '';
  const mended = `${picture ? '!' : ''}[${label}](${target}${title})${width}`;
  note.diagnostics.push(linkBlank(atOf(note, place), found, mended));
}

function task(note: NoteContext, { checked, children: [first] }: ListItem): void {
  if (typeof checked === 'boolean' || first?.type !== 'paragraph') return;
  const source = sourceOf(note, first);
  const m = TASK.exec(source.text);
  if (m) say(note, source, textsOf(first), m, taskMalformed);
}

function callout(note: NoteContext, { children: [first] }: Blockquote): void {
  if (first?.type !== 'paragraph') return;
  const source = sourceOf(note, first);
  const m = CALLOUT.exec(source.text);
  if (m) say(note, source, textsOf(first), m, calloutMalformed);
}

/** `==` that opens in one paragraph and closes in the next: each has an odd number of signs. */
function highlight(note: NoteContext, source: Source, texts: Text[], next: Paragraph): void {
  if (!source.text.includes('==')) return;
  const after = sourceOf(note, next).text;
  const [here, there] = [marksOf(source.text), marksOf(after)];
  const opener = here.at(-1);
  if (!opener || here.length % 2 === 0 || there.length % 2 === 0) return;
  const opens = /\S/.test(source.text[opener.index + 2] ?? ' ');
  const closes = /\S/.test(after[there[0]!.index - 1] ?? ' ');
  if (opens && closes) say(note, source, texts, opener, highlightBlocks);
}

/** Signs that can mark: not `a==b` and not `a == b`. */
function marksOf(text: string): RegExpExecArray[] {
  return [...text.matchAll(MARK)].filter((m) => {
    const beside = (text[m.index - 1] ?? ' ') + (text[m.index + 2] ?? ' ');
    return !/^(?:[A-Za-z0-9_]{2}|\s\s)$/.test(beside);
  });
}

/** A row of dashes below a row with bars, and another number of columns: GFM sees no table. */
function columns(note: NoteContext, source: Source, texts: Text[]): void {
  if (!source.text.includes('|') || !source.text.includes('-')) return;
  let index = 0;
  let above = '';
  for (const raw of source.text.split('\n')) {
    const line = raw.replace(/^[ \t>]+/, '');
    if (above.includes('|') && line.includes('|') && DASHES.test(line)) {
      const dashes = cellsOf(line);
      const head = cellsOf(hideIn(above, ' ', dashes));
      if (head === dashes) return;
      const m = Object.assign([line.trimEnd()], {
        index: index + raw.length - line.length,
      }) as RegExpExecArray;
      say(note, source, texts, m, (at) => tableColumns(at, head, dashes));
      return;
    }
    above = line;
    index += raw.length + 1;
  }
}

/** A bar in code, which ends the cell all the same. */
const BAR_IN_CODE = /`[^`\n]*(?<!\\)\|[^`\n]*`/;
/** A bar in a link to a note, which the link's own message tells of (`linkUnclosed`). */
const BAR_IN_LINK = /(?<![\\[])\[\[(?=\p{L})[^\]\n|]*(?<!\\)\|[^\]\n]*\]\]/u;

/** Cells beyond the columns of the head: GFM leaves them out. An empty one is nothing lost. */
function cells(note: NoteContext, { align, children: [head, ...rows] }: Table): void {
  const width = align?.length ?? head?.children.length ?? 0;
  const lost = rows.flatMap((row) => {
    if (row.children.length <= width) return [];
    const content = row.children.slice(width).flatMap((cell) => cell.children);
    const [start, end] = [content[0]?.position?.start, content.at(-1)?.position?.end];
    const found = start && end && !BAR_IN_LINK.test(sourceOf(note, row).text);
    return found ? [{ row, position: { start, end } }] : [];
  });
  const [first, ...others] = lost;
  if (!first) return;
  note.diagnostics.push(
    tableCells(
      atOf(note, first.position),
      first.row.children.length,
      width,
      sourceOf(note, first).text,
      BAR_IN_CODE.test(sourceOf(note, first.row).text),
      others.map(({ position }) => placeOf(note, position).line),
    ),
  );
}
