/** The running text of a note, for finding what it mentions without a link. */

import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { NoteIndex } from '../model.ts';
import { compare } from '../paths.ts';
import { inlineRuns } from './contexts.ts';
import { inlineText, isBlock } from './inline.ts';

/** Blocks that are no running text. */
const SKIPPED = new Set(['h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'figcaption', 'summary']);

/**
 * @param lines that stand before the body in the file
 * @returns one text for each stretch of prose; links, formulas and code are one opaque character each
 */
export function proseOf(tree: Root, lines: number): NoteIndex['prose'] {
  const out: NoteIndex['prose'] = [];
  let line = 1;
  visit(tree, 'element', (block) => {
    line = block.position?.start.line ?? line;
    if (!isBlock(block) || SKIPPED.has(block.tagName)) return;
    for (const run of inlineRuns(block)) {
      const text = inlineText(run)
        .replace(/\uFFFC+/g, '\uFFFC')
        .replace(/\s+/g, ' ')
        .trim();
      if (/\p{L}/u.test(text)) out.push([line + lines, text]);
    }
  });
  return out;
}

/** Words with a capital or digit after their first letter: names of methods, data sets and models. */
const TERM = /(?<![\p{L}\p{N}])[A-Za-z][a-z]*[A-Z0-9][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?![\p{L}\p{N}])/gu;
const MOST_TERMS = 24;

/** The technical names that a text uses, the most used first. */
export function termsOf(prose: NoteIndex['prose']): string[] {
  const counts = new Map<string, number>();
  for (const [, text] of prose) {
    for (const [term] of text.matchAll(TERM)) {
      if (term.length >= 3 && term.length <= 30) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || compare(a, b))
    .slice(0, MOST_TERMS)
    .map(([term]) => term);
}
