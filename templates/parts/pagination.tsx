import type { Pagination as Pages, PageView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';

export function Pagination({ view }: { view: PageView & { pagination: Pages } }) {
  const { page, pages, previous, next, shown } = view.pagination;
  if (pages < 2) return null;
  const t = stringsFor(view.ui);
  return (
    <nav class="pagination" aria-label={t.pagination} lang={langWithin(view.ui, view.lang)}>
      {previous && (
        <a class="step" rel="prev" href={previous}>
          {t.previousPage}
        </a>
      )}
      <ol>
        {shown.map((link) => (
          <li>
            {link === null ? (
              <span class="gap">…</span>
            ) : (
              <a
                href={link.href}
                aria-label={t.page(link.number)}
                aria-current={link.number === page ? 'page' : undefined}
              >
                {link.number}
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
