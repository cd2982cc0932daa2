import type { NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin, latinLang } from './lang.ts';

/** How to cite the note, and its licence, where the site has them. */
export function Colophon({ view }: { view: NoteView }) {
  const { citation, licence } = view;
  if (!citation && !licence) return null;
  const t = stringsFor(view.ui).colophon;
  const frame = langWithin(view.ui, view.lang);
  return (
    <section class="colophon" aria-labelledby="_colophon">
      <h2 id="_colophon" lang={frame}>
        {citation ? t.cite : t.licence}
      </h2>
      {citation && (
        <>
          <p lang={latinLang(citation.text, view.lang)}>{citation.text}</p>
          <figure class="code">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <pre tabIndex={0} data-language="bibtex">
              <code>{citation.bibtex.trimEnd()}</code>
            </pre>
          </figure>
        </>
      )}
      {licence && (
        <p class="facts" lang={frame}>
          {t.under}{' '}
          {licence.href ? (
            <a class="external" rel="license" href={licence.href}>
              {licence.label}
            </a>
          ) : (
            licence.label
          )}
        </p>
      )}
    </section>
  );
}
