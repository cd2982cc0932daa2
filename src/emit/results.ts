/** The table of a results block: one line for each number that a note reports, linked to the note. */

import { inLetters } from '../letters.ts';
import type { Ref, Target } from '../model.ts';
import { href } from '../paths.ts';
import { words } from '../words.ts';
import { escapeHtml } from './escape.ts';
import type { PrintContext } from './print.ts';

type Results = Extract<Target, { kind: 'results' }>;

/**
 * @param titleOf prints the title of a row's note
 * @returns HTML; a column that no row has something for is left out, and the browser may sort the rest anew
 */
export function resultsTable(
  ref: Ref,
  { rows }: Results,
  context: PrintContext,
  titleOf: (row: Results['rows'][number]) => string,
): string {
  const w = words(context.lang);
  const shown = (['setting', 'backbone', 'source'] as const).filter((f) => rows.some((r) => r.result[f]));
  const caption = shownText(`${ref.target} · ${ref.fragment}`);
  const order = ref.label === 'ascending' ? 'ascending' : 'descending';
  const head = [
    `<th scope="col">${w.results.note}</th>`,
    ...shown.map((f) => `<th scope="col">${w.results[f]}</th>`),
    `<th scope="col" class="number" aria-sort="${order}">${shownText(ref.fragment)}</th>`,
  ].join('');
  const body = rows.map((row) => {
    const { url, result } = row;
    const address = escapeHtml((context.feed?.origin ?? '') + href(url, context.base));
    const name = `<th scope="row"><a class="internal" href="${address}">${titleOf(row)}</a></th>`;
    const cells = shown.map((f) => `<td>${shownText(result[f] ?? '')}</td>`);
    return `<tr>${name}${cells.join('')}<td class="number">${shownText(result.value)}</td></tr>`;
  });
  const label = escapeHtml(w.scrollable(w.labels.table));
  return (
    `<figure class="table results"><figcaption>${caption}</figcaption>` +
    `<div class="table-scroll" tabindex="0" role="region" aria-label="${label}">` +
    `<table class="sortable"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div></figure>`
  );
}

function shownText(text: string): string {
  return escapeHtml(inLetters(text));
}
