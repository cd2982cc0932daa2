/** Papers: their cards, the references of a note, a page for each, and the list of all. */

import type { Strings } from '../../templates/strings/strings.ts';
import { doiUrl, pdfOf } from '../identifiers.ts';
import { inLetters, titleInLetters } from '../letters.ts';
import type { LinkedNote, LinkedPaper, Paper, Site, Target } from '../model.ts';
import { compare, fold, type Url, url } from '../paths.ts';
import { citationText, displayName } from '../people.ts';
import { apa } from './bibliography/apa.ts';
import { bibtex } from './bibliography/bibtex.ts';
import { gbt7714 } from './bibliography/gbt7714.ts';
import type { Chrome } from './chrome.ts';
import type { ListPage } from './list-pages.ts';
import { backlinkViews, dateView, linksUseMath } from './note-page.ts';
import { overviewLinks } from './overviews.ts';
import { referenceId } from './print.ts';
import { paperScholar } from './scholar.ts';
import type { LinkView, PaperPageView, PapersView, PaperView, ReferenceView } from './views.ts';

/**
 * @param t the words of the language in which the page speaks
 * @returns a paper as every page shows it
 */
export function paperView(
  { paper, url: address }: Pick<LinkedPaper, 'paper' | 'url'>,
  chrome: Chrome,
  t: Strings = chrome.strings,
): PaperView {
  const { title, venue, year, arxiv, doi } = paper;
  return {
    title: inLetters(title),
    authors: paper.authors.map(displayName),
    ...(venue && { venue }),
    ...(year !== undefined && { year }),
    ...(arxiv && { arxiv }),
    ...(doi && { doi }),
    links: linksOf(paper, t),
    bibtex: bibtex(paper),
    href: chrome.href(address),
  };
}

/** Where else the paper is. */
function linksOf(paper: Paper, t: Strings): LinkView[] {
  const { arxiv } = paper;
  const pdf = pdfOf(paper);
  return [
    ...(arxiv ? [{ label: 'arXiv', href: `https://arxiv.org/abs/${encodeURI(arxiv)}` }] : []),
    ...(pdf ? [{ label: 'PDF', href: pdf }] : []),
    ...(paper.doi ? [{ label: 'DOI', href: doiUrl(paper.doi) }] : []),
    ...(paper.code ? [{ label: t.code, href: paper.code }] : []),
    ...(paper.url ? [{ label: t.project, href: paper.url }] : []),
  ];
}

/** The papers that a note cites, each once, by author and year. */
export function citedPapers({ targets }: LinkedNote): Extract<Target, { kind: 'paper' }>[] {
  const cited = new Map<string, Extract<Target, { kind: 'paper' }>>();
  for (const target of targets) if (target.kind === 'paper') cited.set(target.key, target);
  return [...cited.values()]
    .map((target) => ({ target, order: fold(citationText(target.paper)) }))
    .sort((a, b) => compare(a.order, b.order) || compare(a.target.key, b.target.key))
    .map(({ target }) => target);
}

/** The reference list of a note: the works that it cites, by author and year; in GB/T 7714 for Chinese notes, else in APA. */
export function referencesOf(linked: LinkedNote, chrome: Chrome): ReferenceView[] {
  const lang = linked.index.meta.lang ?? chrome.config.lang;
  const form = /^zh/i.test(lang) ? gbt7714 : apa;
  return citedPapers(linked).map(({ key, paper, url: address, path }) => ({
    ...form(titleInLetters(paper)),
    ...(address === linked.url && { id: referenceId(key) }),
    href: chrome.href(address),
    read: path !== undefined,
    links: linksOf(paper, chrome.strings).filter((l) => l.label === 'arXiv' || l.label === 'DOI'),
  }));
}

/** `/papers/<key>/` for each. */
export function paperPages(site: Site, chrome: Chrome): ListPage<PaperPageView>[] {
  return site.papers.map((linked) => {
    const { key, paper, url: address, readBy, citedBy } = linked;
    const whole = ({ before, title, after }: ReturnType<typeof apa>) => before + title + after;
    return {
      url: address,
      view: {
        ...chrome.page(address, {
          title: inLetters(paper.title),
          description: byline(paper),
          math: linksUseMath(citedBy, site),
        }),
        ...paperScholar(paper),
        key,
        paper: paperView(linked, chrome),
        readBy: readBy.map((path) => {
          const { index, url: to } = site.notes.get(path)!;
          const { lang, date, depth } = index.meta;
          return {
            label: inLetters(index.meta.title),
            href: chrome.href(to),
            lang: lang ?? chrome.config.lang,
            ...(date && { date: dateView(date, chrome.config.timezone) }),
            ...(depth && { depth }),
          };
        }),
        citedBy: backlinkViews(citedBy, site, address, chrome),
        forms: [
          { name: 'GB/T 7714—2015', text: whole(gbt7714(titleInLetters(paper))) },
          { name: 'APA', text: whole(apa(titleInLetters(paper))) },
        ],
      },
    };
  });
}

/** `/papers/`: by year, newest first; in a year by author. */
export function papersPage(site: Site, chrome: Chrome): ListPage<PapersView> {
  const groups = groupPapers(site, ({ year }) => String(year ?? ''));
  groups.sort((a, b) => compare(b.name, a.name));
  return listOfPapers('year', url('papers'), groups, site, chrome);
}

/** `/venues/`: by where they were published, newest first; a preprint without a venue stands under arXiv. */
export function venuesPage(site: Site, chrome: Chrome): ListPage<PapersView> {
  const groups = groupPapers(site, ({ venue, arxiv }) => venue ?? (arxiv ? 'arXiv' : ''));
  const { compare: inOrder } = new Intl.Collator(chrome.config.lang, { numeric: true });
  groups.sort(
    (a, b) =>
      Number(a.name === '') - Number(b.name === '') || inOrder(a.name, b.name) || compare(a.name, b.name),
  );
  for (const { papers } of groups) papers.sort((a, b) => (b.paper.year ?? 0) - (a.paper.year ?? 0));
  return listOfPapers('venue', url('venues'), groups, site, chrome);
}

interface PaperGroup {
  name: string;
  /** By author. */
  papers: LinkedPaper[];
}

/** Names that differ only in case, width or blanks are one; the first spelling by key is shown. */
function groupPapers(site: Site, nameOf: (paper: Paper) => string): PaperGroup[] {
  const groups = new Map<string, PaperGroup>();
  for (const linked of site.papers) {
    const name = nameOf(linked.paper);
    const group = groups.get(fold(name));
    if (group) group.papers.push(linked);
    else groups.set(fold(name), { name, papers: [linked] });
  }
  const order = new Map(site.papers.map((p) => [p, fold(citationText(p.paper))]));
  for (const { papers } of groups.values())
    papers.sort((a, b) => compare(order.get(a)!, order.get(b)!) || compare(a.key, b.key));
  return [...groups.values()];
}

function listOfPapers(
  by: PapersView['by'],
  address: Url,
  groups: PaperGroup[],
  site: Site,
  chrome: Chrome,
): ListPage<PapersView> {
  const t = chrome.strings;
  return {
    url: address,
    view: {
      ...chrome.page(address, { title: by === 'year' ? t.papers : t.venues, math: false }),
      overviews: overviewLinks(site, address, chrome),
      by,
      groups: groups.map(({ name, papers }) => ({
        name,
        papers: papers.map(({ paper, url: to, readBy }) => ({
          title: inLetters(paper.title),
          href: chrome.href(to),
          byline: byline(paper),
          read: readBy.length > 0,
        })),
      })),
    },
  };
}

/** `Carion et al. · ECCV 2020`; without authors nobody. */
export function byline(paper: Paper): string {
  const who = paper.authors.length > 0 ? citationText({ ...titleInLetters(paper), year: undefined }) : '';
  return [who, [paper.venue, paper.year].filter(Boolean).join(' ')].filter((p) => p !== '').join(' · ');
}
