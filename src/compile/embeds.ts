/**
 * Embeds of notes. One that stands alone on its line leaves its paragraph, since what it brings are blocks; one
 * inside a sentence stays there and is printed as a link. Where each stands is kept for link, which must know
 * what an embedded piece embeds in turn.
 */

import type { Paragraph, PhrasingContent, Root } from 'mdast';
import type { Plugin } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { mediaKind } from '../media.ts';
import type { NoteIndex, Ref, Section } from '../model.ts';
import { parseWikilink, type Wikilink } from './wikilink.ts';

/** Other files than pictures, sounds and videos, which are shown in their line too, as links. */
const FILE = /\.(?:pdf|canvas|base|excalidraw)$/i;

export const remarkEmbeds: Plugin<[], Root> = () => (tree) => {
  visit(tree, 'paragraph', (node, index, parent) => {
    if (!parent || index === undefined) return;
    const parts = split(node);
    if (parts.length === 1 && parts[0] === node) return;
    parent.children.splice(index, 1, ...(parts as never[]));
    return [SKIP, index + parts.length];
  });
};

/** A paragraph cut at the embeds that have a line for themselves. */
function split(paragraph: Paragraph): (Paragraph | Wikilink)[] {
  const { children } = paragraph;
  const alone = children.filter(
    (c, i) => isNote(c) && breaks(children[i - 1], 'end') && breaks(children[i + 1], 'start'),
  );
  if (alone.length === 0) return [paragraph];
  const out: (Paragraph | Wikilink)[] = [];
  let run: PhrasingContent[] = [];
  const flush = () => {
    const kept = trim(run);
    if (kept.length > 0) out.push({ ...paragraph, children: kept });
    run = [];
  };
  for (const child of children) {
    if (alone.includes(child)) {
      flush();
      out.push(Object.assign(child as Wikilink, { block: true as const }));
    } else run.push(child);
  }
  flush();
  return out;
}

function isNote(node: PhrasingContent): boolean {
  if (node.type !== 'wikilink' || !node.embed) return false;
  const { target } = parseWikilink(node.value);
  return !FILE.test(target) && !mediaKind(target);
}

function breaks(node: PhrasingContent | undefined, side: 'start' | 'end'): boolean {
  if (!node || node.type === 'break') return true;
  if (node.type !== 'text') return false;
  return (side === 'end' ? /(?:^|\n)[ \t]*$/ : /^[ \t]*(?:\n|$)/).test(node.value);
}

/** Without the line breaks that separated it from an embed. */
function trim(run: PhrasingContent[]): PhrasingContent[] {
  const first = run[0];
  if (first?.type === 'text') first.value = first.value.trimStart();
  const last = run.at(-1);
  if (last?.type === 'text') last.value = last.value.trimEnd();
  return run.filter(
    (c, i) =>
      !(c.type === 'text' && c.value === '') && !(c.type === 'break' && (i === 0 || i === run.length - 1)),
  );
}

/** Where the embeds of a note stand: after which heading, and in which named blocks. */
export function embedsOf(sections: Section[], refs: Ref[]): NoteIndex['embeds'] {
  const out: NoteIndex['embeds'] = [];
  let heading = -1;
  for (const section of sections) {
    if (section.heading) heading++;
    const open: string[] = [];
    for (const f of section.body) {
      if (typeof f === 'string') continue;
      if ('block' in f) open.push(f.block);
      else if ('end' in f) open.splice(open.lastIndexOf(f.end), 1);
      else if ('ref' in f && refs[f.ref]!.block) out.push({ ref: f.ref, heading, blocks: [...open] });
    }
  }
  return out;
}
