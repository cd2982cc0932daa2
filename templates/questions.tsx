import type { QuestionsView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { langWithin } from './parts/lang.ts';
import { Overviews } from './parts/overviews.tsx';
import { Raw } from './parts/raw.tsx';
import { stringsFor } from './strings/strings.ts';

/** Open questions, each linked to its place. */
export function Questions(view: QuestionsView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet questions">
        <header class="masthead">
          <h1>{t.questions}</h1>
          <Overviews view={view} />
        </header>
        {view.notes.map((note) => (
          <section lang={langWithin(note.lang, view.lang)}>
            <h2>
              <a href={note.href}>{note.label}</a>
            </h2>
            <ul>
              {note.questions.map((question) => (
                <li>
                  <Raw as="div" html={question.html} />
                  <a class="place" href={question.href} lang={langWithin(view.ui, note.lang)}>
                    {t.inPlace}
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
