import type { ArchiveView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Day } from './parts/date.tsx';
import { langWithin } from './parts/lang.ts';
import { Overviews } from './parts/overviews.tsx';
import { stringsFor } from './strings/strings.ts';

export function Archive(view: ArchiveView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t.archive}</h1>
          {view.description && <p class="lead">{view.description}</p>}
          <Overviews view={view} />
        </header>
        {view.years.map(({ year, entries }) => (
          <section class="year">
            <h2>
              {year || t.undated} <span class="count">{t.count(entries.length)}</span>
            </h2>
            <ul>
              {entries.map((entry) => (
                <li>
                  {entry.date && <Day date={entry.date} short />}
                  <a href={entry.href} lang={langWithin(entry.lang, view.lang)}>
                    {entry.title}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Layout>
  );
}
