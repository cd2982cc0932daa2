import type { NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';
import { Raw } from './raw.tsx';

/** @param ui language of the interface */
export function Footnotes({ view, ui }: { view: Pick<NoteView, 'footnotes' | 'lang'>; ui: string }) {
  if (view.footnotes.length === 0) return null;
  const t = stringsFor(ui);
  const frame = langWithin(ui, view.lang);
  return (
    <section class="footnotes" aria-labelledby="_footnotes">
      <h2 id="_footnotes" lang={frame}>
        {t.footnotes}
      </h2>
      <ol>
        {view.footnotes.map((note) => (
          <li id={note.id} value={note.number}>
            <Raw as="div" class="footnote" html={note.html} />
            {note.refs.map((href, use) => (
              <>
                {' '}
                <a class="back" href={href} aria-label={t.backToText(note.number, use + 1)} lang={frame}>
                  ↩{note.refs.length > 1 && <sup>{use + 1}</sup>}
                </a>
              </>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
