import type { IndexView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Entries } from './parts/entry.tsx';
import { Overviews } from './parts/overviews.tsx';
import { Pagination } from './parts/pagination.tsx';
import { stringsFor } from './strings/strings.ts';

export function Index(view: IndexView) {
  const t = stringsFor(view.ui);
  const { page, pages } = view.pagination;
  return (
    <Layout view={view} home={page === 1}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t.notes}</h1>
          {page === 1 ? (
            view.description && <p class="lead">{view.description}</p>
          ) : (
            <p class="lead">{t.pageOf(page, pages)}</p>
          )}
          {page === 1 && <Overviews view={view} />}
        </header>
        <Entries view={view} />
        <Pagination view={view} />
      </div>
    </Layout>
  );
}
