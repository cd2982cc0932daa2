import type { ComponentChildren } from 'preact';
import type { NoteView, PaperView } from '../../src/emit/views.ts';
import { type Strings, stringsFor } from '../strings/strings.ts';
import { langWithin, latinLang } from './lang.ts';

const shownAuthors = 8;

/** One paper is a catalogue card; a survey's papers are a list that folds when it is long. */
export function Papers({ view }: { view: NoteView }) {
  const { papers } = view;
  const first = papers[0];
  if (!first) return null;
  const t = stringsFor(view.ui);
  const frame = langWithin(view.ui, view.lang);
  const around = view.ui;
  if (papers.length === 1)
    return (
      <section class="papers" aria-label={t.paper.heading} lang={frame}>
        <Card paper={first} t={t} around={around} id="_bibtex-1" />
      </section>
    );
  const list = (
    <ol class="paper-list">
      {papers.map((paper, i) => (
        <li>
          <Compact paper={paper} t={t} around={around} id={`_bibtex-${i + 1}`} />
        </li>
      ))}
    </ol>
  );
  const heading = t.paper.list(papers.length);
  return (
    <section class="papers" aria-label={t.paper.heading} lang={frame}>
      {papers.length > 3 ? (
        <details>
          <summary>{heading}</summary>
          {list}
        </details>
      ) : (
        <>
          <p class="papers-heading">{heading}</p>
          {list}
        </>
      )}
    </section>
  );
}

interface PaperProps {
  paper: PaperView;
  t: Strings;
  around: string;
  /** Of its BibTeX drawer. */
  id: string;
}

/** @param page on the paper's own page, where its title stands above and its reference below */
export function Card({ paper, t, around, id, page = false }: PaperProps & { page?: boolean }) {
  const source = sourceOf(paper);
  return (
    <>
      <dl class="card">
        {!page && (
          <>
            <dt>{t.paper.title}</dt>
            <dd class="paper-title">
              <a href={paper.href}>
                <Latin text={paper.title} around={around} />
              </a>
            </dd>
          </>
        )}
        {paper.authors.length > 0 && (
          <>
            <dt>{t.paper.authors}</dt>
            <dd>
              <Authors authors={paper.authors} t={t} around={around} />
            </dd>
          </>
        )}
        {source && (
          <>
            <dt>{t.paper.source}</dt>
            <dd>
              <Latin text={source} around={around} />
            </dd>
          </>
        )}
      </dl>
      <Actions paper={page ? { ...paper, bibtex: '' } : paper} t={t} id={id} />
    </>
  );
}

function Compact({ paper, t, around, id }: PaperProps) {
  const people =
    paper.authors.length > 3 ? `${paper.authors[0]} et al.` : joinNames(paper.authors, paper.authors[0], t);
  return (
    <>
      <p class="paper-title">
        <a href={paper.href}>
          <Latin text={paper.title} around={around} />
        </a>
      </p>
      <p class="byline">
        <Latin text={[people, sourceOf(paper)].filter(Boolean).join(' · ')} around={around} />
      </p>
      <Actions paper={paper} t={t} id={id} />
    </>
  );
}

function Authors({ authors, t, around }: { authors: string[]; t: Strings; around: string }) {
  const shown = authors.length > shownAuthors ? authors.slice(0, shownAuthors - 3) : authors;
  const rest = authors.slice(shown.length);
  return (
    <>
      <Latin text={joinNames(shown, shown[0], t)} around={around} />
      {rest.length > 0 && (
        <details>
          <summary>{t.moreAuthors(rest.length)}</summary>
          <Latin text={joinNames(rest, rest[0], t)} around={around} />
        </details>
      )}
    </>
  );
}

function Actions({ paper, t, id }: { paper: PaperView; t: Strings; id: string }) {
  if (paper.links.length === 0 && !paper.bibtex) return null;
  return (
    <div class="actions">
      {paper.links.map((link) => (
        <a class="button" href={link.href}>
          {link.label}
          <span aria-hidden="true"> ↗</span>
        </a>
      ))}
      {paper.bibtex && (
        <button type="button" class="button" popovertarget={id}>
          {t.cite}
        </button>
      )}
      {paper.bibtex && (
        <div class="bibtex drawer" id={id} popover="auto">
          <figure class="code">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <pre tabIndex={0} data-language="bibtex">
              <code>{paper.bibtex.trimEnd()}</code>
            </pre>
          </figure>
        </div>
      )}
    </div>
  );
}

function Latin({ text, around }: { text: string; around: string }): ComponentChildren {
  const lang = latinLang(text, around);
  return lang ? <span lang={lang}>{text}</span> : text;
}

function joinNames(names: string[], first: string | undefined, t: Strings): string {
  return names.join(first && latinLang(first, '') ? ', ' : t.listSeparator);
}

function sourceOf(paper: PaperView): string {
  const where = [paper.venue, paper.year].filter(Boolean).join(' ');
  return [where, paper.arxiv && `arXiv ${paper.arxiv}`].filter(Boolean).join(' · ');
}
