import type { GroupView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Entries } from './parts/entry.tsx';
import { Footnotes } from './parts/footnotes.tsx';
import { langWithin } from './parts/lang.ts';
import { Pagination } from './parts/pagination.tsx';
import { Raw } from './parts/raw.tsx';
import { stringsFor } from './strings/strings.ts';

/** The notes of one tag, category, series or folder. */
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
          {view.seenWith.length > 0 && (
            <p class="facts seen-with">
              <span>{t.seenWith}</span>
              {view.seenWith.map(({ label, href, count }) => (
                <span>
                  <a href={href} rel="tag">
                    {label}
                  </a>{' '}
                  {count}
                </span>
              ))}
            </p>
          )}
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
        {view.introduction && (
          <section class="introduction" lang={langWithin(view.introduction.lang, view.lang)}>
            <Raw as="div" class="prose" html={view.introduction.body} />
            <Footnotes view={view.introduction} ui={view.ui} />
          </section>
        )}
        <Entries view={view} />
        <Pagination view={view} />
      </div>
    </Layout>
  );
}
