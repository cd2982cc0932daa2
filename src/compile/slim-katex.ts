/**
 * KaTeX's HTML with a third fewer elements and the same picture, pixel by pixel (tests/browser/formulas.test.ts). A
 * page with a hundred formulas has some ten thousand elements inside them, which a phone lays out one by one; what
 * only props others up can be a pseudo-element, whose measures stand on the element that it props up:
 *
 *     <span class="katex-base"><span class="katex-strut" style="height:1em;"></span>…  →  <span class="katex-base" style="--h:1em">…
 *     <span style="top:-2.5em;"><span class="pstrut" style="height:2.7em;"></span>…   →  <span style="top:-2.5em;--p:2.7em">…
 *     a table's second row, which only has a height, and the sliver before it          →  <span class="vlist-t vlist-t2" style="--d:.2em">
 *     a size around a single piece of text                                            →  the piece itself, with that size
 *     <span class="katex"><span class="katex-mathml"><math …>…</math></span>…          →  <span class="katex" data-tex="x"><math>…</math>…
 *
 * `templates/style/math.css` has the other half. `slim-math.ts` takes the TeX, which is copied and searched for, out of
 * the MathML.
 */

import { slimMath } from './slim-math.ts';

const TWIN = '<span class="katex"><span class="katex-mathml">';
const TWIN_END = '</math></span>';
const STRUT =
  /<span class="katex-base"><span class="katex-strut" style="height:([^;"]+);(?:vertical-align:([^;"]+);)?"><\/span>/g;
const PROP =
  /(<span(?: class="[^"]*")? style="top:[^"]*?);?"><span class="pstrut" style="height:([^;"]+);"><\/span>/g;
const SLIVER = '<span class="vlist-s">\u200b</span>';
const SIZED =
  /<span class="(katex-sizing [^"]*)"><span class="(m(?:ord|bin|rel|punct|op|open|close)[^"]*)"( style="[^"]*")?>([^<]*)<\/span><\/span>/g;

const TAG = /<(\/?)span\b([^>]*)>/g;
const DEPTH =
  /^<span class="vlist-r"><span class="vlist" style="height:([^;"]+);"><span><\/span><\/span><\/span>/;
const TABLE = ' class="vlist-t vlist-t2"';

/**
 * @param html what KaTeX printed
 * @returns the same picture with less markup; what is not of KaTeX's known forms stays as it is
 */
export function slimKatex(html: string): string {
  const start = html.indexOf(TWIN);
  const end = html.indexOf(TWIN_END, start);
  const twin = start === -1 || end === -1 ? undefined : slimMath(html.slice(start + TWIN.length, end + 7));
  if (!twin) return html;
  return `${html.slice(0, start)}<span class="katex" data-tex="${twin.tex}">${twin.math}${slimHtml(html.slice(end + TWIN_END.length))}`;
}

function slimHtml(html: string): string {
  return foldDepths(html)
    .replaceAll(SLIVER, '')
    .replace(
      STRUT,
      (_, h: string, v?: string) => `<span class="katex-base" style="--h:${h}${v ? `;--v:${v}` : ''}">`,
    )
    .replace(PROP, '$1;--p:$2">')
    .replace(SIZED, '<span class="$1 $2"$3>$4</span>')
    .replaceAll(';">', '">');
}

/** Takes the second row out of each table and writes its height on the table. */
function foldDepths(html: string): string {
  const open: { table: boolean; at: number }[] = [];
  const edits: { from: number; to: number; text: string }[] = [];
  for (let match = next(html, 0); match; ) {
    const { index, 0: tag, 1: closing, 2: attributes } = match;
    let after = index + tag.length;
    const parent = open.at(-1);
    const depth = !closing && parent?.table ? DEPTH.exec(html.slice(index, index + 160)) : null;
    if (depth && parent) {
      edits.push({ from: parent.at - 1, to: parent.at, text: ` style="--d:${depth[1]}">` });
      after = index + depth[0].length;
      edits.push({ from: index, to: after, text: '' });
    } else if (closing) open.pop();
    else open.push({ table: attributes === TABLE, at: after });
    match = next(html, after);
  }
  let out = '';
  let from = 0;
  for (const edit of edits.sort((a, b) => a.from - b.from)) {
    out += html.slice(from, edit.from) + edit.text;
    from = edit.to;
  }
  return out + html.slice(from);
}

function next(html: string, from: number): RegExpExecArray | null {
  TAG.lastIndex = from;
  return TAG.exec(html);
}
