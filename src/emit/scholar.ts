/**
 * What machines read: Highwire's `citation_*` for Google Scholar and reference managers, and JSON-LD. On the page of
 * a paper they describe the paper; on a note the note, with what it cites, for a note is not the paper it reads.
 */

import { doiUrl, pdfOf } from '../identifiers.ts';
import { inLetters } from '../letters.ts';
import type { LinkedNote, Paper, Target } from '../model.ts';
import { displayName, isOthers } from '../people.ts';
import { addressOf, kindOf } from './bibliography/form.ts';
import type { Chrome } from './chrome.ts';
import { summaryOf } from './print.ts';
import type { PageView } from './views.ts';

type Scholar = Required<Pick<PageView, 'meta' | 'jsonLd'>>;

/** @returns pairs of name and content, in an order that keeps authors in theirs */
function paperFields(paper: Paper): [string, string][] {
  const { title, venue, year, volume, issue, arxiv, doi } = paper;
  const [first, last] = paper.pages?.split(/\s*[–—-]+\s*/) ?? [];
  const kind = kindOf(paper);
  const fields: [string, string | number | undefined][] = [
    ['title', inLetters(title)],
    ...paper.authors.filter((a) => !isOthers(a)).map((a): [string, string] => ['author', displayName(a)]),
    ['publication_date', year],
    [kind === 'article' ? 'journal_title' : 'conference_title', venue],
    ['volume', volume],
    ['issue', issue],
    ['firstpage', first],
    ['lastpage', last],
    ['publisher', kind === 'thesis' ? undefined : paper.publisher],
    ['dissertation_institution', kind === 'thesis' ? paper.publisher : undefined],
    ['doi', doi],
    ['arxiv_id', arxiv],
    ['pdf_url', pdfOf(paper)],
  ];
  return fields.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
}

/** @returns what the page of a paper says to Google Scholar and Zotero (`citation_…`), and as schema.org */
export function paperScholar(paper: Paper): Scholar {
  return {
    meta: paperFields(paper).map(([name, value]) => [`citation_${name}`, value]),
    jsonLd: script({ '@context': 'https://schema.org', ...article(paper) }),
  };
}

/** @param cited the papers that the note cites */
export function noteScholar(
  linked: LinkedNote,
  cited: Extract<Target, { kind: 'paper' }>[],
  chrome: Chrome,
): Scholar {
  const { meta } = linked.index;
  const { config } = chrome;
  const day = meta.date?.day;
  const lang = meta.lang ?? config.lang;
  return {
    meta: [
      ['citation_title', inLetters(meta.title)],
      ...(config.author ? ([['citation_author', config.author]] as [string, string][]) : []),
      ...(day ? ([['citation_publication_date', day.replaceAll('-', '/')]] as [string, string][]) : []),
      ['citation_language', lang],
      ...cited.map((t): [string, string] => [
        'citation_reference',
        paperFields(t.paper)
          .filter(([name]) => name !== 'pdf_url')
          .map(([name, value]) => `citation_${name}=${value.replaceAll(';', ',')}`)
          .join('; '),
      ]),
    ],
    jsonLd: script({
      '@context': 'https://schema.org',
      '@type': 'BlogPosting',
      headline: inLetters(meta.title),
      description: summaryOf(linked, config.lang),
      inLanguage: lang,
      author: config.author ? { '@type': 'Person', name: config.author } : undefined,
      datePublished: day,
      dateModified: (meta.updated ?? meta.date)?.day,
      url: chrome.absolute(linked.url),
      keywords: meta.tags.length > 0 ? meta.tags : undefined,
      about: linked.papers.length > 0 ? linked.papers.map((p) => article(p.paper)) : undefined,
      citation: cited.length > 0 ? cited.map((t) => article(t.paper)) : undefined,
    }),
  };
}

function article(paper: Paper): Record<string, unknown> {
  const kind = kindOf(paper);
  const authors = paper.authors.filter((a) => !isOthers(a));
  const within =
    kind === 'article'
      ? { '@type': 'Periodical', name: paper.venue }
      : { '@type': 'PublicationVolume', name: paper.venue };
  return {
    '@type': kind === 'book' ? 'Book' : kind === 'thesis' ? 'Thesis' : 'ScholarlyArticle',
    name: inLetters(paper.title),
    author:
      authors.length > 0 ? authors.map((a) => ({ '@type': 'Person', name: displayName(a) })) : undefined,
    datePublished: paper.year === undefined ? undefined : String(paper.year),
    isPartOf: paper.venue ? within : undefined,
    sameAs: paper.doi ? doiUrl(paper.doi) : addressOf(paper),
  };
}

/** JSON that can stand in a script element: no `</script>` in it, and no absent fields. */
function script(data: Record<string, unknown>): string {
  return JSON.stringify(data).replace(/</g, '\\u003c');
}
