/** Hexo's habits in texts, undone once, here and only here: backslashes doubled for its renderer, and its tags. */

import { type HexoPicture, hexoPicture } from '../hexo-picture.ts';
import { table } from '../table.ts';
import { mapParts, protect } from './text.ts';

/**
 * Formulas were written for a renderer that ate one backslash: `\_`, `\*`, `\\{`, `\\\\`.
 *
 * @returns the text, and how many formulas were changed
 */
export function undoMath(text: string): { text: string; count: number } {
  let count = 0;
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

const CALLOUTS: Record<string, string> = table({
  default: 'note',
  primary: 'note',
  info: 'info',
  success: 'success',
  warning: 'warning',
  danger: 'danger',
  simple: 'note',
  modern: 'note',
  flat: 'note',
});

/**
 * Turns Hexo's tags into Markdown.
 *
 * @param folder the post's asset folder
 * @param names posts by path below `source/`, for `post_link`
 * @returns the text, what was changed, and what is left as it is
 */
export function undoTags(
  text: string,
  folder: string,
  names: Set<string>,
): { text: string; changes: string[]; unknown: string[] } {
  const used = new Map<string, number>();
  const unknown: string[] = [];
  const note = (tag: string) => used.set(tag, (used.get(tag) ?? 0) + 1);
  let restore = (part: string) => part;
  const known = (slug: string) => [...names].some((n) => n.endsWith(`/${slug}`) || n === slug);

  const prose = (part: string): string =>
    part
      .replace(/\{%\s*raw\s*%\}\n?([\s\S]*?)\n?\{%\s*endraw\s*%\}/g, (_, inner: string) => {
        note('raw');
        return inner;
      })
      .replace(/\{%\s*asset_img\s+([\s\S]*?)%\}/g, (_, args: string) => {
        note('asset_img');
        const { file, width, title, alt } = pictureOf(args);
        const path = encodeURI(`${folder}/${file}`);
        return `![${alt}](${path}${title ? ` "${title.replace(/"/g, '”')}"` : ''})${width ? `{width=${width}}` : ''}`;
      })
      .replace(/\{%\s*asset_(?:link|path)\s+(\S+)\s*([\s\S]*?)%\}/g, (_, file: string, title: string) => {
        note('asset_link');
        return `[${title.trim().replace(/^["']|["']$/g, '') || file}](${encodeURI(`${folder}/${file}`)})`;
      })
      .replace(/\{%\s*post_(?:link|path)\s+(\S+)\s*([\s\S]*?)%\}/g, (_, slug: string, title: string) => {
        note('post_link');
        if (!known(slug)) unknown.push(`{% post_link ${slug} %} names no post`);
        const label = title
          .trim()
          .replace(/\s+(?:true|false)$/, '')
          .replace(/^["']|["']$/g, '');
        return `[[${slug}${label ? `|${label}` : ''}]]`;
      })
      .replace(/\{%\s*img\s+([\s\S]*?)%\}/g, (_, args: string) => {
        note('img');
        const { file, title, alt } = pictureOf(args);
        return `![${alt}](${encodeURI(file)}${title !== alt ? ` "${title.replace(/"/g, '”')}"` : ''})`;
      })
      .replace(
        /\{%\s*note\s*([\s\S]*?)%\}\n?([\s\S]*?)\n?\{%\s*endnote\s*%\}/g,
        (_, args: string, inner: string) => {
          note('note');
          const [kind = 'default', ...title] = split(args).filter(
            (w) => !/^(?:no-icon|simple|modern|flat)$/.test(w),
          );
          const head = `> [!${CALLOUTS[kind] ?? 'note'}]${title.length > 0 ? ` ${title.join(' ').replace(/["']/g, '')}` : ''}`;
          return `${head}\n${restore(inner)
            .split('\n')
            .map((l) => `> ${l}`.trimEnd())
            .join('\n')}`;
        },
      )
      .replace(
        /\{%\s*(?:blockquote|quote)\s*([\s\S]*?)%\}\n?([\s\S]*?)\n?\{%\s*end(?:block)?quote\s*%\}/g,
        (_, source: string, inner: string) => {
          note('quote');
          const lines = restore(inner)
            .split('\n')
            .map((l) => `> ${l}`.trimEnd());
          return [...lines, ...(source.trim() ? ['>', `> — ${source.trim()}`] : [])].join('\n');
        },
      )
      .replace(/\{%\s*(?:youtube|vimeo)\s+(\S+?)\s*%\}/g, (all, id: string) => {
        note('video');
        return all.includes('vimeo')
          ? `<https://vimeo.com/${id}>`
          : `<https://www.youtube.com/watch?v=${id}>`;
      });

  // Code blocks first: what stands in them is code, not tags.
  const fenced = text.replace(
    /\{%\s*(?:codeblock|code)\s*([\s\S]*?)%\}\n?([\s\S]*?)\n?\{%\s*end(?:codeblock|code)\s*%\}/g,
    (_, args: string, inner: string) => {
      note('codeblock');
      const language = /(?:^|\s)lang:(\S+)/.exec(args)?.[1] ?? '';
      const title = args
        .replace(/(?:^|\s)(?:lang|line_number|highlight|first_line|mark|wrap):\S+/g, '')
        .replace(/https?:\/\/\S+/, '')
        .trim();
      const fence = '`'.repeat(Math.max(3, ...[...inner.matchAll(/`{3,}/g)].map((m) => m[0].length + 1)));
      return `${fence}${language}${title ? ` title="${title.replace(/"/g, '”')}"` : ''}\n${inner}\n${fence}`;
    },
  );
  const kept = protect(fenced);
  restore = kept.restore;
  const out = restore(prose(kept.text));
  mapParts(out, {
    prose(part) {
      for (const m of part.matchAll(/\{%\s*(\w+)[\s\S]*?%\}/g))
        unknown.push(`{% ${m[1]} %} is no tag that Postil knows; it stays as text`);
      return part;
    },
  });
  const changes = [...used].map(([tag, n]) => `${n} × {% ${tag} %} turned into Markdown`);
  return { text: out, changes, unknown: [...new Set(unknown)] };
}

/** The arguments of a picture; its first word is a file whatever it looks like. */
function pictureOf(args: string): HexoPicture {
  return hexoPicture(args) ?? { file: split(args)[0] ?? '', title: '', alt: '' };
}

/** Words of a tag, quoted ones whole. */
function split(args: string): string[] {
  return args.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
}
