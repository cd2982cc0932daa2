import type { LinkView, NoteView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Backlinks } from './parts/backlinks.tsx';
import { Colophon } from './parts/colophon.tsx';
import { Comments } from './parts/comments.tsx';
import { Day } from './parts/date.tsx';
import { Footnotes } from './parts/footnotes.tsx';
import { langWithin } from './parts/lang.ts';
import { Mentions } from './parts/mentions.tsx';
import { Nearby } from './parts/nearby.tsx';
import { Papers } from './parts/paper.tsx';
import { Raw } from './parts/raw.tsx';
import { References } from './parts/references.tsx';
import { TagList } from './parts/taglist.tsx';
import { Toc } from './parts/toc.tsx';
import { Translations } from './parts/translations.tsx';
import { stringsFor } from './strings/strings.ts';

export function Note(view: NoteView) {
  return (
    <Layout view={view} article={view.kind === 'note'}>
      <article class={['note', ...view.classes].join(' ')}>
        <Masthead view={view} />
        <Toc view={view} />
        <div class="text">
          <Raw as="div" class={view.kind === 'note' ? 'prose numbered' : 'prose'} html={view.body} />
          <Footnotes view={view} ui={view.ui} />
          <References view={view} />
          <Backlinks view={view} />
          <Mentions view={view} />
          <Nearby view={view} />
          <Colophon view={view} />
          <Neighbours view={view} />
          {view.edit && (
            <p class="edit" lang={langWithin(view.ui, view.lang)}>
              <a href={view.edit}>{stringsFor(view.ui).edit}</a>
            </p>
          )}
          <Comments view={view} />
        </div>
      </article>
    </Layout>
  );
}

function Masthead({ view }: { view: NoteView }) {
  const t = stringsFor(view.ui);
  const frame = langWithin(view.ui, view.lang);
  const crumbs = view.categories.filter((path) => path.length > 0);
  return (
    <header class="masthead">
      {crumbs.length > 0 && (
        <nav class="crumbs" aria-label={t.breadcrumb} lang={frame}>
          {crumbs.map((path) => (
            <Crumb path={path} />
          ))}
        </nav>
      )}
      {view.draft && (
        <p class="draft" lang={frame}>
          {t.draft}
        </p>
      )}
      <Raw as="h1" html={view.titleHtml} />
      {view.description && <p class="lead">{view.description}</p>}
      {view.kind === 'note' && <Facts view={view} />}
      <Translations view={view} />
      <TagList tags={view.tags} label={t.tags} lang={frame} />
      <Papers view={view} />
    </header>
  );
}

function Crumb({ path }: { path: LinkView[] }) {
  return (
    <ol>
      {path.map((step) => (
        <li>
          <a href={step.href}>{step.label}</a>
        </li>
      ))}
    </ol>
  );
}

function Facts({ view }: { view: NoteView }) {
  const t = stringsFor(view.ui);
  // In a text of both, a Chinese character counts as much as a word.
  const length = view.hanzi + view.words;
  return (
    <p class="facts" lang={langWithin(view.ui, view.lang)}>
      {view.depth && <span class="depth">{view.depth}</span>}
      {view.date && (
        <span>
          {t.published} <Day date={view.date} />
        </span>
      )}
      {view.updated && view.updated.day !== view.date?.day && (
        <span>
          {t.updated} <Day date={view.updated} />
        </span>
      )}
      {length > 0 && <span>{view.hanzi < view.words ? t.words(length) : t.hanzi(length)}</span>}
      {view.minutes > 0 && <span>{t.minutes(view.minutes)}</span>}
    </p>
  );
}

function Neighbours({ view }: { view: NoteView }) {
  const { previous, next } = view;
  if (!previous && !next) return null;
  const t = stringsFor(view.ui);
  const frame = langWithin(view.ui, view.lang);
  return (
    <nav class="neighbours" aria-label={t.moreNotes}>
      {previous && (
        <a class="previous" rel="prev" href={previous.href}>
          <span lang={frame}>{t.previousNote}</span>
          <b lang={langWithin(previous.lang, view.lang)}>{previous.label}</b>
        </a>
      )}
      {next && (
        <a class="next" rel="next" href={next.href}>
          <span lang={frame}>{t.nextNote}</span>
          <b lang={langWithin(next.lang, view.lang)}>{next.label}</b>
        </a>
      )}
    </nav>
  );
}
