import type { NoteView } from '../../src/emit/views.ts';
import { Relations } from '../graph.tsx';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';

/** Where the note stands in the lineage of its field, and what is near it. */
export function Nearby({ view }: { view: NoteView }) {
  const t = stringsFor(view.ui);
  const frame = langWithin(view.ui, view.lang);
  return (
    <>
      {view.series && (
        <nav class="series" aria-label={t.series} lang={frame}>
          <p>
            {t.series} <a href={view.series.href}>{view.series.label}</a>{' '}
            {t.seriesPlace(view.series.position, view.series.count)}
          </p>
          <ul>
            {view.series.before && (
              <li>
                ←{' '}
                <a href={view.series.before.href} lang={langWithin(view.series.before.lang, view.ui)}>
                  {view.series.before.label}
                </a>
              </li>
            )}
            {view.series.after && (
              <li>
                →{' '}
                <a href={view.series.after.href} lang={langWithin(view.series.after.lang, view.ui)}>
                  {view.series.after.label}
                </a>
              </li>
            )}
          </ul>
        </nav>
      )}
      {view.lineage.length > 0 && (
        <section class="neighbourhood" aria-labelledby="_lineage">
          <h2 id="_lineage" lang={frame}>
            {t.graph.title}
          </h2>
          <Relations lines={view.lineage} lang={frame} around={view.lang} />
        </section>
      )}
      {view.related.length > 0 && (
        <section class="related" aria-labelledby="_related">
          <h2 id="_related" lang={frame}>
            {t.related.heading}
          </h2>
          <ul class="lines">
            {view.related.map((note) => (
              <li>
                <a href={note.href} lang={langWithin(note.lang, view.lang)}>
                  {note.label}
                </a>
                <span class="facts" lang={frame}>
                  {note.reason}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
