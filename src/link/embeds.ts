/**
 * What each page embeds, and what that embeds in turn: a tree, cut where it would not end. Known here, before any
 * body is loaded, so that the page and the messages agree.
 */

import { embedCycle, embedTooMany } from '../diagnostics/messages.ts';
import type { Diagnostic, Embed, NoteIndex, Slice, Target } from '../model.ts';
import type { NotePath } from '../paths.ts';
import type { Addressed } from './addresses.ts';

/** More than this on one page are cut: a dozen notes that embed each other twice would make thousands. */
const MOST = 100;

type Position = NoteIndex['embeds'][number];
interface Step {
  index: NoteIndex;
  position: Position;
}

/**
 * @param notes in the order in which cycles are to be reported
 * @param targets what the references of each note lead to
 * @returns the embeds of each note that has any; those left out are printed as links
 */
export function embedTrees(
  notes: Addressed[],
  targets: Map<NotePath, Target[]>,
): { trees: Map<NotePath, Embed[]>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const indexes = new Map(notes.map((n) => [n.index.path, n.index]));
  const reported = new Set<string>();
  const trees = new Map<NotePath, Embed[]>();

  for (const { index: page } of notes) {
    if (page.embeds.length === 0) continue;
    let count = 0;
    let full = false;
    const expand = (index: NoteIndex, slice: Slice, chain: Step[]): Embed[] => {
      const out: Embed[] = [];
      for (const position of index.embeds) {
        if (!contains(index, slice, position)) continue;
        const piece = pieceOf(index, position, targets.get(index.path)!);
        const inner = piece && indexes.get(piece.path);
        if (!piece || !inner) continue;
        const steps = [...chain, { index, position }];
        const again = steps.findIndex(
          (s) => s.index.path === piece.path && contains(inner, piece.slice, s.position),
        );
        if (again !== -1) {
          cycle(steps.slice(again), piece.path);
          continue;
        }
        if (++count > MOST) {
          if (!full) diagnostics.push(embedTooMany(placeOf(page, position, index), MOST));
          full = true;
          continue;
        }
        out.push({ ref: position.ref, ...piece, children: expand(inner, piece.slice, steps) });
      }
      return out;
    };
    trees.set(page.path, expand(page, { kind: 'note' }, []));
  }

  /** Reports a cycle once, from wherever it is met first. */
  function cycle(steps: Step[], path: NotePath): void {
    const key = steps
      .map((s) => `${s.index.path} ${s.position.ref}`)
      .sort()
      .join('\n');
    if (reported.has(key)) return;
    reported.add(key);
    const { index, position } = steps.at(-1)!;
    const chain = [...steps.map((s) => s.index.path), path].map((p) => `posts/${p}`);
    diagnostics.push(embedCycle({ file: `posts/${index.path}`, ...index.refs[position.ref]!.place }, chain));
  }

  return { trees, diagnostics };
}

/** The page's own embed when that is the one too many, else only the page. */
function placeOf(page: NoteIndex, position: Position, index: NoteIndex) {
  return { file: `posts/${page.path}`, ...(index === page && page.refs[position.ref]!.place) };
}

/** Which piece of which note an embed shows; nothing when its target is no note, or has no such part. */
function pieceOf(
  index: NoteIndex,
  { ref }: Position,
  targets: Target[],
): { path: NotePath; slice: Slice } | undefined {
  const target = targets[ref]!;
  if (target.kind !== 'note' && target.kind !== 'label') return undefined;
  const { path, fragment: id } = target;
  const part = (target.kind === 'note' ? target.part : undefined) ?? index.refs[ref]!.fragment;
  if (part === '') return { path, slice: { kind: 'note' } };
  if (id === '') return undefined;
  const section = target.kind === 'label' ? target.label === 'section' : !id.startsWith('^');
  return { path, slice: section ? { kind: 'section', id } : { kind: 'block', id } };
}

/** Whether a place in a note lies in a piece of it. */
function contains(index: NoteIndex, slice: Slice, { heading, blocks }: Position): boolean {
  if (slice.kind === 'note') return true;
  if (slice.kind === 'block') return blocks.includes(slice.id);
  const first = index.headings.findIndex((h) => h.id === slice.id);
  return first !== -1 && heading >= first && heading < sectionEnd(index.headings, first);
}

/** The heading before which the section of heading number `first` ends. */
function sectionEnd(headings: { depth: number }[], first: number): number {
  const next = headings.findIndex((h, i) => i > first && h.depth <= headings[first]!.depth);
  return next === -1 ? headings.length : next;
}
