import type { GraphView, LineageView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { langWithin, latinLang } from './parts/lang.ts';
import { Overviews } from './parts/overviews.tsx';
import { Raw } from './parts/raw.tsx';
import { stringsFor } from './strings/strings.ts';

/** The map of lineage, and the same as a list. */
export function Graph(view: GraphView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet lineage-page">
        <header class="masthead">
          <h1>{t.graph.title}</h1>
          <p class="lead">{t.graph.description}</p>
          <Overviews view={view} />
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
        <section class="lineage-map" tabIndex={0} aria-label={t.graph.title}>
          <Raw as="div" html={view.svg} />
        </section>
        {view.topics.map(({ name, nodes }) => (
          <section class="lineage-list">
            <h2>{name || t.graph.other}</h2>
            <ul>
              {nodes.map((node) => (
                <li>
                  {node.year && <span class="year">{node.year}</span>}
                  <a href={node.href} lang={latinLang(node.label, view.lang)}>
                    {node.label}
                  </a>
                  <Relations
                    lines={node.relations}
                    lang={langWithin(view.ui, view.lang)}
                    around={view.lang}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Layout>
  );
}

interface RelationsProps {
  lines: LineageView[];
  /** Of the words, where it differs from the page's. */
  lang: string | undefined;
  /** Language of the page. */
  around: string;
}

/** Relations in words: 建立于 A、B. */
export function Relations({ lines, lang, around }: RelationsProps) {
  if (lines.length === 0) return null;
  return (
    <ul class="relations">
      {lines.map(({ word, links }) => (
        <li>
          {lang ? <span lang={lang}>{word}</span> : word}{' '}
          {links.map((link, i) => (
            <>
              {i > 0 && '、'}
              <a href={link.href} lang={link.lang && langWithin(link.lang, around)}>
                {link.label}
              </a>
            </>
          ))}
        </li>
      ))}
    </ul>
  );
}
