import type { GroupView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Entries } from './parts/entry.tsx';
import { Pagination } from './parts/pagination.tsx';
import { stringsFor } from './strings/strings.ts';

/** The notes of one tag or one category. */
export function Group(view: GroupView) {
  const t = stringsFor(view.ui);
  const { page, pages } = view.pagination;
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          {view.parents.length > 0 && (
            <nav class="crumbs" aria-label={t.breadcrumb}>
              <ol>
                {view.parents.map((parent) => (
                  <li>
                    <a href={parent.href}>{parent.label}</a>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1 class={view.kind}>{view.name}</h1>
          {view.description && <p class="lead">{view.description}</p>}
          {pages > 1 && <p class="facts">{t.pageOf(page, pages)}</p>}
          {view.children.length > 0 && (
            <ul class="children" aria-label={t.subcategories}>
              {view.children.map((child) => (
                <li>
                  <a href={child.href}>{child.label}</a> <span class="count">{t.count(child.count)}</span>
                </li>
              ))}
            </ul>
          )}
        </header>
        <Entries view={view} />
        <Pagination view={view} />
      </div>
    </Layout>
  );
}
