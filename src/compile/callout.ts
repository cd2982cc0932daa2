/**
 * Callouts: a quote whose first line is `[!kind] title`, with `+` or `-` after the bracket to make it
 * foldable (open or closed). Syntax of GitHub and Obsidian; `mine` is the reader's own opinion.
 */

import type { ElementContent } from 'hast';
import type { Blockquote, Paragraph, PhrasingContent, Root } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { words } from '../words.ts';
import { element, mark, noteOf } from './context.ts';

const HEAD = /^\[!([\p{L}][\p{L}\p{N}-]{0,30})\]([+-]?)[ \t]*/u;

/** Kinds by their other names, as Obsidian has them. */
const SAME: Record<string, string> = {
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
};
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

export const remarkCallout: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'blockquote', (node: Blockquote) => {
    const first = node.children[0];
    const lead = first?.type === 'paragraph' ? first.children[0] : undefined;
    if (first?.type !== 'paragraph' || lead?.type !== 'text') return;
    const head = HEAD.exec(lead.value);
    if (!head) return;
    const name = head[1]!.toLowerCase();
    const kind = SAME[name] ?? (KINDS.has(name) ? name : 'note');
    const fold = head[2];

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
    const heading: Paragraph = { type: 'paragraph', children: title };
    heading.data = mark(note, (children) => [
      element(fold ? 'summary' : 'p', { className: ['callout-title'] }, titleOf(children, kind, note.lang)),
    ]);
    const body: Paragraph[] = rest.length > 0 ? [{ ...first, children: rest }] : [];
    node.children = [heading, ...body, ...node.children.slice(1)];
    node.data = mark(note, (children) => [
      element(
        fold ? 'details' : 'aside',
        { className: ['callout', `callout-${kind}`], ...(fold === '+' && { open: true }) },
        children.filter((c) => !(c.type === 'text' && c.value.trim() === '')),
      ),
    ]);
  });
};

function titleOf(children: ElementContent[], kind: string, lang: string): ElementContent[] {
  return children.length > 0 ? children : [{ type: 'text', value: words(lang).callouts[kind] ?? kind }];
}
