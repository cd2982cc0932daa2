/**
 * Figures and tables. An image alone in its paragraph with a title or a label is a figure; a paragraph that
 * starts with `: ` right after a table is the table's caption. `{#fig:x width=60%}` after either names it.
 */

import type { Element, ElementContent } from 'hast';
import type { Image, Paragraph, PhrasingContent, Root, Table, Text } from 'mdast';
import type { Plugin } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import type { LabelKind } from '../model.ts';
import { words } from '../words.ts';
import { element, mark, type NoteContext, noteOf } from './context.ts';
import { addLabel } from './mathematics.ts';

/** `{#fig:x width=60%}`: a name and key=value pairs. */
const ATTRIBUTES = /\s*\{((?:#[\p{L}\p{N}:_.-]+)?(?:\s*[a-z]+=[\w.%]+)*)\}\s*$/u;

interface Attributes {
  name: string | undefined;
  width: string | undefined;
}

/** Cuts attributes off the end of a text. */
export function cutAttributes(text: string): { rest: string; attributes: Attributes | undefined } {
  const m = ATTRIBUTES.exec(text);
  if (!m || m[1]!.trim() === '') return { rest: text, attributes: undefined };
  const name = /^#(\S+)/.exec(m[1]!)?.[1];
  const width = /(?:^|\s)width=(\d{1,4}%?)(?:px)?(?:\s|$)/.exec(m[1]!)?.[1];
  return { rest: text.slice(0, m.index), attributes: { name, width } };
}

export const remarkFigures: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const counts = { figure: 0, table: 0 };
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return;
    if (node.type === 'paragraph') return figure(note, node, counts) ? SKIP : undefined;
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

function figure(note: NoteContext, node: Paragraph, counts: { figure: number }): boolean {
  const children = node.children.filter(
    (c) => !(c.type === 'text' && c.value.trim() === '') && c.type !== 'break',
  );
  const tail = children.at(-1);
  const cut = tail?.type === 'text' ? cutAttributes(tail.value) : undefined;
  const images = cut?.attributes && cut.rest.trim() === '' ? children.slice(0, -1) : children;
  if (images.length === 0 || !images.every((c) => c.type === 'image')) return false;
  const attributes = images.length < children.length ? cut?.attributes : undefined;
  const captions = (images as Image[]).map((i) => i.title ?? '').filter((t) => t !== '');
  if (captions.length === 0 && !attributes?.name) return false;

  for (const image of images as Image[]) {
    image.title = null;
    if (attributes?.width) image.data = { ...image.data, hProperties: { width: attributes.width } };
  }
  node.children = images;
  const number = String(++counts.figure);
  const { id, caption } = label(note, 'figure', number, attributes?.name, node.position, captions.join(' '));
  node.data = mark(note, (content) => {
    const pictures = content.filter((c) => c.type === 'element');
    const body = pictures.length > 1 ? [element('div', { className: ['figure-row'] }, pictures)] : pictures;
    return [element('figure', { className: ['figure'], id }, [...body, caption])];
  });
  return true;
}

function table(
  note: NoteContext,
  node: Table,
  next: Paragraph | undefined,
  counts: { table: number },
  drop: () => void,
): void {
  const first = next?.children[0];
  let caption: PhrasingContent[] | undefined;
  let name: string | undefined;
  if (next && first?.type === 'text' && /^[:：]\s/.test(first.value)) {
    caption = [{ ...first, value: first.value.replace(/^[:：]\s+/, '') }, ...next.children.slice(1)];
    const last = caption.at(-1);
    if (last?.type === 'text') {
      const { rest, attributes } = cutAttributes(last.value);
      name = attributes?.name;
      (caption[caption.length - 1] as Text).value = rest;
    }
    drop();
  }
  const number = caption ? String(++counts.table) : '';
  const lead = caption ? label(note, 'table', number, name, next?.position) : undefined;
  // The caption goes through the sanitiser inside the table's placeholder, as a paragraph before the rows.
  const inner = { ...node } as Table;
  const children = caption ? [{ type: 'paragraph', children: caption }, inner] : [inner];
  const w = words(note.lang);
  Object.assign(node, {
    type: 'blockquote',
    children,
    data: mark(note, (content) => {
      const elements = content.filter((c): c is Element => c.type === 'element');
      const grid = elements.at(-1)!;
      const scroll = element(
        'div',
        {
          className: ['table-scroll'],
          tabIndex: 0,
          role: 'region',
          ariaLabel: w.scrollable(`${w.labels.table}${number}`),
        },
        [grid],
      );
      if (!lead || elements.length < 2) return [scroll];
      lead.caption.children.push({ type: 'text', value: ' ' }, ...elements[0]!.children);
      return [element('figure', { className: ['table'], id: lead.id }, [lead.caption, scroll])];
    }),
  });
}

/** The caption's element with its number, and the id that its label or its number gives. */
function label(
  note: NoteContext,
  kind: LabelKind,
  number: string,
  name: string | undefined,
  position: Paragraph['position'],
  text = '',
): { id: string; caption: Element } {
  const named = name && addLabel(note, { name, kind, number, id: name }, position) ? name : undefined;
  const lead: ElementContent = element('span', { className: ['label'] }, [
    { type: 'text', value: `${words(note.lang).labels[kind]} ${number}` },
  ]);
  return {
    id: named ?? `${kind === 'figure' ? 'fig' : 'tab'}-${number}`,
    caption: element('figcaption', {}, text ? [lead, { type: 'text', value: ` ${text}` }] : [lead]),
  };
}
