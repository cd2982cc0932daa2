/** The sentence around each reference, for backlinks; of an embed, the one that announces it. */

import type { Element, ElementContent, Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { Fragment, Ref } from '../model.ts';
import { toFragments } from './fragments.ts';
import { inlineText, isBlock, sentenceEnds, sliceInline } from './inline.ts';

/** A sentence longer than this is shown in part. */
const MOST = 400;

/**
 * @param parts the finished body and footnotes; they are not changed
 * @param refs their `context` is set to the number of their sentence
 * @returns the sentences
 */
export function contextsOf(parts: (Root | Element)[], refs: Ref[]): Fragment[][] {
  const contexts: Fragment[][] = [];
  const visitBlock = (block: Element) => {
    if (!isBlock(block)) return;
    for (const run of inlineRuns(block)) {
      // An embed with its line for itself has no sentence around it.
      const found = refsIn(run).filter(({ ref }) => !refs[ref]!.block);
      if (found.length === 0) continue;
      const ends = sentenceEnds(inlineText(run));
      let start = 0;
      for (const end of ends) {
        const inside = found.filter((f) => f.offset >= start && f.offset < end);
        if (inside.length > 0) {
          const stop = Math.min(end, Math.max(start + MOST, inside.at(-1)!.offset + 1));
          for (const { ref } of inside) refs[ref]!.context = contexts.length;
          contexts.push(toFragments(trim(sliceInline(run, start, stop))));
        }
        start = end;
      }
    }
  };
  for (const part of parts) {
    visit(part, 'element', (node, index, parent) => {
      visitBlock(node);
      const ref = node.data?.ref;
      if (ref === undefined || !refs[ref]!.block || !parent || index === undefined) return;
      const lead = leadIn(parent.children.slice(0, index) as ElementContent[]);
      const { fragment } = refs[ref]!;
      if (lead.length === 0 && (fragment === '' || /(?:^|#)\^/.test(fragment))) return;
      refs[ref]!.context = contexts.length;
      contexts.push([...toFragments(lead), { ref }]);
    });
  }
  return contexts;
}

/** The sentence that announces what comes next: it ends with a colon. */
function leadIn(before: ElementContent[]): ElementContent[] {
  const last = before.filter((n) => n.type === 'element').at(-1);
  if (last?.type !== 'element' || last.tagName !== 'p') return [];
  const text = inlineText(last.children);
  if (!/[：:]\s*$/.test(text)) return [];
  const start = sentenceEnds(text).at(-2) ?? 0;
  return trim(sliceInline(last.children, Math.max(start, text.length - MOST), text.length));
}

/** Stretches of inline content between the blocks inside a block. */
export function inlineRuns(block: Element): ElementContent[][] {
  const runs: ElementContent[][] = [[]];
  for (const child of block.children) {
    if (isBlock(child)) runs.push([]);
    else runs.at(-1)!.push(child);
  }
  return runs.filter((r) => r.length > 0);
}

function refsIn(run: ElementContent[]): { ref: number; offset: number }[] {
  const found: { ref: number; offset: number }[] = [];
  const walk = (nodes: ElementContent[], from: number): void => {
    let offset = from;
    for (const node of nodes) {
      if (node.type === 'element') {
        if (node.data?.ref !== undefined && node.tagName === 'a') found.push({ ref: node.data.ref, offset });
        walk(node.children, offset);
      }
      offset += inlineText([node]).length;
    }
  };
  walk(run, 0);
  return found;
}

function trim(nodes: ElementContent[]): ElementContent[] {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first?.type === 'text') first.value = first.value.trimStart();
  if (last?.type === 'text') last.value = last.value.trimEnd();
  return nodes;
}
