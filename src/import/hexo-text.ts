/** Hexo's habits in texts, undone once, here and only here: backslashes doubled for its renderer, and its tags. */

import { hexoToMarkdown, lineEndsOf, partsOf } from '../compile/hexo-markdown.ts';
import { applied } from '../edits.ts';
import { mapProse } from './text.ts';

/** MathJax's own delimiters as Hexo wants them: its renderer eats one backslash. */
const BRACKETS = /\\\\\(((?:(?!\n[ \t]*\n)[\s\S])+?)\\\\\)|\\\\\[((?:(?!\n[ \t]*\n)[\s\S])+?)\\\\\]/g;

/**
 * Formulas were written for a renderer that ate one backslash: `\_`, `\*`, `\\{`, `\\\\`, `\\( … \\)`.
 *
 * @returns the text, and how many formulas were changed
 */
export function undoMath(text: string): { text: string; count: number } {
  if (!/[\\&]/.test(text)) return { text, count: 0 };
  const parts = partsOf(text);
  const isIn = (at: number) => parts.some(({ from, to }) => from <= at && at < to);
  const brackets = [...text.matchAll(BRACKETS)].flatMap(({ 0: all, 1: inline, 2: display, index: from }) => {
    const to = from + all.length;
    if (isIn(from) || isIn(to - 1)) return [];
    if (parts.some((p) => p.kind === 'code' && from < p.from && p.to < to)) return [];
    const tex = undo((inline ?? display)!, true);
    // What could also be words in brackets stands between dollars.
    const [dollars, open, close] = inline === undefined ? ['$$', '\\[', '\\]'] : ['$', '\\(', '\\)'];
    const by = /[\\^_={}<>]/.test(tex) ? `${open}${tex}${close}` : `${dollars}${tex.trim()}${dollars}`;
    return [{ from, to, by }];
  });
  const formulas = parts.flatMap(({ kind, from, to }) => {
    if (kind !== 'math' || brackets.some((b) => b.from < from && to < b.to)) return [];
    const by = undo(text.slice(from, to));
    return by === text.slice(from, to) ? [] : [{ from, to, by }];
  });
  const edits = [...brackets, ...formulas].sort((x, y) => x.from - y.from);
  return { text: applied(text, edits), count: edits.length };
}

/** What stands in these is text, in which `_` is written `\_`. */
const TEXT = /(\\(?:text[a-z]*|[mhf]box|mathrm|operatorname|tag)\*?\s*\{[^{}]*\})/;

/** @param all whether backslashes are doubled for certain; else a formula must show it */
function undo(tex: string, all = false): string {
  // `\\\\` ends a row and `\\{` is a brace only where the author doubled backslashes at all.
  const doubled = all || /\\\\\\\\|\\\\[{}|,;!#]|[\w})]\\\\[%_]/.test(tex);
  return tex
    .split(TEXT)
    .map((part, i) => {
      if (i % 2 === 1) return part;
      return part
        .replace(
          /\\\\\\\\|\\\\([{}|,;!#])|(?<=[\w})])\\\\([%_])|(?<!\\)\\([_*])/g,
          (found, sign = '', after = '', single = '') => {
            if (single) return single;
            if (!doubled) return found;
            return sign || after ? `\\${sign}${after}` : '\\\\';
          },
        )
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&');
    })
    .join('');
}

/**
 * Writes `/` in the relative paths of links and pictures where the author wrote `\`, as Windows does.
 *
 * @returns the text, and how many paths were changed
 */
export function undoBackslashes(text: string): { text: string; count: number } {
  let count = 0;
  if (!text.includes('](') || !/\\|%5C/i.test(text)) return { text, count };
  const undone = mapProse(text, (part) =>
    part.replace(/(\]\()(?![\\/#]|[a-z][a-z\d+.-]*:)([^)\s]+)/gi, (all, lead: string, path: string) => {
      // Before other punctuation a backslash is Markdown's: `a\_b.png` is `a_b.png`.
      const plain = path.replace(/\\(?=\.{1,2}(?:[\\/]|$)|[^\s!-/:-@[-`{-~])|%5C/gi, '/');
      if (plain === path) return all;
      count++;
      return lead + plain;
    }),
  );
  return { text: undone, count };
}

/**
 * Changes the addresses of links and pictures: in Markdown, in HTML, and those of covers.
 *
 * @param text a whole note
 * @param change gives what stands in the place of an address, or nothing when it stays
 * @returns the text, and how many addresses were changed
 */
export function mapAddresses(
  text: string,
  change: (address: string) => string | undefined,
): { text: string; count: number } {
  let count = 0;
  const changed = (all: string, before: string, address: string) => {
    const now = change(address);
    if (now === undefined || now === address) return all;
    count++;
    return before + now;
  };
  const [front = ''] = /^---\n[\s\S]*?\n---\n/.exec(text) ?? [];
  const head = front.replace(/^((?:cover|image): *["']?)([^\s"']+)/gm, changed);
  const body = mapProse(text.slice(front.length), (part) =>
    part.replace(
      /(\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?|\b(?:src|href|poster)\s*=\s*["']?)([^\s)<>"']+)/gim,
      changed,
    ),
  );
  return { text: head + body, count };
}

/**
 * Keeps the lines of paragraphs, which Hexo shows as they are: two blanks at the end of a line are a break everywhere.
 *
 * @returns the text, and how many line ends were kept
 */
export function keepBreaks(text: string): { text: string; count: number } {
  if (!/\S[ \t]*\n[ \t>]*\S/.test(text)) return { text, count: 0 };
  const edits = lineEndsOf(text).map((to) => {
    const from = text.slice(0, to).trimEnd().length;
    return { from, to, by: '  ' };
  });
  return { text: applied(text, edits), count: edits.length };
}

/**
 * Turns Hexo's tags into Markdown.
 *
 * @param beside path of a file of the post's asset folder, from the note
 * @param find path of the note that a name means, from this note; nothing when there is none
 * @returns the text, what was changed, what is left as it is, and what links name that `find` does not find
 */
export function undoTags(
  text: string,
  beside: (file: string) => string,
  find: (name: string) => string | undefined,
): { text: string; changes: string[]; left: string[]; dead: string[] } {
  const { used, ...done } = hexoToMarkdown(text, beside, find);
  return { ...done, changes: [...used].map(([tag, n]) => `${n} × {% ${tag} %} turned into Markdown`) };
}
