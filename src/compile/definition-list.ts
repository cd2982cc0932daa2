/**
 * Definition lists as in PHP Markdown Extra and Pandoc: a term on a line, and below it one or more lines that
 * begin with `: `. A blank line may stand between them. The caption of a table, which looks alike, has been
 * taken before.
 */

import type { BlockContent, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { definitionTerm } from '../diagnostics/messages.ts';
import { atOf, noteOf } from './context.ts';

const MARK = /^:[ \t]+/;
/** Nothing is looked for in a note without either: a sign by its number is written with `&`. */
const ANY = /:[ \t]|&/;

interface Line {
  definition: boolean;
  children: PhrasingContent[];
}

export const remarkDefinitionList: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  if (!ANY.test(note.body)) return;
  visit(tree, (node) => {
    if (!('children' in node) || !node.children.some((c) => c.type === 'paragraph' && startsDefinition(c)))
      return;
    const out: RootContent[] = [];
    for (const child of node.children as RootContent[]) {
      const last = out.at(-1);
      const lines = child.type === 'paragraph' && startsDefinition(child) ? linesOf(child) : undefined;
      // A mark with nothing behind it, or with what shows nothing, defines nothing.
      if (lines === undefined || lines.length === 0) {
        out.push(child);
        continue;
      }
      // `: text` alone belongs to the paragraph or the list before it; with neither it is text.
      const open = lines[0]!.definition;
      if (open && last?.type === 'paragraph' && !last.data && isOneLine(last)) {
        out[out.length - 1] = list([{ definition: false, children: last.children }, ...lines]);
      } else if (isList(last) && last) {
        (last as unknown as { children: unknown[] }).children.push(...items(lines));
      } else if (open) {
        note.diagnostics.push(definitionTerm(atOf(note, child.position)));
        out.push(child);
      } else out.push(list(lines));
    }
    (node as { children: RootContent[] }).children = out;
  });
};

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
  const lines: Line[] = [{ definition: false, children: [] }];
  children.forEach((child, i) => {
    if (child.type !== 'text') {
      lines.at(-1)!.children.push(child);
      return;
    }
    child.value.split('\n').forEach((value, n) => {
      const begins = n > 0 || i === 0;
      const definition = begins && MARK.test(value);
      const line = lines.at(-1)!;
      if (n > 0 && !definition && line.definition) {
        const before = line.children.at(-1);
        if (before?.type === 'text') before.value += `\n${value}`;
        else line.children.push({ ...child, value: `\n${value}` });
        return;
      }
      if (begins && i + n > 0) lines.push({ definition, children: [] });
      else if (definition) lines.at(-1)!.definition = true;
      const text = definition ? value.replace(MARK, '') : value;
      if (text !== '') lines.at(-1)!.children.push({ ...child, value: text });
    });
  });
  return lines.filter((l) => l.children.length > 0);
}

function items(lines: Line[]): BlockContent[] {
  return lines.map(({ definition, children }) => ({
    type: 'paragraph',
    children,
    data: { hName: definition ? 'dd' : 'dt' },
  }));
}

function list(lines: Line[]): RootContent {
  return { type: 'blockquote', children: items(lines), data: { hName: 'dl' } };
}

function isList(node: RootContent | undefined): boolean {
  return node?.data !== undefined && 'hName' in node.data && node.data.hName === 'dl';
}
