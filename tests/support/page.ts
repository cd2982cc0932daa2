/** Finished pages as text that a person can read and a diff can show. */

import { layout } from './readable.ts';

/** A printed formula, which holds its TeX. */
const FORMULA = /<span class="katex(?: katex-text)?" data-tex="([^"]*)">/g;

/** The masthead and the navigation of a page, and where its headings may break: they have tests of their own. */
const FRAME =
  /<wbr>|<header class="masthead">[\s\S]*?<\/header>|<nav\b[\s\S]*?<\/nav>|<button type="button" class="pill"[\s\S]*?<\/button>/g;

/** What stands between `<main>` and `</main>`, without masthead and navigation unless they are asked for: one block a line, each formula as «its TeX». */
export function readablePage(html: string, { masthead = false } = {}): string {
  const main =
    /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1]?.replace(masthead ? /<wbr>/g : FRAME, '') ?? html;
  let out = '';
  let from = 0;
  for (const m of main.matchAll(FORMULA)) {
    if (m.index < from) continue;
    out += `${main.slice(from, m.index)}«${m[1]}»`;
    from = endOfSpan(main, m.index);
  }
  return `${layout(out + main.slice(from))}\n`;
}

/** Where the span that starts at an offset ends. */
function endOfSpan(html: string, start: number): number {
  const TAG = /<(\/?)span\b[^>]*>/g;
  TAG.lastIndex = start;
  let depth = 0;
  for (let m = TAG.exec(html); m; m = TAG.exec(html)) {
    depth += m[1] ? -1 : 1;
    if (depth === 0) return TAG.lastIndex;
  }
  return html.length;
}
