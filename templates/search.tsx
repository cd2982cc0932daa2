import type { SearchView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Day } from './parts/date.tsx';
import { langWithin } from './parts/lang.ts';
import { stringsFor } from './strings/strings.ts';

/** The search dialog's page: with a script it searches, without one it is an index of tags and titles. */
export function Search(view: SearchView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t.search.label}</h1>
        </header>
        <div id="_search" />
        <div class="without-search">
          {view.tags.length > 0 && (
            <section class="year">
              <h2>{t.tags}</h2>
              <ul class="book-index tags">
                {view.tags.map((tag) => (
                  <li>
                    <span class="row">
                      <a href={tag.href}>{tag.label}</a>
                      <span class="count">{t.count(tag.count)}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section class="year">
            <h2>{t.search.allTitles}</h2>
            <ul>
              {view.titles.map((entry) => (
                <li>
                  {entry.date && <Day date={entry.date} />}
                  <a href={entry.href} lang={langWithin(entry.lang, view.lang)}>
                    {entry.title}
                  </a>
                </li>
              ))}
            </ul>
            <p>
              <a href={view.archive}>{t.archive}</a>
            </p>
          </section>
        </div>
      </div>
    </Layout>
  );
}
