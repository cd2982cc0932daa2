import type { Pagination as Pages, PageView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';

/** Page numbers worth a link: the ends and the neighbourhood; `undefined` is a gap of two or more. */
export function shownPages(current: number, count: number): (number | undefined)[] {
  const shown: (number | undefined)[] = [];
  for (let page = 1; page <= count; page++) {
    const near = page === 1 || page === count || Math.abs(page - current) <= 2;
    const gapOfOne = (page === 2 && current === 5) || (page === count - 1 && current === count - 4);
    if (near || gapOfOne) shown.push(page);
    else if (shown.at(-1) !== undefined) shown.push(undefined);
  }
  return shown;
}

export function Pagination({ view }: { view: PageView & { pagination: Pages } }) {
  const { page, pages, previous, next, all } = view.pagination;
  if (pages < 2) return null;
  const t = stringsFor(view.site.lang);
  return (
    <nav class="pagination" aria-label={t.pagination} lang={langWithin(view.site.lang, view.lang)}>
      {previous && (
        <a class="step" rel="prev" href={previous}>
          {t.previousPage}
        </a>
      )}
      <ol>
        {shownPages(page, pages).map((number) => (
          <li>
            {number === undefined ? (
              <span class="gap">…</span>
            ) : (
              <a
                href={all[number - 1] ?? ''}
                aria-label={t.page(number)}
                aria-current={number === page ? 'page' : undefined}
              >
                {number}
              </a>
            )}
          </li>
        ))}
      </ol>
      {next && (
        <a class="step" rel="next" href={next}>
          {t.nextPage}
        </a>
      )}
    </nav>
  );
}
