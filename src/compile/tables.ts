/**
 * Tables. A paragraph that starts with `: ` right after one is its caption, which numbers it; `{#tab:x}` at the
 * caption's end names it. Without a blank line between them GFM makes the caption the last row. Wide tables scroll
 * by themselves.
 */

import type { Element, ElementContent } from 'hast';
import type { Paragraph, PhrasingContent, Table, TableRow, Text } from 'mdast';
import { words } from '../words.ts';
import { element, mark, type NoteContext } from './context.ts';
import { cutAttributes, label } from './figures.ts';

/** More columns than these seldom fit a page. */
const MANY = 9;
/** Letters that a line of such a table has room for. */
const ROOM = 6;

/** @param next the paragraph after the table; `drop` takes it away when it is the caption */
export function table(
  note: NoteContext,
  node: Table,
  next: Paragraph | undefined,
  counts: { table: number },
  drop: () => void,
): void {
  const row = captionRow(note, node);
  const written = row?.children[0] ?? next;
  const first = written?.children[0];
  let caption: PhrasingContent[] | undefined;
  let name: string | undefined;
  if (written && first?.type === 'text' && /^[:：]\s/.test(first.value)) {
    caption = [{ ...first, value: first.value.replace(/^[:：]\s+/, '') }, ...written.children.slice(1)];
    const last = caption.at(-1);
    if (last?.type === 'text') {
      const { rest, attributes } = cutAttributes(last.value);
      name = attributes?.name;
      (caption[caption.length - 1] as Text).value = rest;
    }
    if (row) node.children.pop();
    else drop();
  }
  const number = caption ? String(++counts.table) : '';
  const lead = caption ? label(note, 'table', number, name, written?.position) : undefined;
  // The caption goes through the sanitiser inside the table's placeholder, as a paragraph before the rows.
  const inner = { ...node } as Table;
  const children = caption ? [{ type: 'paragraph', children: caption }, inner] : [inner];
  const w = words(note.lang);
  Object.assign(node, {
    type: 'blockquote',
    children,
    data: mark(note, (content) => {
      const elements = content.filter((c): c is Element => c.type === 'element');
      const grid = elements.at(-1);
      // HTML that closes nothing (`<a><a>`) can leave this place without its table, and the table in another.
      if (!grid) return content;
      if (inner.children.some((row) => row.children.length > MANY)) markLong(grid);
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

/** The last row, if it is a caption: a line below the head that starts with `: ` and has no bar of its own. */
function captionRow({ body }: NoteContext, { children }: Table): TableRow | undefined {
  const row = children.at(-1);
  if (!row?.position || children.length < 2 || row.children.length !== 1) return undefined;
  const line = body.slice(row.position.start.offset, row.position.end.offset);
  return /^[:：]\s.*[^|\s]\s*$/.test(line) ? row : undefined;
}

/** Where many columns share a line, a cell may become one character wide: text is told from figures, and given room. */
function markLong(grid: Element): void {
  for (const child of grid.children) {
    if (child.type !== 'element') continue;
    if (!/^t[dh]$/.test(child.tagName)) markLong(child);
    else if (lengthOf(child) > ROOM) child.properties.className = ['long'];
  }
}

function lengthOf(node: ElementContent): number {
  if (node.type === 'text') return node.value.length;
  return node.type === 'element' ? node.children.reduce((sum, child) => sum + lengthOf(child), 0) : 0;
}
