/**
 * Footnotes on a page. A short one (a paragraph) stands beside its mark: in the margin where there is one, in a
 * sheet (a native popover) where there is none. One with blocks in it cannot stand inside a paragraph: its mark
 * is a link to the list at the end. Feeds and reader modes get links and the list.
 */

import type { Footnote, Fragment } from '../model.ts';
import { words } from '../words.ts';
import { escapeHtml } from './escape.ts';
import type { PrintContext } from './print.ts';

const OPEN = '<p>';
const CLOSE = '</p>';
const BLOCK = /<(?:p|ul|ol|dl|pre|figure|div|table|blockquote|details|aside|section|hr|h[1-6])\b/;

/** Whether a footnote can stand inside a paragraph, beside its mark. */
export function standsBeside({ body }: Footnote): boolean {
  const first = body[0];
  const last = body.at(-1);
  if (typeof first !== 'string' || typeof last !== 'string') return false;
  if (!first.trimStart().startsWith(OPEN) || !last.trimEnd().endsWith(CLOSE)) return false;
  if (body.some((f) => typeof f === 'object' && 'footnote' in f)) return false;
  const html = body.map((f) => (typeof f === 'string' ? f : '')).join('');
  return !BLOCK.test(html.trimStart().slice(OPEN.length));
}

/** @returns a note's footnotes by number, as a {@link PrintContext} has them */
export function byNumber(footnotes: Footnote[]): Map<number, Footnote> {
  return new Map(footnotes.map((f) => [f.number, f]));
}

/** The content of such a footnote without its paragraph's tags. */
function phrase(body: Fragment[]): Fragment[] {
  const out = [...body];
  out[0] = (out[0] as string).trimStart().slice(OPEN.length);
  out[out.length - 1] = (out.at(-1) as string).trimEnd().slice(0, -CLOSE.length);
  return out;
}

/**
 * The mark of a footnote, with the note beside it at its first use.
 *
 * @param mark which footnote, and which use of it this is
 * @param print prints the footnote's own content
 * @returns HTML; nothing where the place shows no footnotes (excerpts)
 */
export function footnoteMark(
  { footnote: number, use }: { footnote: number; use: number },
  context: PrintContext,
  print: (body: Fragment[]) => string,
): string {
  const footnote = context.footnotes?.get(number);
  if (!footnote) return '';
  const prefix = escapeHtml(context.idPrefix ?? '');
  const id = `${prefix}${use === 1 ? `fnref-${number}` : `fnref-${number}-${use}`}`;
  const target = `${prefix}fn-${number}`;
  if (context.feed || !standsBeside(footnote))
    return `<sup class="fnref"><a id="${id}" href="#${target}">${number}</a></sup>`;
  const label = escapeHtml(words(context.lang).footnote(number));
  const mark = `<sup class="fnref beside" id="${id}" data-number="${number}"><button type="button" popovertarget="${target}" aria-label="${label}">${number}</button></sup>`;
  if (use > 1) return mark;
  return `${mark}<span class="sidenote" id="${target}" popover role="note"><span class="number" aria-hidden="true">${number}</span> ${print(phrase(footnote.body))}</span>`;
}
