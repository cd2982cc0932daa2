import type { ReadingLogView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Day } from './parts/date.tsx';
import { langWithin } from './parts/lang.ts';
import { Overviews } from './parts/overviews.tsx';
import { stringsFor } from './strings/strings.ts';

/** Month by month: what was read, and how closely. */
export function ReadingLog(view: ReadingLogView) {
  const t = stringsFor(view.ui);
  const tally = (totals: ReadingLogView['totals']) =>
    totals.map(({ depth, count }) => `${depth} ${count}`).join(' · ');
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t.readingLog}</h1>
          <p class="facts">{tally(view.totals)}</p>
          <Overviews view={view} />
        </header>
        {view.months.map(({ name, totals, entries }) => (
          <section class="year">
            <h2>
              {name} <span class="count">{tally(totals)}</span>
            </h2>
            <ul>
              {entries.map((entry) => (
                <li>
                  {entry.date && <Day date={entry.date} short />}
                  <a href={entry.href} lang={langWithin(entry.lang, view.lang)}>
                    {entry.title}
                  </a>
                  {entry.depth && <span class="depth">{entry.depth}</span>}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Layout>
  );
}
