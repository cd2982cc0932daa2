/** Numbers of pages that a page of a list links to. */

import { pageUrl, type Url } from '../paths.ts';
import type { Chrome } from './chrome.ts';
import type { Pagination } from './views.ts';

/**
 * @param first address of the list's first page
 * @param page number of the page that links
 * @param pages how many there are
 */
export function paginate(first: Url, page: number, pages: number, chrome: Chrome): Pagination {
  const href = (number: number) => chrome.href(pageUrl(first, number));
  return {
    page,
    pages,
    ...(page > 1 && { previous: href(page - 1) }),
    ...(page < pages && { next: href(page + 1) }),
    shown: shownPages(page, pages).map((number) => (number === 0 ? null : { number, href: href(number) })),
  };
}

/** The ends and the neighbourhood of a page, in order; 0 is a gap of two or more. */
function shownPages(page: number, pages: number): number[] {
  const from = page <= 5 ? 2 : page - 2;
  const to = page >= pages - 4 ? pages - 1 : page + 2;
  const shown = [1];
  if (from > 2) shown.push(0);
  for (let number = from; number <= to; number++) shown.push(number);
  if (to < pages - 1) shown.push(0);
  if (pages > 1) shown.push(pages);
  return shown;
}
