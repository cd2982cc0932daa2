import type { PageView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { stringsFor } from './strings/strings.ts';

/** What a reader without a network gets for a page that is not kept; the service worker fills the list. */
export function Offline(view: PageView) {
  const t = stringsFor(view.ui).offline;
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t.title}</h1>
          <p class="lead">{t.text}</p>
        </header>
        <section class="year">
          <h2>{t.kept}</h2>
          <ul id="_kept" />
        </section>
      </div>
    </Layout>
  );
}
