import type { NotFoundView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { stringsFor } from './strings/strings.ts';

export function NotFound(view: NotFoundView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t.notFound.title}</h1>
          <p class="lead">{t.notFound.text}</p>
          <p>
            <a href={view.site.home}>{t.notFound.home}</a>
          </p>
        </header>
        {view.recent.length > 0 && (
          <section class="year">
            <h2>{t.notFound.recent}</h2>
            <ul>
              {view.recent.map((note) => (
                <li>
                  <a href={note.href}>{note.label}</a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Layout>
  );
}
