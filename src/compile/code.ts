/**
 * Code blocks, highlighted by Shiki at build time. Colours are classes, one letter each, so that one markup
 * serves light and dark.
 *
 * After the language: `title="focal.py"`, `{1,3-5}` for highlighted lines, `linenos` for line numbers,
 * `diff` when lines begin with `+` and `-`. Other words are left alone, since other tools have their own, but for those
 * that are nearly one of these.
 */

import type { Element, ElementContent, Root } from 'hast';
import type { Code, Root as MdastRoot } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import { codeLanguage, codeLines, codeTooLong, codeWord } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { CodeLines } from '../drawings.ts';
import type { Diagnostic } from '../model.ts';
import { MAX_LINE } from './colour.ts';
import { atOf, element, mark, noteOf } from './context.ts';
import { misspelt, readInfo } from './info-string.ts';
import { languageOf, languages } from './languages.ts';

declare module 'mdast' {
  interface CodeData {
    /** What stands in the caption behind the title. */
    caption?: PhrasingContent[];
  }
}

const MAX_BLOCK = 5_000;

/** mdast: a code block becomes a placeholder. */
export const remarkCode: Plugin<[], MdastRoot> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'code', (node: Code) => {
    const { value, position } = node;
    const language = /^[\p{L}\p{N}+#._-]{1,40}$/u.test(node.lang ?? '') ? node.lang! : '';
    const mended = language === '' ? mendedInfo(`${node.lang ?? ''} ${node.meta ?? ''}`) : undefined;
    if (mended) note.diagnostics.push(codeLanguage(atOf(note, position), node.lang!, [], mended));
    const build = mark(note, (caption) => [
      element('pre', {}, caption, { code: { value, language, meta: node.meta ?? '', position } }),
    ]);
    // As an ordinary container: for `code`, remark-rehype would put a `pre` around the placeholder.
    Object.assign(node, { type: 'blockquote', children: node.data?.caption ?? [], data: build });
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
    const { title, braces, words } = readInfo(meta);
    const numbered = words.some(isNumbered);
    const diff = words.includes('diff');
    const at = atOf(note, position);
    const info = meta === '' ? '' : (at.text?.split('\n', at.line)[(at.line ?? 1) - 1] ?? '');
    for (const word of new Set(words)) {
      const form = word === 'diff' || NUMBERS.test(word) ? undefined : nearly(word);
      if (form) note.diagnostics.push(codeWord(placeOfWord(at, info, word), word, form));
    }
    const lines = value.split('\n');
    const highlighted = new Set<number>();
    for (const word of braces)
      if (MARKS.test(word))
        markLines(highlighted, word, lines.length, at, placeOfWord(at, info, word), note.diagnostics);
    if (language !== undefined && language !== 'text') guard(lines, at, note.diagnostics);
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
        ...(highlighted.has(i + 1) ? ['highlighted'] : []),
        // The style sheet shows the sign beside the line, so that copying takes only code.
        ...(signs[i] === '+' ? ['diff'] : signs[i] === '-' ? ['diff', 'remove'] : []),
      ];
      children.push(element(highlighted.has(i + 1) ? 'mark' : 'span', { className }, lineOf(line)));
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
    const links = node.children.filter((child) => child.type === 'element');
    const said: ElementContent[] =
      title === '' ? links : [{ type: 'text', value: links.length > 0 ? `${title} ` : title }, ...links];
    const caption = said.length === 0 ? [] : [element('figcaption', {}, said)];
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

/** Braces that name lines, rightly or not: other tools have words in theirs. */
const MARKS = /^\{\s*(?:\p{Nd}[^{}]*|[\d,\s-]+)\}$/u;
/** Numbers for the lines, also as other tools have it. */
const NUMBERS = /^(?:linenos|showLineNumbers|line-numbers)(?:=|$)/;
const isNumbered = (word: string) => NUMBERS.test(word) && !/=["'{]?(?:false|no|off|0)\b/.test(word);

const WORDS: ReadonlyMap<string, string> = new Map([
  ['title', 'title="…"'],
  ['linenos', 'linenos'],
  ['showlinenumbers', 'linenos'],
  ['linenumbers', 'linenos'],
  ['diff', 'diff'],
]);

/** How a word is written that is nearly one of ours: braces are, when they name lines and are not closed. */
function nearly(word: string): string | undefined {
  return /^[{｛]\p{Nd}/u.test(word) ? '{1,3-5}' : misspelt(word, WORDS);
}

/**
 * What an info string should be that goes on without a blank behind its language, or without a language: `python{1}`,
 * `python:a.py`, `{1}`.
 */
function mendedInfo(info: string): string | undefined {
  const [, language, sign, rest] = /^([\p{L}\p{N}+#._-]{1,40})([:{])(.*)$/su.exec(info.trim()) ?? [];
  if (sign === '{') return `${language} {${rest}`;
  if (sign === ':') return /[./]/.test(rest!) ? `${language} title="${rest}"` : `${language} ${rest}`;
  return /^(?:\{\p{Nd}|title=)/u.test(info) ? `text ${info.trim()}` : undefined;
}

/** Where a word stands behind the fence; the whole when it is written otherwise, as Hexo and Hugo do. */
function placeOfWord(at: At, info: string, word: string): At {
  const index = info.indexOf(word);
  return index === -1 ? at : { ...at, column: index + 1, length: word.length };
}

/**
 * Marks the lines that braces name; a range that names none of the block's lines is reported where it stands.
 *
 * @param at where the block is
 * @param start where the braces are; the same when that is not known
 */
function markLines(
  out: Set<number>,
  braces: string,
  lines: number,
  at: At,
  start: At,
  diagnostics: Diagnostic[],
): void {
  let offset = 1;
  for (const range of braces.slice(1, -1).split(',')) {
    const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(range) ?? [];
    const last = Math.min(Number(to), lines);
    if (from === undefined || Number(from) === 0 || Number(from) > last || Number(to) > lines) {
      const column = (start.column ?? 1) + offset + (range.length - range.trimStart().length);
      const place = start === at ? at : { ...at, column, length: Math.max(1, range.trim().length) };
      diagnostics.push(codeLines(place, range.trim(), lines));
    }
    for (let n = Math.max(1, Number(from)); n <= last; n++) out.add(n);
    offset += range.length + 1;
  }
}
