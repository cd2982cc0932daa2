/**
 * Formulas. remark-math finds them; `$$…$$` alone in a paragraph is display mathematics however it is laid
 * out on lines; `\label` numbers an equation; rehype-katex prints it at build time.
 *
 * A printed formula stays a string: rehype-katex would parse KaTeX's HTML back into a tree, three quarters of
 * its cost, so the bundle replaces the parser it calls (`hast-util-from-html-isomorphic`) by `katex-raw.ts`.
 */

import type { Element, ElementContent, Root } from 'hast';
import type { Root as MdastRoot, Paragraph } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import rehypeKatex from 'rehype-katex';
import type { Plugin } from 'unified';
import type { Position } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { At } from '../diagnostics/define.ts';
import {
  labelDuplicate,
  mathInvalid,
  mathTooDeep,
  mathTooLong,
  mathUntrusted,
} from '../diagnostics/messages.ts';
import { words } from '../words.ts';
import { atOf, element, mark, type NoteContext, noteOf } from './context.ts';

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 100;
const LABEL = /\\label\s*\{([^{}]*)\}/g;
const LABEL_NAME = /^[\p{L}\p{N}:_.-]+$/u;
/** Commands that change macros for the formulas after them. */
const DEFINES = /\\(?:gdef|xdef|global)\b/;

/** mdast: `$$…$$` alone in a paragraph is a display formula; every formula becomes a placeholder. */
export const remarkDisplayMath: Plugin<[], MdastRoot> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'paragraph', (node: Paragraph, index, parent) => {
    const only = node.children.filter((c) => !(c.type === 'text' && c.value.trim() === ''));
    const formula = only[0];
    if (only.length !== 1 || formula?.type !== 'inlineMath' || !parent || index === undefined) return;
    const source = note.body.slice(formula.position?.start.offset, formula.position?.end.offset);
    if (!source.startsWith('$$')) return;
    parent.children[index] = {
      type: 'math',
      value: formula.value.trim(),
      position: formula.position,
    } as MathNode;
  });
  let equations = 0;
  visit(tree, (node) => {
    if (node.type === 'math') {
      let tex = node.value;
      const names = [...tex.matchAll(LABEL)].map((m) => m[1]!.trim()).filter((n) => LABEL_NAME.test(n));
      tex = tex.replace(LABEL, '').trimEnd();
      const name = names[0];
      if (name !== undefined) {
        const tag = /\\tag\*?\s*\{([^{}]*)\}/.exec(tex)?.[1];
        const number = tag ?? String(++equations);
        if (tag === undefined) tex += `\\tag{${number}}`;
        addLabel(note, { name, kind: 'equation', number, id: name }, node.position);
      }
      const { position } = node;
      const data = mark(note, () => [
        element(
          'div',
          {
            className: ['equation'],
            ...(name !== undefined && { id: name }),
            tabIndex: 0,
            role: 'group',
            ariaLabel: words(note.lang).scrollable(words(note.lang).labels.equation),
          },
          [element('span', {}, [], { tex: { tex, display: true, label: name, position } })],
        ),
      ]);
      node.data = data as never;
    } else if (node.type === 'inlineMath') {
      const { position, value: tex } = node as InlineMath;
      node.data = mark(note, () => [
        element('span', {}, [], { tex: { tex, display: false, position } }),
      ]) as never;
    }
  });
};

/** Adds a label; a second one of the same name is reported and dropped. */
export function addLabel(
  note: NoteContext,
  label: NoteContext['labels'][number],
  position: Position | undefined,
): void {
  if (note.labels.some((l) => l.name === label.name)) {
    note.diagnostics.push(labelDuplicate(atOf(note, position), label.name));
  } else note.labels.push(label);
}

/** hast: prints every formula that is still TeX. */
export const rehypeMath: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const numbers = new Map<string, number>();
  visit(tree, 'element', (node, index, parent) => {
    const formula = node.data?.tex;
    if (!formula || !parent || index === undefined) return;
    const printed = print(note, formula);
    if (typeof printed === 'string') {
      let n = numbers.get(printed);
      if (n === undefined) {
        n = note.math.length;
        note.math.push(printed);
        numbers.set(printed, n);
      }
      parent.children[index] = { type: 'raw', value: `\0m${n}\0` } as never;
    } else parent.children[index] = printed;
    return SKIP;
  });
};

/** Formulas printed before, in this process: notes of one field share half of theirs. */
const memory = new Map<string, string>();
const MEMORY_LIMIT = 20_000;

function print(
  note: NoteContext,
  { tex, display, position }: NonNullable<NonNullable<Element['data']>['tex']>,
): string | Element {
  const at = () => atOf(note, position);
  if (tex.length > MAX_LENGTH) {
    note.diagnostics.push(mathTooLong(at(), tex.length));
    return failed(tex, 'too long');
  }
  if (braceDepth(tex) > MAX_DEPTH) {
    note.diagnostics.push(mathTooDeep(at()));
    return failed(tex, 'nested too deeply');
  }
  // KaTeX keeps notes of its own among the macros (\df@tag): only a formula that defines gets the note's own object.
  const defines = DEFINES.test(tex);
  if (defines) note.macroKey = undefined;
  const key = note.macroKey === undefined ? undefined : `${display ? 'D' : 'T'}${note.macroKey}${tex}`;
  const known = key === undefined ? undefined : memory.get(key);
  if (known !== undefined) return known;

  const untrusted: string[] = [];
  const code = element('code', { className: [display ? 'math-display' : 'math-inline'] }, [
    { type: 'text', value: tex },
  ]);
  const tree: Root = { type: 'root', children: [code] };
  const file = new VFile();
  quietly(() =>
    rehypeKatex({
      macros: defines ? note.macros : { ...note.macros },
      strict: 'ignore',
      trust: ({ command }) => {
        untrusted.push(command);
        return false;
      },
      maxExpand: 1000,
      maxSize: 50,
    })(tree, file),
  );
  delete note.macros['\\df@tag'];
  for (const command of new Set(untrusted)) note.diagnostics.push(mathUntrusted(at(), command));
  const cause = file.messages[0]?.cause as
    | (Error & { position?: number; length?: number; rawMessage?: string })
    | undefined;
  if (cause) {
    const deep = cause instanceof RangeError;
    const text = cause.rawMessage ?? cause.message;
    note.diagnostics.push(
      deep
        ? mathTooDeep(at())
        : mathInvalid(inFormula(note, tex, position, cause.position, cause.length), text),
    );
    return failed(tex, deep ? 'nested too deeply' : text);
  }
  const raw = tree.children[0] as unknown as { type: string; value: string };
  // Under a stock parser (no alias) this would be an element: the short cut was lost.
  if (raw?.type !== 'raw')
    throw new Error('rehype-katex returned a tree: the katex-raw alias is not in place');
  if (key !== undefined && untrusted.length === 0) {
    if (memory.size >= MEMORY_LIMIT) memory.clear();
    memory.set(key, raw.value);
  }
  return raw.value;
}

function failed(tex: string, why: string): Element {
  return element('code', { className: ['math-error'], title: why }, [
    { type: 'text', value: tex } as ElementContent,
  ]);
}

function braceDepth(tex: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < tex.length; i++) {
    const c = tex[i];
    if (c === '\\') i++;
    else if (c === '{') most = Math.max(most, ++depth);
    else if (c === '}') depth--;
  }
  return most;
}

/**
 * The place of an offset inside a formula, in the file. The formula's lines stand in the source behind
 * whatever indents them (`> `, list indent), so each line is looked up in its source line.
 */
function inFormula(
  note: NoteContext,
  tex: string,
  position: Position | undefined,
  offset = 0,
  length = 1,
): At {
  const whole = atOf(note, position);
  if (!position) return whole;
  const before = tex.slice(0, Math.min(offset, tex.length));
  const row = before.split('\n').length - 1;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  const texLine = (tex.split('\n')[row] ?? '').trimEnd();
  const lines = note.body.split('\n');
  for (
    let line = position.start.line + row;
    line <= Math.min(position.start.line + row + 1, position.end.line);
    line++
  ) {
    const source = lines[line - 1] ?? '';
    const found = source.indexOf(
      texLine.replace(/\\tag\{\d+\}$/, ''),
      line === position.start.line ? position.start.column - 1 : 0,
    );
    if (found !== -1 && texLine !== '') {
      return {
        ...whole,
        line: line + note.bodyLine,
        column: found + column + 1,
        length: Math.max(1, length ?? 1),
      };
    }
  }
  return whole;
}

/** KaTeX says on the console which glyphs it cannot measure: noise for authors, who see the page. */
function quietly(run: () => void): void {
  const { warn } = console;
  console.warn = () => {};
  try {
    run();
  } finally {
    console.warn = warn;
  }
}
