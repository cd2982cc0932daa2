/**
 * Formulas in the author's tree: display mathematics leaves the paragraph it was written in, `\\label` numbers
 * an equation, and every formula becomes a placeholder that `katex.ts` prints after sanitising.
 */

import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import type { Plugin } from 'unified';
import type { Position } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { labelDuplicate, mathUnclosed } from '../diagnostics/messages.ts';
import type { Label } from '../model.ts';
import { idFor } from '../paths.ts';
import { words } from '../words.ts';
import { atOf, element, mark, type NoteContext, noteOf, placeOf } from './context.ts';
import { numberEquations } from './equations.ts';
import { textOfTex } from './katex.ts';
import { reportStray } from './stray-math.ts';

export const remarkMathematics: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'paragraph', (node, index, parent) => {
    if (!parent || index === undefined) return;
    reportStray(note, node, parent.children, index);
    if (!node.children.some((c) => c.type === 'inlineMath' && c.display)) return;
    const parts = cutAtDisplay(node.children);
    parent.children.splice(index, 1, ...(parts as never[]));
    return [SKIP, index + parts.length];
  });
  if (note.dialects.includes('hexo')) visit(tree, ['math', 'inlineMath'], unescapeHexo);
  let equations = 0;
  visit(tree, (node) => {
    if (node.type === 'math') display(note, node, () => String(++equations));
    // GitHub's display formulas.
    else if (node.type === 'code' && node.lang === 'math' && node.value.trim() !== '') {
      const math = Object.assign(node as Nodes, { type: 'math', value: node.value.trim() });
      display(note, math as MathNode, () => String(++equations));
    } else if (node.type === 'inlineMath') inline(note, node);
  });
};

/** Hexo's Markdown reads formulas as text, so its authors escape in them what Markdown would take. */
function unescapeHexo(node: Nodes): void {
  if (node.type !== 'math' && node.type !== 'inlineMath') return;
  node.value = node.value
    .replace(/(?<!\\)\\([*[\]])/g, '$1')
    .replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name]!);
}

/** A paragraph with display formulas in it is several paragraphs with formulas between them. */
function cutAtDisplay(children: PhrasingContent[]): RootContent[] {
  const out: RootContent[] = [];
  let run: PhrasingContent[] = [];
  const flush = () => {
    const first = run[0];
    if (first?.type === 'text') first.value = first.value.trimStart();
    const last = run.at(-1);
    if (last?.type === 'text') last.value = last.value.trimEnd();
    const kept = run.filter((c) => c.type !== 'break' && !(c.type === 'text' && c.value === ''));
    if (kept.length > 0) {
      // A bare address that was found late has no place (mdast-util-gfm-autolink-literal).
      const placed = run.flatMap((c) => c.position ?? []);
      const position = placed[0] && { start: placed[0].start, end: placed.at(-1)!.end };
      out.push({ type: 'paragraph', children: run, ...(position && { position }) });
    }
    run = [];
  };
  for (const child of children) {
    if (child.type === 'inlineMath' && child.display) {
      flush();
      out.push({ type: 'math', value: child.value, position: child.position } as MathNode);
      continue;
    }
    const formula = out.at(-1);
    if (run.length === 0 && child.type === 'text' && formula?.type === 'math') {
      // Punctuation that ends the sentence belongs to the formula, as in print.
      const mark = /^[，。；、,.;](?=\s|$)|^[，。；、]/.exec(child.value)?.[0];
      if (mark && !/\\end\{[^}]*\}\s*$|\\tag|\\label/.test(formula.value)) {
        formula.value += mark.charCodeAt(0) > 127 ? `\\text{${mark}}` : mark;
        child.value = child.value.slice(mark.length);
      }
    }
    run.push(child);
  }
  flush();
  return out;
}

function display(note: NoteContext, node: MathNode, next: () => string): void {
  const { position, value: written } = node;
  if (node.unclosed) {
    const at = atOf(note, position && { ...position, end: position.start });
    note.diagnostics.push(mathUnclosed({ ...at, length: 2 }, '$$', '$$', true));
  }
  const { tex, labels, origin } = numberEquations(written, next);
  // All labels of one block lead to it; a name that stands elsewhere already gives no id.
  const taken = new Set(note.labels.map((l) => l.name));
  const first = labels.find((l) => !taken.has(l.name))?.name;
  const id = first === undefined ? undefined : idFor(first);
  const numbers = new Set<string>();
  for (const { name, number: tag } of labels) {
    // A tag may hold formulas and commands; a link's text cannot.
    const plain = tag.replace(/\$([^$]*)\$/g, (_, inner: string) => textOfTex(note, inner));
    const number = plain.includes('\\') ? textOfTex(note, `\\text{${tag}}`) : plain;
    addLabel(note, { name, kind: 'equation', number, ...(id !== undefined && { id }) }, position);
    numbers.add(`(${number})`);
  }
  const w = words(note.lang);
  node.data = mark(note, () => [
    element(
      'div',
      {
        className: ['equation'],
        ...(id !== undefined && { id }),
        tabIndex: 0,
        role: 'group',
        ariaLabel: w.scrollable([w.labels.equation, ...numbers].join(' ')),
      },
      [element('span', {}, [], { tex: { tex, written, origin, display: true, position } })],
    ),
  ]) as never;
}

function inline(note: NoteContext, node: InlineMath): void {
  const { position, value: tex } = node;
  node.data = mark(note, () => [
    element('span', {}, [], {
      tex: { tex, written: tex, origin: (offset) => offset, display: false, position },
    }),
  ]) as never;
}

/**
 * Adds a label; a second one of the same name is reported and dropped.
 *
 * @param label its `id` is where it leads to; without one, to the element that its name gives the id
 * @returns the label's id, if it may stand on the page: an id stands there once
 */
export function addLabel(
  note: NoteContext,
  { id, ...label }: Omit<Label, 'place' | 'id'> & { id?: string },
  position: Position | undefined,
): string | undefined {
  if (note.labels.some((l) => l.name === label.name)) {
    note.diagnostics.push(labelDuplicate(atOf(note, position), label.name));
    return undefined;
  }
  const target = id ?? idFor(label.name);
  note.labels.push({ ...label, id: target, place: placeOf(note, position) });
  return target;
}
