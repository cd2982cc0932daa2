import type { GlossaryView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { langWithin, latinLang } from './parts/lang.ts';
import { Overviews } from './parts/overviews.tsx';
import { Raw } from './parts/raw.tsx';
import { stringsFor } from './strings/strings.ts';

/** Every term with its meaning, and the note that defines it. */
export function Glossary(view: GlossaryView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t.glossary}</h1>
          <Overviews view={view} />
        </header>
        <dl class="glossary prose">
          {view.terms.map(({ id, name, others, lang, html, note }) => (
            <div id={id} lang={langWithin(lang, view.lang)}>
              <dt>
                <dfn lang={latinLang(name, lang)}>{name}</dfn>
                {others.map((other) => (
                  <span lang={latinLang(other, lang)}>{other}</span>
                ))}
              </dt>
              <dd>
                <Raw as="span" html={html} />{' '}
                <a class="place" href={note.href} lang={latinLang(note.label, lang)}>
                  {note.label}
                </a>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Layout>
  );
}
