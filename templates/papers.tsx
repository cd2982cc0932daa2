import type { PapersView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { latinLang } from './parts/lang.ts';
import { Overviews } from './parts/overviews.tsx';
import { stringsFor } from './strings/strings.ts';

/** All papers, by year or by venue; those with a note here are marked. */
export function PaperList(view: PapersView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{view.by === 'year' ? t.papers : t.venues}</h1>
          <Overviews view={view} />
        </header>
        {view.groups.map(({ name, papers }) => (
          <section class="year">
            <h2>{name || (view.by === 'year' ? t.undated : t.noVenue)}</h2>
            <ul class="lines">
              {papers.map((paper) => (
                <li>
                  <a href={paper.href} lang={latinLang(paper.title, view.lang)}>
                    {paper.title}
                  </a>
                  {(paper.byline || paper.read) && (
                    <span class="said">
                      {paper.byline && (
                        <span class="byline" lang={latinLang(paper.byline, view.lang)}>
                          {paper.byline}
                        </span>
                      )}
                      {paper.read && <span class="depth">{t.read}</span>}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Layout>
  );
}
