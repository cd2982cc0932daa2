/**
 * Callouts: a quote whose first line is `[!kind] title`, with `+` or `-` after the bracket to make it
 * foldable (open or closed). Syntax of GitHub and Obsidian; `mine` is the reader's own opinion. A kind that is
 * not known keeps its name as the title and looks like a note.
 */

import type { Element, ElementContent } from 'hast';
import type { Blockquote, Paragraph, PhrasingContent, Root } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { calloutUnknown } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { table } from '../table.ts';
import { words } from '../words.ts';
import { atOf, element, mark, type NoteContext, noteOf } from './context.ts';

/** Behind a bar Obsidian's themes have words of their own (`[!note|right]`), which say nothing here. */
const HEAD = /^\[!([\p{L}][\p{L}\p{N}-]{0,30})(?:\|[^[\]\n]*)?\]([+-]?)[ \t]*/u;

/** Kinds by their other names, as Obsidian has them. */
const SAME: Record<string, string> = table({
  summary: 'abstract',
  tldr: 'abstract',
  hint: 'tip',
  check: 'success',
  done: 'success',
  help: 'question',
  faq: 'question',
  attention: 'warning',
  fail: 'failure',
  missing: 'failure',
  error: 'danger',
  cite: 'quote',
});
const KINDS = new Set([
  'note',
  'abstract',
  'info',
  'todo',
  'tip',
  'success',
  'question',
  'warning',
  'failure',
  'danger',
  'bug',
  'example',
  'quote',
  'important',
  'caution',
  'mine',
]);
/** What a misspelt kind may have meant: the theorem family (`theorem.ts`) too. */
const NAMES = [
  ...KINDS,
  ...Object.keys(SAME),
  'theorem',
  'definition',
  'proposition',
  'lemma',
  'corollary',
  'remark',
  'proof',
];

export interface Head {
  /** In lower case. */
  name: string;
  fold: string;
  /** The first line as text, after the bracket. */
  line: string;
  title: PhrasingContent[];
}

/**
 * Takes the line `[!kind] title` off a quote.
 *
 * @param wanted whether a kind is the caller's; else the quote stays as it is
 */
export function takeHead(
  note: NoteContext,
  node: Blockquote,
  wanted: (name: string, line: string) => boolean,
): Head | undefined {
  const first = node.children[0];
  const lead = first?.type === 'paragraph' ? first.children[0] : undefined;
  if (first?.type !== 'paragraph' || lead?.type !== 'text') return undefined;
  const head = HEAD.exec(lead.value);
  // `\[!note]` is text.
  if (!head || note.body[lead.position?.start.offset ?? 0] !== '[') return undefined;
  const name = head[1]!.toLowerCase();
  const line = lead.value.slice(head[0].length).split('\n', 1)[0]!;
  if (!wanted(name, line)) return undefined;

  // The title is the rest of the first line; what follows the line break is the body.
  lead.value = lead.value.slice(head[0].length);
  const title: PhrasingContent[] = [];
  const rest: PhrasingContent[] = [];
  let inTitle = true;
  for (const child of first.children) {
    if (!inTitle) rest.push(child);
    else if (child.type === 'break') inTitle = false;
    else if (child.type === 'text' && child.value.includes('\n')) {
      const cut = child.value.indexOf('\n');
      if (cut > 0) title.push({ ...child, value: child.value.slice(0, cut) });
      rest.push({ ...child, value: child.value.slice(cut + 1) });
      inTitle = false;
    } else if (child.type !== 'text' || child.value !== '') title.push(child);
  }
  node.children.splice(0, 1, ...(rest.length > 0 ? [{ ...first, children: rest }] : []));
  return { name, fold: head[2]!, line, title };
}

export const remarkCallout: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'blockquote', (node: Blockquote) => {
    const head = takeHead(note, node, () => true);
    if (!head) return;
    const { name, fold, line, title } = head;
    const known = SAME[name] ?? (KINDS.has(name) ? name : undefined);
    if (known === undefined) {
      const near = suggest(name, NAMES);
      if (near.length > 0) note.diagnostics.push(calloutUnknown(atOf(note, node.position), name, near));
    }
    const kind = known ?? 'note';
    const heading: Paragraph = { type: 'paragraph', children: title };
    heading.data = mark(note, (children) => [
      element(
        fold ? 'summary' : 'p',
        { className: ['callout-title'], ...(children.length > 0 && kindSaid(known, line, note.lang)) },
        children.length > 0 ? children : titleOf(known, name, note.lang),
      ),
    ]);
    node.children = [heading, ...node.children];
    node.data = mark(note, (children) => [
      element(
        fold ? 'details' : 'aside',
        {
          className: ['callout', `callout-${kind}`],
          // Not a landmark: a note may have many.
          ...(!fold && { role: 'note' }),
          ...(fold === '+' && { open: true }),
        },
        children.filter((c) => !(c.type === 'text' && c.value.trim() === '')),
      ),
    ]);
  });
};

/**
 * Of a callout with a title of its own: what kind it is, for the style sheet to say where colours do not.
 *
 * @param title a kind that stands there is not said again
 */
export function kindSaid(kind: string | undefined, title: string, lang: string): Element['properties'] {
  const word = kind && words(lang).callouts[kind];
  return word && title.trim() !== word ? { dataKind: word } : {};
}

function titleOf(kind: string | undefined, name: string, lang: string): ElementContent[] {
  const value = (kind && words(lang).callouts[kind]) ?? name[0]!.toUpperCase() + name.slice(1);
  return [{ type: 'text', value }];
}
