import type { PaperPageView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Citations } from './parts/backlinks.tsx';
import { Day } from './parts/date.tsx';
import { langWithin, latinLang } from './parts/lang.ts';
import { Card } from './parts/paper.tsx';
import { stringsFor } from './strings/strings.ts';

/** A paper: its data, who read it, who cites it, and its reference to copy. */
export function Paper(view: PaperPageView) {
  const t = stringsFor(view.ui);
  const forms = [...view.forms, { name: 'BibTeX', text: view.paper.bibtex.trimEnd() }];
  return (
    <Layout view={view}>
      <article class="note paper-page">
        <header class="masthead">
          <h1 lang={latinLang(view.title, view.lang)}>{view.title}</h1>
          <section class="papers" aria-label={t.paper.heading}>
            <Card paper={view.paper} t={t} around={view.ui} id="_bibtex" page />
          </section>
        </header>
        <div class="text">
          {view.readBy.length > 0 && (
            <section class="read-by" aria-labelledby="_read">
              <h2 id="_read">{t.readBy}</h2>
              <ul class="lines">
                {view.readBy.map((note) => (
                  <li>
                    <a href={note.href} lang={langWithin(note.lang, view.lang)}>
                      {note.label}
                    </a>
                    <span class="facts">
                      {note.depth && <span class="depth">{note.depth}</span>}
                      {note.date && <Day date={note.date} />}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Citations links={view.citedBy} heading={t.backlinks} id="_backlinks" around={view.lang} />
          <section class="forms" aria-labelledby="_cite">
            <h2 id="_cite">{t.references.copy}</h2>
            {forms.map(({ name, text }) => (
              <figure class="code">
                <figcaption>{name}</figcaption>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
                <pre tabIndex={0} class={name === 'BibTeX' ? undefined : 'wrap'}>
                  <code lang={latinLang(text, view.lang)}>{text}</code>
                </pre>
              </figure>
            ))}
          </section>
        </div>
      </article>
    </Layout>
  );
}
