/**
 * Figures: an image alone in its paragraph with a title or a label, several images side by side, and code blocks
 * that are drawn. They are counted together, in the order of the text. `{#fig:x width=60%}` behind names one, and each
 * of several side by side by the figure's number and a letter.
 */

import type { Element, ElementContent } from 'hast';
import type { Code, Image, Paragraph, PhrasingContent, Root } from 'mdast';
import type { Plugin, Processor } from 'unified';
import type { Point, Position } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import { codeWord, figureAttribute, figureName } from '../diagnostics/messages.ts';
import { type DrawingKind, drawingKind } from '../drawings.ts';
import type { Diagnostic } from '../model.ts';
import { words } from '../words.ts';
import { atOf, element, mark, type NoteContext, noteOf } from './context.ts';
import { misspelt, readInfo } from './info-string.ts';
import { addLabel } from './mathematics.ts';
import { showStrayTags } from './stray-tags.ts';
import { table } from './tables.ts';
import { positionIn, textsOf } from './texts.ts';
import type { Wikilink } from './wikilink.ts';

/** What stands in braces, or a sign of anything else. */
const BRACES = /\{[^{}]*\}|\S/g;

/** A name in braces, whatever else is in them. */
const NAME = /(?<!\\)\{#[\p{L}\p{N}][^{}\n]{0,200}\}/gu;

/** `{#fig:x width=60%}`: a name and key=value pairs. */
const ATTRIBUTES = /^\{((?:#[\p{L}\p{N}:_.-]+)?(?:\s*[a-z]+=[\w.%]+)*)\}$/u;

export interface Attributes {
  name: string | undefined;
  width: string | undefined;
  /** Pairs that mean nothing: `widht=60%`, `width=wide`. */
  unknown: string[];
}

/** Cuts attributes off the end of a text. */
export function cutAttributes(text: string): { rest: string; attributes: Attributes | undefined } {
  const whole = text.trimEnd();
  // From where they open: a pattern that looks for its start would take long on a run of blanks.
  const open = whole.endsWith('}') ? whole.lastIndexOf('{') : -1;
  const m = open === -1 ? null : ATTRIBUTES.exec(whole.slice(open));
  if (!m || m[1]!.trim() === '') return { rest: text, attributes: undefined };
  const name = /^#(\S+)/.exec(m[1]!)?.[1];
  const pairs = m[1]!.match(/[a-z]+=[\w.%]+/g) ?? [];
  const isWidth = (pair: string) => /^width=\d{1,4}(?:%|px)?$/.test(pair);
  const width = pairs.find(isWidth)?.slice('width='.length).replace('px', '');
  const unknown = pairs.filter((pair) => !isWidth(pair));
  return { rest: whole.slice(0, open).trimEnd(), attributes: { name, width, unknown } };
}

/** Reports pairs that mean nothing, each at its place in the node's source. */
function reportUnknown(
  note: NoteContext,
  attributes: Attributes | undefined,
  position: Position | undefined,
): void {
  for (const pair of attributes?.unknown ?? []) sayOf(note, pair, position, figureAttribute);
}

/** Says something of a text at its place in a node's source. */
function sayOf(
  note: NoteContext,
  text: string,
  position: Position | undefined,
  message: (at: At, text: string) => Diagnostic,
): void {
  const start = startOf(note, text, position);
  const end = start && { line: start.line, column: start.column + text.length };
  note.diagnostics.push(message(atOf(note, start && end && { start, end }), text));
}

type Counts = { figure: number; table: number; drawing: number };

/** Runs before citations and links are looked for, since captions may hold some. */
export const remarkFigures: Plugin<[], Root> = function (this: Processor) {
  return (tree, file) => {
    const note = noteOf(file);
    const counts: Counts = { figure: 0, table: 0, drawing: 0 };
    let defined: Set<string> | undefined;
    const inline: Inline = (text, start) => {
      // A reference is one only where its footnote is defined.
      const calls = text.match(/\[\^[^\s[\]^]+\]/g) ?? [];
      if (calls.length > 0) defined ??= footnotesIn(tree);
      return parseInline(
        this,
        text,
        start,
        calls.filter((call) => defined!.has(call.slice(2, -1).toLowerCase())),
      );
    };
    visit(tree, (node, index, parent) => {
      if (!parent || index === undefined) return;
      if (node.type === 'paragraph') return figure(note, node, counts, inline) ? SKIP : undefined;
      if (node.type === 'code') {
        const kind = drawingKind(node.lang ?? '');
        if (kind) drawing(note, node, kind, counts, inline);
        return SKIP;
      }
      if (node.type === 'table') {
        const next = parent.children[index + 1];
        table(note, node, next?.type === 'paragraph' ? next : undefined, counts, () =>
          parent.children.splice(index + 1, 1),
        );
        // The table now stands inside its placeholder: it must not be found again.
        return SKIP;
      }
      return undefined;
    });
  };
};

/** Reads a caption that stands in quotes as the Markdown it is. */
type Inline = (text: string, start: Point | undefined) => PhrasingContent[];

/** The footnotes that a note defines. */
function footnotesIn(tree: Root): Set<string> {
  const names = new Set<string>();
  visit(tree, 'footnoteDefinition', ({ identifier }) => {
    names.add(identifier);
  });
  return names;
}

/** @param calls footnotes in the text that the note defines: the parser must see a definition of each */
function parseInline(
  processor: Processor,
  text: string,
  start: Point | undefined,
  calls: string[],
): PhrasingContent[] {
  const { children } = processor.parse([text, ...calls.map((call) => `${call}:`)].join('\n\n')) as Root;
  const [block, ...more] = children.slice(0, children.length - calls.length);
  // `1. first` or `# x` in quotes is no list and no heading.
  if (block?.type !== 'paragraph' || more.length > 0) return [{ type: 'text', value: text }];
  if (text.includes('<')) showStrayTags(block);
  const shift = (point: Point): Point => ({
    line: point.line - 1 + start!.line,
    column: point.column - 1 + start!.column,
    ...(start!.offset !== undefined && { offset: (point.offset ?? 0) + start!.offset }),
  });
  visit(block, (node) => {
    if (!start) delete node.position;
    else if (node.position)
      node.position = { start: shift(node.position.start), end: shift(node.position.end) };
  });
  return block.children;
}

/** Where a text in quotes starts, for messages about what is in it. */
function startOf(note: NoteContext, text: string, position: Position | undefined): Point | undefined {
  const { start, end } = position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return undefined;
  const at = note.body.slice(start.offset, end.offset).indexOf(text);
  const before = note.body.slice(start.offset, start.offset + at);
  if (at === -1 || before.includes('\n')) return start;
  return { line: start.line, column: start.column + at, offset: start.offset + at };
}

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/i;

/** An image as Markdown or as Obsidian writes it. */
function isPicture(node: PhrasingContent | Wikilink): node is Image | Wikilink {
  if (node.type === 'image') return true;
  return node.type === 'wikilink' && node.embed && IMAGE.test(node.value.split('|')[0]!.trim());
}

/** Pictures that have a paragraph for themselves. */
interface Row {
  pictures: (Image | Wikilink)[];
  /** What stands behind each picture. */
  behind: (Attributes | undefined)[];
  /** What is meant for all of them: it has a line for itself at the end, or is the only one and stands there. */
  whole: Attributes | undefined;
}

/** The pictures of a paragraph; nothing when it holds other things too. */
function rowOf(node: Paragraph): Row | undefined {
  const pictures: Row['pictures'] = [];
  const behind: Row['behind'] = [];
  let whole: Attributes | undefined;
  let newLine = false;
  for (const child of node.children) {
    if (isPicture(child)) {
      const last = pictures.length - 1;
      // A line of attributes between pictures belongs to the one above.
      if (whole && behind[last]) return undefined;
      if (whole) behind[last] = whole;
      whole = undefined;
      newLine = false;
      behind[pictures.push(child) - 1] = undefined;
    } else if (child.type === 'break') newLine = true;
    else if (child.type === 'text') {
      let from = 0;
      for (const { 0: found, index } of child.value.matchAll(BRACES)) {
        const { attributes } = cutAttributes(found);
        if (!attributes || pictures.length === 0 || whole) return undefined;
        newLine ||= child.value.slice(from, index).includes('\n');
        from = index + found.length;
        if (newLine) whole = attributes;
        else if (behind.at(-1)) return undefined;
        else behind[pictures.length - 1] = attributes;
      }
      newLine ||= child.value.includes('\n', from);
    } else return undefined;
  }
  if (!whole && behind.at(-1) && behind.filter(Boolean).length === 1) {
    whole = behind.at(-1);
    behind[pictures.length - 1] = undefined;
  }
  if (pictures.length === 0 || (pictures.length === 1 && behind[0])) return undefined;
  return { pictures, behind, whole };
}

function figure(note: NoteContext, node: Paragraph, counts: Counts, inline: Inline): boolean {
  const row = rowOf(node);
  if (!row) {
    reportBraces(note, node);
    size(note, node);
    return false;
  }
  const { pictures, behind, whole } = row;
  const isTitled = pictures.some((p) => p.type === 'image' && (p.title ?? '') !== '');
  if (!isTitled && !whole?.name && !behind.some((a) => a?.name)) {
    size(note, node);
    return false;
  }
  reportUnknown(note, whole, node.position);

  const caption: PhrasingContent[] = [];
  /** Which of several pictures. */
  const letter = (picture: Image | Wikilink) => `(${String.fromCharCode(97 + pictures.indexOf(picture))})`;
  for (const [i, picture] of pictures.entries()) {
    const title = (picture.type === 'image' && picture.title) || '';
    if (title === '' && !behind[i]?.name) continue;
    // Of several pictures, each caption says which one it is about; one without a caption is referred to by its letter.
    if (pictures.length > 1) {
      const apart = caption.length > 0 ? '\u2003' : '';
      caption.push({ type: 'text', value: `${apart}${letter(picture)}${title === '' ? '' : ' '}` });
    }
    if (title !== '') caption.push(...inline(title, startOf(note, title, picture.position)));
  }
  const number = String(++counts.figure);
  const lead = label(note, 'figure', number, whole?.name, node.position);
  for (const [i, picture] of pictures.entries()) {
    const own = behind[i];
    if (own) reportUnknown(note, own, after(picture, node));
    if (own?.name) {
      const named = {
        name: own.name,
        kind: 'figure',
        number: `${number}${letter(picture)}`,
        id: lead.id,
      } as const;
      addLabel(note, named, picture.position);
    }
    setWidth(picture, own?.width ?? whole?.width);
    if (picture.type === 'image') picture.title = null;
  }
  contain(node, [{ type: 'paragraph', children: pictures as PhrasingContent[] }, paragraph(caption)]);
  node.data = mark(note, (content) => {
    const [shown, said] = content.filter((c): c is Element => c.type === 'element');
    const all = (shown?.children ?? []).filter((c) => c.type === 'element');
    const body = all.length > 1 ? [element('div', { className: ['figure-row'] }, all)] : all;
    return [wrap(lead, body, said)];
  });
  return true;
}

function setWidth(picture: Image | Wikilink, width: string | undefined): void {
  if (width === undefined) return;
  if (picture.type === 'image') picture.data = { ...picture.data, hProperties: { width } };
  else picture.width = width;
}

/** Pictures that are no figure, in a line of text too, have the width that stands right behind them or their link. */
function size(note: NoteContext, node: Paragraph): void {
  if (!/[)\]]\{/.test(note.body)) return;
  for (const [i, child] of node.children.entries()) {
    const next = node.children[i + 1];
    const braces = next?.type === 'text' && /^\{[^{}]*\}/.exec(next.value)?.[0];
    const picture = child.type === 'link' && child.children.length === 1 ? child.children[0]! : child;
    if (!braces || !isPicture(picture)) continue;
    const { attributes } = cutAttributes(braces);
    if (!attributes || attributes.name !== undefined) continue;
    reportUnknown(note, attributes, after(picture, node));
    setWidth(picture, attributes.width);
    next.value = next.value.slice(braces.length);
  }
}

/**
 * Reports names that stand behind a picture and are none of a figure, and braces right behind one that hold something else
 * than a name and a width. A name before it may be a theorem's.
 */
function reportBraces(note: NoteContext, node: Paragraph): void {
  const isShown = (child: PhrasingContent): boolean =>
    isPicture(child) || (child.type === 'link' && child.children.some(isShown));
  const shown = node.children.flatMap((child) => (isShown(child) && child.position?.end.offset) || []);
  const [first] = shown;
  if (first === undefined) return;
  const texts = textsOf(node);
  const say = (from: number, found: string) => {
    const place = positionIn(note, texts, from, found.length);
    const isRead = cutAttributes(found).attributes !== undefined;
    if (place) note.diagnostics.push(figureName(atOf(note, place), found, isRead));
  };
  // A paragraph of pictures and braces alone has no other use for them.
  const isRow = node.children.every(
    (child) => isShown(child) || child.type === 'break' || (child.type === 'text' && ROW.test(child.value)),
  );
  for (const end of shown) {
    const behind = note.body.slice(end, node.position?.end.offset);
    const [, blanks, found] = /^(\s*)(\{(?!%)[^{}\n]{1,200}\})/.exec(behind) ?? [];
    if (found === undefined || found.startsWith('{#') || (blanks !== '' && !isRow)) continue;
    if (!cutAttributes(found).attributes) say(end + blanks!.length, found);
  }
  const rest = note.body.slice(first, node.position?.end.offset);
  for (const { 0: found, index } of rest.matchAll(NAME)) say(first + index, found);
}

/** Braces, and nothing else but blanks. */
const ROW = /^\s*(?:\{[^{}]*\}\s*)*$/;

/** From the end of a picture to the end of its paragraph. */
function after(picture: Image | Wikilink, { position }: Paragraph): Position | undefined {
  return picture.position && position && { start: picture.position.end, end: position.end };
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['title', 'title="…"'],
  ['alt', 'alt="…"'],
]);

/** A code block in a language that is drawn (`src/compile/drawing.ts` draws it, after the sanitiser). */
function drawing(note: NoteContext, node: Code, kind: DrawingKind, counts: Counts, inline: Inline): void {
  const { value, position } = node;
  const { title, alt, braces, words: others } = readInfo(node.meta ?? '');
  let attributes: Attributes | undefined;
  for (const brace of braces) {
    const own = attributes ? undefined : cutAttributes(brace).attributes;
    if (own) attributes = own;
    else sayOf(note, brace, position, figureAttribute);
  }
  reportUnknown(note, attributes, position);
  for (const word of others) {
    const form = /^[{｛]?#/.test(word) ? '{#fig:name}' : misspelt(word, WORDS);
    if (form) sayOf(note, word, position, (at) => codeWord(at, word, form));
  }
  const numbered = title !== '' || attributes?.name !== undefined;
  const number = numbered ? String(++counts.figure) : '';
  const lead = numbered ? label(note, 'figure', number, attributes?.name, position) : undefined;
  const drawn = {
    kind,
    value,
    position,
    width: attributes?.width,
    alt,
    title: spoken(title),
    number: ++counts.drawing,
    label: number && `${words(note.lang).labels.figure} ${number}`,
  };
  contain(node, [paragraph(title === '' ? [] : inline(title, startOf(note, title, position)))]);
  node.data = mark(note, (content) => {
    const said = content.find((c): c is Element => c.type === 'element');
    const box = element('div', { className: ['drawing'] }, [], { drawing: drawn });
    if (!lead) return [element('figure', { className: ['figure'] }, [box])];
    return [wrap(lead, [box], said)];
  });
}

/** A caption as plain text: its marks left out, links by their text. */
function spoken(text: string): string {
  return text
    .replace(/!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|\[([^\]@]*)\]\([^)]*\)/g, '$1$2')
    .replace(/\s*(?:\[@|\^?\[\^|\^\[)[^\]]*\]/g, '')
    .replace(/[$*`]/g, '')
    .trim();
}

const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });

/** Makes a node a container, whose children the sanitiser sees. */
function contain(node: Paragraph | Code, children: Paragraph[]): void {
  Object.assign(node, { type: 'blockquote', children });
}

interface Lead {
  id: string;
  caption: Element;
}

function wrap({ id, caption }: Lead, body: ElementContent[], said: Element | undefined): Element {
  if (said && said.children.length > 0) caption.children.push({ type: 'text', value: ' ' }, ...said.children);
  return element('figure', { className: ['figure'], id }, [...body, caption]);
}

/** The caption's element with its number, and the id that its label or its number gives. */
export function label(
  note: NoteContext,
  kind: 'figure' | 'table',
  number: string,
  name: string | undefined,
  position: Position | undefined,
): Lead {
  const named = name ? addLabel(note, { name, kind, number }, position) : undefined;
  const text: ElementContent = { type: 'text', value: `${words(note.lang).labels[kind]} ${number}` };
  return {
    id: named ?? `${kind === 'figure' ? 'fig' : 'tab'}-${number}`,
    caption: element('figcaption', {}, [element('span', { className: ['label'] }, [text])]),
  };
}
