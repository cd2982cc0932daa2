/**
 * Code blocks, highlighted by Shiki at build time. Colours are classes, one letter each, so that one markup
 * serves light and dark.
 *
 * After the language: `title="focal.py"`, `{1,3-5}` for highlighted lines, `linenos` for line numbers,
 * `diff` when lines begin with `+` and `-`.
 */

import type { Element, ElementContent, Root } from 'hast';
import type { Code, Root as MdastRoot } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import { codeLanguage, codeLines, codeTooLong } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { CodeLines } from '../drawings.ts';
import type { Diagnostic } from '../model.ts';
import { MAX_LINE } from './colour.ts';
import { atOf, element, mark, noteOf } from './context.ts';
import { languageOf, languages } from './languages.ts';

const MAX_BLOCK = 5_000;

/** mdast: a code block becomes a placeholder. */
export const remarkCode: Plugin<[], MdastRoot> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'code', (node: Code) => {
    const { value, position } = node;
    const language = /^[\p{L}\p{N}+#._-]{1,40}$/u.test(node.lang ?? '') ? node.lang! : '';
    const build = mark(note, () => [
      element('pre', {}, [], { code: { value, language, meta: node.meta ?? '', position } }),
    ]);
    // As an ordinary container: for `code`, remark-rehype would put a `pre` around the placeholder.
    Object.assign(node, { type: 'blockquote', children: [], data: build });
  });
};

/** hast: highlights every code block. */
export const rehypeCode: Plugin<[], Root> = () => async (tree, file) => {
  const note = noteOf(file);
  const blocks: { node: Element; parent: Element | Root }[] = [];
  visit(tree, 'element', (node, _index, parent) => {
    if (node.data?.code && parent) blocks.push({ node, parent: parent as Element | Root });
  });
  for (const { node, parent } of blocks) {
    const { value, language: given, meta, position } = node.data!.code!;
    const language = languageOf(given);
    if (language === undefined && given !== '') {
      note.diagnostics.push(
        codeLanguage(atOf(note, position), given, suggest(given, Object.keys(languages))),
      );
    }
    const { title, marks, numbered, diff } = parseMeta(meta);
    const lines = value.split('\n');
    const highlighted = marks
      ? linesOf(marks, lines.length, atOf(note, position), note.diagnostics)
      : undefined;
    if (language !== undefined && language !== 'text') guard(lines, atOf(note, position), note.diagnostics);
    // The signs of a diff stand before the language's own text.
    const signs = diff ? lines.map((line) => /^[-+ ]/.exec(line)?.[0] ?? '') : [];
    const text = diff ? lines.map((line, i) => line.slice(signs[i]!.length)).join('\n') : value;
    const coloured: CodeLines =
      language !== undefined && language !== 'text' && lines.length <= MAX_BLOCK
        ? await note.colour(given, text)
        : text.split('\n').map((line) => (line === '' ? [] : [['', line]]));
    const children: ElementContent[] = [];
    coloured.forEach((line, i) => {
      if (i > 0) children.push({ type: 'text', value: '\n' });
      const className = [
        'line',
        ...(highlighted?.has(i + 1) ? ['highlighted'] : []),
        // The style sheet shows the sign beside the line, so that copying takes only code.
        ...(signs[i] === '+' ? ['diff'] : signs[i] === '-' ? ['diff', 'remove'] : []),
      ];
      children.push(element(highlighted?.has(i + 1) ? 'mark' : 'span', { className }, lineOf(line)));
    });
    const pre = element(
      'pre',
      {
        tabIndex: 0,
        ...(given !== '' && { dataLanguage: given }),
        ...(numbered && { className: ['line-numbers'] }),
      },
      [element('code', {}, children)],
    );
    const caption = title === '' ? [] : [element('figcaption', {}, [{ type: 'text', value: title }])];
    const figure = element('figure', { className: ['code'] }, [...caption, pre]);
    parent.children[parent.children.indexOf(node)] = figure;
  }
};

/** Says which blocks are too large to be coloured: their cost grows faster than they do. */
function guard(lines: string[], at: At, diagnostics: Diagnostic[]): void {
  if (lines.length > MAX_BLOCK) diagnostics.push(codeTooLong(at, `${lines.length} lines`, MAX_BLOCK));
  const long = lines.findIndex((line) => line.length > MAX_LINE);
  if (long === -1) return;
  const place = { ...at, line: (at.line ?? 1) + 1 + long, column: 1, length: 1 };
  diagnostics.push(codeTooLong(place, `a line of ${lines[long]!.length} characters`, MAX_LINE));
}

/** One line of coloured code. */
function lineOf(pieces: CodeLines[number]): ElementContent[] {
  return pieces.map(([name, value]): ElementContent => {
    const text: ElementContent = { type: 'text', value };
    return name ? element('span', { className: [name] }, [text]) : text;
  });
}

/** What stands after the language. Unknown words are left alone: other tools have their own. */
function parseMeta(meta: string) {
  const title = /(?:^|\s)title=(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(meta);
  return {
    title: title?.[1] ?? title?.[2] ?? title?.[3] ?? '',
    /** What the braces hold: `1,3-5`. */
    marks: /(?:^|\s)\{([\d,\s-]+)\}/.exec(meta)?.[1],
    /** The lines begin with `+`, `-` or a blank. */
    diff: /(?:^|\s)diff(?:\s|$)/.test(meta),
    numbered: /(?:^|\s)(?:linenos|showLineNumbers|line-numbers)(?:\s|=|$)/.test(meta),
  };
}

/** The lines to mark; a range that names none of the block's lines is reported where it stands. */
function linesOf(marks: string, lines: number, at: At, diagnostics: Diagnostic[]): Set<number> {
  const out = new Set<number>();
  const info = at.text?.split('\n', at.line)[(at.line ?? 1) - 1] ?? '';
  // Hexo and Hugo write them otherwise: then the message points at the tag.
  const braces = info.indexOf(`{${marks}}`);
  let offset = braces + 1;
  for (const range of marks.split(',')) {
    const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(range) ?? [];
    const last = Math.min(Number(to), lines);
    if (from === undefined || Number(from) === 0 || Number(from) > last || Number(to) > lines) {
      const column = offset + 1 + (range.length - range.trimStart().length);
      const place = braces === -1 ? at : { ...at, column, length: Math.max(1, range.trim().length) };
      diagnostics.push(codeLines(place, range.trim(), lines));
    }
    for (let n = Math.max(1, Number(from)); n <= last; n++) out.add(n);
    offset += range.length + 1;
  }
  return out;
}
