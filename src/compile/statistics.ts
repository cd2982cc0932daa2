/** Plain text and counts of a note: Chinese is counted by characters, everything else by words. */

import type { ElementContent, Root } from 'hast';
import type { NoteIndex, Ref } from '../model.ts';
import { isBlock } from './inline.ts';

/** What the author calls the target of a reference. */
export function writtenName({ kind, label, target, fragment }: Ref): string {
  if (kind === 'cite') return target;
  return label || target || fragment;
}

/**
 * Text of the body, one line for each block; code blocks and images left out.
 *
 * @param formula what stands for a printed formula, by its number
 * @param reference what stands for a reference whose text comes from its target, by its number
 */
export function plainText(
  nodes: (Root['children'][number] | ElementContent)[],
  refs: Ref[],
  formula: (math: number) => string = () => '',
  reference: (ref: number) => string = (ref) => writtenName(refs[ref]!),
): string {
  const out: string[] = [];
  const walk = (node: Root['children'][number] | ElementContent): void => {
    if (node.type === 'text') out.push(node.value);
    const math = node.type === 'raw' ? /^\0m(\d+)\0$/.exec(node.value)?.[1] : undefined;
    if (math !== undefined) out.push(formula(Number(math)));
    if (
      node.type !== 'element' ||
      node.data?.apparatus ||
      node.tagName === 'pre' ||
      node.tagName === 'postil-more'
    )
      return;
    if (node.data?.whole && node.data.ref !== undefined && node.tagName === 'a')
      out.push(reference(node.data.ref));
    node.children.forEach(walk);
    if (isBlock(node)) out.push('\n');
  };
  nodes.forEach(walk);
  return out
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n[\n ]*/g, '\n')
    .trim();
}

/**
 * @param text of the note, as `plainText` gives it
 * @param nodes the same as a tree, for what is no text
 * @returns what the minutes of reading are worked out from
 */
export function countsOf(text: string, nodes: Root['children']): NoteIndex['stats'] {
  let displayMath = 0;
  let figures = 0;
  const walk = (node: Root['children'][number] | ElementContent): void => {
    if (node.type !== 'element') return;
    const classes = node.properties.className;
    if (Array.isArray(classes) && classes.includes('equation')) displayMath++;
    if (node.tagName === 'img' || (Array.isArray(classes) && classes.includes('drawing'))) figures++;
    node.children.forEach(walk);
  };
  nodes.forEach(walk);
  return { hanzi: hanziIn(text), words: wordsIn(text), displayMath, figures };
}

/** Counted by the run: a list of all characters would be ten times as long. */
function hanziIn(text: string): number {
  let count = 0;
  for (const run of text.match(/\p{Script=Han}+/gu) ?? [])
    count += run.length - (run.match(/[\ud800-\udbff]/g)?.length ?? 0);
  return count;
}

/** Runs of letters and digits without a Chinese character. */
function wordsIn(text: string): number {
  let count = 0;
  for (const run of text.match(/[\p{L}\p{N}]+/gu) ?? []) if (!/\p{Script=Han}/u.test(run)) count++;
  return count;
}
