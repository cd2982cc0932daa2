/** The running text of a note, for finding what it mentions without a link. */

import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { NoteIndex } from '../model.ts';
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
