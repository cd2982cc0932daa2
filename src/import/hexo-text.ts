/** Hexo's habits in texts, undone once, here and only here: backslashes doubled for its renderer, and its tags. */

import { hexoToMarkdown } from '../compile/hexo-markdown.ts';
import { mapParts } from './text.ts';

/**
 * Formulas were written for a renderer that ate one backslash: `\_`, `\*`, `\\{`, `\\\\`.
 *
 * @returns the text, and how many formulas were changed
 */
export function undoMath(text: string): { text: string; count: number } {
  let count = 0;
  if (!/[\\&]/.test(text)) return { text, count };
  const undone = mapParts(text, {
    math(tex) {
      const plain = undo(tex);
      if (plain !== tex) count++;
      return plain;
    },
  });
  return { text: undone, count };
}

function undo(tex: string): string {
  const doubled = /\\\\\\\\|\\\\[{}|,;!]/.test(tex);
  return tex
    .split(/(\\(?:text|mathrm|operatorname|tag)\s*\{[^{}]*\})/)
    .map((part, i) => {
      if (i % 2 === 1) return part;
      let out = part;
      // `\\\\` ends a row and `\\{` is a brace only where the author doubled backslashes at all.
      if (doubled)
        out = out
          .replace(/\\\\\\\\/g, '\u0001')
          .replace(/\\\\([{}|,;!])/g, '\\$1')
          .replace(/\u0001/g, '\\\\');
      return out
        .replace(/(?<!\\)\\([_*])/g, '$1')
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
  const undone = mapParts(text, {
    prose: (part) =>
      part.replace(/(\]\()(?![\\/#]|[a-z][a-z\d+.-]*:)([^)\s]+)/gi, (all, lead: string, path: string) => {
        // Before other punctuation a backslash is Markdown's: `a\_b.png` is `a_b.png`.
        const plain = path.replace(/\\(?=\.{1,2}(?:[\\/]|$)|[^\s!-/:-@[-`{-~])|%5C/gi, '/');
        if (plain === path) return all;
        count++;
        return lead + plain;
      }),
  });
  return { text: undone, count };
}

/**
 * Turns Hexo's tags into Markdown.
 *
 * @param folder the post's asset folder, from the note
 * @param find path of the note that a name means, from this note; nothing when there is none
 * @returns the text, what was changed, and what is left as it is
 */
export function undoTags(
  text: string,
  folder: string,
  find: (name: string) => string | undefined,
): { text: string; changes: string[]; unknown: string[] } {
  const done = hexoToMarkdown(text, (file) => `${folder}/${file}`, find);
  const dead = new Set(
    done.targets.filter((target) => (find(target) ?? find(target.replace(/#.*/, ''))) === undefined),
  );
  return {
    text: done.text,
    changes: [...done.used].map(([tag, n]) => `${n} × {% ${tag} %} turned into Markdown`),
    unknown: [...[...dead].map((target) => `{% post_link ${target} %} names no post`), ...done.left],
  };
}
