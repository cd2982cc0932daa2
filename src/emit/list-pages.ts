/** Pages that list notes: the index, tags, categories, archives, and the 404 page. */

import { inLetters } from '../letters.ts';
import type { Cover, Group, LinkedNote, Site } from '../model.ts';
import { type NotePath, pageUrl, type Url, url } from '../paths.ts';
import { type Variant, variantsOf } from '../pictures.ts';
import { type Chrome, HOME } from './chrome.ts';
import { dateView, minutes, printContext, tagLinks, usesMath } from './note-page.ts';
import { overviewLinks } from './overviews.ts';
import { paginate } from './pagination.ts';
import { byline } from './papers.ts';
import { mediaHosts } from './policy.ts';
import { print, summaryOf } from './print.ts';
import type {
  ArchiveView,
  CoverView,
  EntryView,
  GroupIndexView,
  GroupView,
  Html,
  IndexView,
  NotFoundView,
  PageView,
  SearchView,
} from './views.ts';

export interface ListPage<View> {
  url: Url;
  view: View;
}

/** The front page and those after it, `/page/2/` and on. */
export function indexPages(site: Site, chrome: Chrome): ListPage<IndexView>[] {
  const { title, description } = chrome.config;
  return pages(HOME, site.order, site, chrome).map(({ address, entries, pagination, ...shown }) => ({
    url: address,
    view: {
      ...chrome.page(address, { title, description, ...shown }),
      overviews: overviewLinks(site, address, chrome),
      entries,
      pagination,
    },
  }));
}

/**
 * @param groups all of one kind: those above and below a group are found among them
 * @returns the pages of each; `about` is the note that introduces the group, on its first page
 */
export function groupPages(
  kind: GroupView['kind'],
  groups: Group[],
  site: Site,
  chrome: Chrome,
): (ListPage<GroupView> & { about?: NotePath })[] {
  const byNames = new Map(groups.map((g) => [g.names.join('\n'), g]));
  const below = new Map<string, Group[]>();
  for (const g of groups) {
    const parent = g.names.slice(0, -1).join('\n');
    const siblings = below.get(parent);
    if (siblings) siblings.push(g);
    else below.set(parent, [g]);
  }
  const link = (g: Group, label: string) => ({ label, href: chrome.href(g.url) });
  return groups.flatMap((group) =>
    pages(group.url, group.notes, site, chrome).map(({ address, entries, pagination, ...shown }) => ({
      url: address,
      ...(pagination.page === 1 && group.about && { about: group.about }),
      view: {
        ...chrome.page(address, {
          title: group.names.at(-1)!,
          ...introduced(group, site, chrome.config.lang),
          ...shown,
        }),
        kind,
        name: group.names.at(-1)!,
        seenWith: (group.seenWith ?? []).map(({ names, url: to, count }) => ({
          label: names.join('/'),
          href: chrome.href(to),
          count,
        })),
        parents: group.names.slice(0, -1).flatMap((name, i) => {
          const parent = byNames.get(group.names.slice(0, i + 1).join('\n'));
          return parent ? [link(parent, name)] : [];
        }),
        children: (below.get(group.names.join('\n')) ?? []).map((g) => ({
          ...link(g, g.names.at(-1)!),
          count: g.notes.length,
        })),
        // It is in its place by date here.
        entries: entries.map((e) => (e.sticky ? { ...e, sticky: false } : e)),
        pagination,
      },
    })),
  );
}

/** What the author's introduction says of a tag to machines. */
function introduced({ about }: Group, site: Site, lang: string): { description?: string } {
  if (about === undefined) return {};
  return { description: summaryOf(site.notes.get(about)!, lang) };
}

/**
 * @param groups all of one kind, in the order in which they are listed
 * @returns the page that lists them: `/tags/`, `/categories/` and others
 */
export function groupIndex(
  kind: GroupIndexView['kind'],
  groups: Group[],
  site: Site,
  chrome: Chrome,
): ListPage<GroupIndexView> {
  const address = url(kind);
  return {
    url: address,
    view: {
      ...chrome.page(address, { title: chrome.strings[kind], math: false }),
      overviews: overviewLinks(site, address, chrome),
      kind,
      groups: groups.map((g) => ({
        label: g.names.at(-1)!,
        href: chrome.href(g.url),
        count: g.notes.length,
        depth: g.names.length - 1,
      })),
    },
  };
}

/** `/archives/` with every year, and a page for each. */
export function archivePages(site: Site, chrome: Chrome): ListPage<ArchiveView>[] {
  const years = site.years.map((group) => ({
    year: group.names[0]!,
    entries: group.notes.map((n) => line(n, site, chrome)),
  }));
  const dated = new Set(site.years.flatMap((g) => g.notes));
  const undated = site.order.filter((p) => !dated.has(p)).map((n) => line(n, site, chrome));
  const { archive } = chrome.strings;
  const view = (address: Url, title: string, shown: ArchiveView['years']): ListPage<ArchiveView> => ({
    url: address,
    view: {
      ...chrome.page(address, { title, math: false }),
      overviews: overviewLinks(site, address, chrome),
      years: shown,
    },
  });
  return [
    view(url('archives'), archive, undated.length > 0 ? [...years, { year: '', entries: undated }] : years),
    ...site.years.map((g, i) => view(g.url, `${archive} ${g.names[0]}`, [years[i]!])),
  ];
}

/** Titles on the search page; a larger site has its archive for the rest. */
const MOST_TITLES = 500;

/** `/search/`, for a reader without JavaScript too: tags and titles to look through. */
export function searchPage(site: Site, chrome: Chrome): ListPage<SearchView> {
  const address = url('search');
  return {
    url: address,
    view: {
      ...chrome.page(address, { title: chrome.strings.search.label, math: false }),
      tags: site.tags.map((g) => ({
        label: g.names.join('/'),
        href: chrome.href(g.url),
        count: g.notes.length,
      })),
      titles: site.newest.slice(0, MOST_TITLES).map((n) => line(n, site, chrome)),
      archive: chrome.href(url('archives')),
    },
  };
}

/** What the service worker shows a reader without a network for a page that it has not kept. */
export function offlinePage(chrome: Chrome): ListPage<PageView> {
  const address = url('offline');
  const { canonical: _, ...page } = chrome.page(address, {
    title: chrome.strings.offline.title,
    math: false,
  });
  return { url: address, view: { ...page, noindex: true } };
}

/** What a server answers for an address that leads nowhere; it has no address of its own to point to. */
export function notFoundPage(chrome: Chrome): ListPage<NotFoundView> {
  const address = '/404.html' as Url;
  const { canonical: _, ...page } = chrome.page(address, {
    title: chrome.strings.notFound.title,
    math: false,
  });
  return { url: address, view: { ...page, noindex: true, recent: [] } };
}

/** Cuts a list into pages. */
function pages(first: Url, notes: NotePath[], site: Site, chrome: Chrome) {
  const size = chrome.config.perPage;
  const count = Math.max(1, Math.ceil(notes.length / size));
  return Array.from({ length: count }, (_, i) => {
    const address = pageUrl(first, i + 1);
    const shown = notes.slice(i * size, (i + 1) * size).map((n) => site.notes.get(n)!);
    const entries = shown.map((note, n) => entry(note, address, chrome, n));
    return {
      address,
      pagination: paginate(first, i + 1, count, chrome),
      entries,
      media: mediaHosts(entries.map((e) => e.excerpt)),
      math: shown.some(
        (note) => usesMath(note.index.excerpt.html, note.targets) || usesMath(note.index.titleHtml),
      ),
    };
  });
}

/** Entries that are the same on every page: a note stands on the index and on the page of each tag. */
const entries = new WeakMap<Chrome, Map<LinkedNote, EntryView>>();

function entry(note: LinkedNote, here: Url, chrome: Chrome, position: number): EntryView {
  let known = entries.get(chrome);
  if (!known) {
    known = new Map();
    entries.set(chrome, known);
  }
  const same = known.get(note);
  if (same) return same;
  const made = makeEntry(note, here, chrome, position);
  // References and ids are printed for the page and for the place on it.
  if (note.index.excerpt.html.every((f) => typeof f === 'string' || 'math' in f)) known.set(note, made);
  return made;
}

function makeEntry(note: LinkedNote, here: Url, chrome: Chrome, position: number): EntryView {
  const { meta, excerpt, math, stats } = note.index;
  const { config } = chrome;
  const paper = meta.papers.length === 1 ? meta.papers[0]! : undefined;
  const html = print(excerpt.html, { ...printContext(note, math, here, chrome), idPrefix: `e${position}-` });
  return {
    title: inLetters(note.index.meta.title),
    titleHtml: print(note.index.titleHtml, printContext(note, math, here, chrome)),
    href: chrome.href(note.url),
    lang: meta.lang ?? config.lang,
    ...(meta.date && { date: dateView(meta.date, config.timezone) }),
    ...(meta.depth && { depth: meta.depth }),
    minutes: minutes(stats),
    byline: paper ? byline(paper) : '',
    tags: tagLinks(meta.tags, chrome),
    excerpt: html as Html,
    sticky: meta.sticky > 0,
    ...(note.cover && { cover: coverView(note.cover, chrome) }),
  };
}

function coverView(cover: Cover, chrome: Chrome): CoverView {
  const src = chrome.href(cover.url);
  if (cover.kind === 'page') return { src, sources: [] };
  const { width, height, themed } = cover.asset;
  // The smallest copies: as wide as the text, and shown far smaller.
  const smallest = new Map<string, Variant>();
  for (const v of variantsOf(cover.asset)) if (!smallest.has(v.format)) smallest.set(v.format, v);
  return {
    src,
    ...(width && height && { width, height }),
    ...(themed && { themed }),
    sources: [...smallest.values()].map((v) => ({ type: `image/${v.format}`, srcset: chrome.href(v.url) })),
  };
}

/** @returns a note as lists without excerpts show it: title and date */
export function line(
  path: NotePath,
  site: Site,
  chrome: Chrome,
): ArchiveView['years'][number]['entries'][number] {
  const { index, url: address } = site.notes.get(path)!;
  const { lang, date } = index.meta;
  return {
    title: inLetters(index.meta.title),
    href: chrome.href(address),
    lang: lang ?? chrome.config.lang,
    ...(date && { date: dateView(date, chrome.config.timezone) }),
  };
}
