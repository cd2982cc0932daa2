/**
 * Note[] → Site: addresses, references, backlinks, groups. Works on indexes only, in memory, and reads no
 * Markdown; it knows neither the base path nor the disk.
 */

import { noPosts } from '../diagnostics/messages.ts';
import type { Asset, Backlink, BibEntry, Cover, LinkedNote, NoteIndex, Site, Target } from '../model.ts';
import { OWN_PAGES, SEARCH_FILE } from '../own-pages.ts';
import {
  assetUrl,
  cardUrl,
  collisionKey,
  compare,
  markdownUrl,
  type NotePath,
  pageUrl,
  previewUrl,
  searchedUrl,
  stem,
  type Url,
  url,
} from '../paths.ts';
import { variantsOf } from '../pictures.ts';
import { AddressBook, type Addressed, addressNotes } from './addresses.ts';
import { embedTrees } from './embeds.ts';
import { Files } from './files.ts';
import { glossaryOf, termUses } from './glossary.ts';
import { graphOf } from './graph.ts';
import { groupNotes } from './groups.ts';
import { findMentions, type MentionMemory } from './mentions.ts';
import { Names } from './names.ts';
import { checkNav, type NavAddress } from './nav.ts';
import { asListed, newestFirst } from './order.ts';
import { Papers } from './papers.ts';
import { readingLog } from './reading-log.ts';
import { redirectsOf } from './redirects.ts';
import { relatedNotes } from './related.ts';
import { resolveCover, resolveRef, type World } from './resolve.ts';
import { Results } from './results.ts';
import { seriesOf } from './series.ts';
import { translationsOf } from './translations.ts';

export interface LinkOptions {
  permalink: string;
  timezone: string;
  perPage: number;
  publish: 'all' | 'explicit';
  /** Publish drafts too (`--drafts`). */
  drafts: boolean;
  /** Language of notes that say nothing. */
  lang: string;
  /** Every note stands beside its page as Markdown. */
  markdown: boolean;
  og: { images?: boolean };
  /** Readers can search the notes. */
  search: boolean;
}

/** What may be the address of a file that Postil makes beside a page. */
const BESIDE_PAGE = /[/.](?:preview|search)\.json$/i;
/** What may be the address of a smaller copy of a picture. */
const COPY = /-[0-9a-f]{8}-\d+\.(?:avif|webp)$/i;

/** Whether a note is on the site at all. */
export function isPublished(index: NoteIndex, options: Pick<LinkOptions, 'publish' | 'drafts'>): boolean {
  if (options.drafts) return true;
  return index.meta.publish === 'yes' || (index.meta.publish === 'unset' && options.publish === 'all');
}

/** What a site has beside its notes. */
export interface Surroundings {
  /** Every other file below `posts/`. */
  assets?: Asset[];
  /** Paths below `public/`. */
  publicFiles?: string[];
  /** Paths of the files of the theme that browsers are sent: `assets/site-1a2b.css`. */
  themeFiles?: string[];
  /** Entries of the bibliography files, in their order. */
  bibliography?: BibEntry[];
  /** Links of the bar. */
  nav?: NavAddress[];
  /** Of mentions that were found in an earlier build. */
  memory?: MentionMemory;
}

/** @param indexes every note of the site, in any order */
export function link(
  indexes: NoteIndex[],
  options: LinkOptions,
  { assets = [], publicFiles = [], themeFiles = [], bibliography = [], nav = [], memory }: Surroundings = {},
): Site {
  const published = indexes.filter((i) => isPublished(i, options)).sort((a, b) => compare(a.path, b.path));
  const { notes, diagnostics } = addressNotes(published, options.permalink);
  const newest = newestFirst(
    notes.filter((n) => n.index.meta.type === 'note'),
    options.timezone,
  );
  const listed = asListed(newest);
  const groups = groupNotes(
    newest,
    notes.filter((n) => n.index.meta.type === 'tag'),
  );
  diagnostics.push(...groups.diagnostics);
  const series = seriesOf(newest);
  diagnostics.push(...series.diagnostics);
  const glossary = glossaryOf(notes.map((n) => n.index));
  diagnostics.push(...glossary.diagnostics);
  const papers = new Papers(newest, bibliography);
  diagnostics.push(...papers.diagnostics);
  if (newest.length === 0) diagnostics.push(noPosts({}));

  const addresses = new AddressBook();
  const ownFiles = new Set(publicFiles);
  for (const [address, owner] of OWN_PAGES)
    if (address !== '/404.html' || !ownFiles.has('404.html')) addresses.claim(address, owner);
  for (const { index, url: address } of notes) {
    if (index.meta.type === 'tag') continue;
    addresses.claim(address, `posts/${index.path}`);
    if (options.markdown) addresses.claim(markdownUrl(address), `posts/${index.path} as Markdown`);
    if (options.og.images) addresses.claim(cardUrl(address), `the picture of posts/${index.path}`);
  }
  const lists: [Url, number, string][] = [
    [url(), listed.length, 'the index'],
    ...groups.tags.map((g): [Url, number, string] => [g.url, g.notes.length, `the tag ${g.names.join('/')}`]),
    ...groups.categories.map((g): [Url, number, string] => [
      g.url,
      g.notes.length,
      `the category ${g.names.join('/')}`,
    ]),
  ];
  for (const g of groups.folders) lists.push([g.url, g.notes.length, `the folder ${g.names.join('/')}`]);
  for (const g of series.series) lists.push([g.url, g.notes.length, `the series ${g.names[0]}`]);
  if (series.series.length > 0) addresses.claim(url('series'), 'the list of series');
  for (const [first, count, owner] of lists) {
    if (first !== '/') addresses.claim(first, owner);
    for (let page = 2; page <= Math.ceil(count / options.perPage); page++) {
      addresses.claim(pageUrl(first, page), `page ${page} of ${owner}`);
    }
  }
  for (const group of groups.years) addresses.claim(group.url, `the archive of ${group.names[0]}`);
  if (papers.all.length > 0) {
    addresses.claim(url('papers'), 'the list of papers');
    addresses.claim(url('venues'), 'the list of papers by venue');
  }
  if (groups.folders.length > 0) addresses.claim(url('folders'), 'the list of folders');
  if (glossary.terms.length > 0) addresses.claim(url('glossary'), 'the glossary');
  const log = readingLog(newest.map((n) => n.index));
  if (log.length > 0) addresses.claim(url('reading-log'), 'the reading log');
  for (const paper of papers.all) addresses.claim(paper.url, `the paper ${paper.key}`);
  for (const path of publicFiles)
    addresses.claim(`/${path.replace(/(^|\/)index\.html$/, '$1')}` as Url, `public/${path}`);
  if (options.markdown && !ownFiles.has('llms.txt')) addresses.claim('/llms.txt' as Url, 'the list of notes');
  if (!ownFiles.has('robots.txt')) addresses.claim('/robots.txt' as Url, 'the file for crawlers');
  if (!ownFiles.has('sw.js')) addresses.claim('/sw.js' as Url, 'the service worker');

  const redirects = redirectsOf(notes);
  for (const { from, to, place } of redirects) {
    const file = `posts/${to.index.path}`;
    addresses.claim(from, `an alias of ${file}`, { file, ...place });
  }

  const byPath = new Map(notes.map((n) => [n.index.path, n]));
  const world: World = {
    notes: byPath,
    byUrl: new Map([
      ...redirects.map((r): [Url, Addressed] => [r.from, r.to]),
      ...notes.map((n): [Url, Addressed] => [n.url, n]),
    ]),
    names: new Names(notes),
    unpublished: unpublishedNames(indexes, options),
    files: new Files(assets),
    publicFiles: ownFiles,
    addresses,
    papers,
    results: new Results(newest),
    lang: options.lang,
  };
  const targets = new Map<NotePath, Target[]>();
  const covers = new Map<NotePath, Cover>();
  for (const note of notes) {
    targets.set(
      note.index.path,
      note.index.refs.map((ref) => resolveRef(ref, note, world, diagnostics)),
    );
    const cover = resolveCover(note, world, diagnostics);
    if (cover) covers.set(note.index.path, cover);
  }
  const used = usedAssets([...targets.values(), [...covers.values()]]);
  // Two files that differ in case alone are told of where it matters, by `postil deploy`.
  const distinct = [...new Map(used.map((u) => [collisionKey(u.url), u])).values()];
  for (const { asset, url: address } of distinct) addresses.claim(address, `the file posts/${asset.path}`);
  // Each of thousands of pages has such files, and hardly a site has another that could meet them.
  const claimed = [...addresses.all()];
  if (claimed.some((address) => BESIDE_PAGE.test(address))) {
    for (const { index, url: address } of notes) {
      addresses.claim(previewUrl(address), `the preview of posts/${index.path}`);
      if (options.search) addresses.claim(searchedUrl(address), `what search shows of posts/${index.path}`);
    }
    for (const paper of papers.all)
      addresses.claim(previewUrl(paper.url), `the preview of the paper ${paper.key}`);
  }
  if (claimed.some((address) => COPY.test(address))) {
    const copies = distinct.flatMap(({ asset }) =>
      variantsOf(asset).map(({ url: copy }) => ({ asset, copy })),
    );
    // Two pictures with the same bytes and one name but for `.jpg` and `.png` have the same copies.
    for (const { asset, copy } of new Map(copies.map((c) => [collisionKey(c.copy), c])).values())
      addresses.claim(copy, `a smaller copy of posts/${asset.path}`);
  }
  if (options.search)
    for (const address of claimed)
      if (SEARCH_FILE.test(address)) addresses.claim(address, 'a file of the search index');
  for (const path of themeFiles) addresses.claim(`/${path}` as Url, 'a file of the theme');
  diagnostics.push(...addresses.conflicts());
  diagnostics.push(...checkNav(nav, world));

  const embeds = embedTrees(notes, targets);
  diagnostics.push(...embeds.diagnostics);

  const rank = new Map(newest.map((n, i) => [n.index.path, i]));
  const rankOf = (p: NotePath) => rank.get(p) ?? newest.length;
  const backlinks = backlinksOf(notes, targets, rankOf, (t) => ('path' in t ? t.path : undefined));
  const citations = backlinksOf(notes, targets, rankOf, (t) => (t.kind === 'paper' ? t.key : undefined));
  const known = new Map(
    [...backlinks].map(([to, list]): [NotePath, Set<NotePath>] => [to, new Set(list.map((b) => b.from))]),
  );
  const mentions = findMentions(
    [...newest, ...notes.filter((n) => !rank.has(n.index.path))].map((n) => n.index),
    (from, to) => known.get(to)?.has(from) ?? false,
    memory,
  );
  const lineage = graphOf(notes, targets, world.names, papers, options.lang);
  diagnostics.push(...lineage.diagnostics);
  const tied = translationsOf(notes, world.names, options.lang);
  diagnostics.push(...tied.diagnostics);
  const related = relatedNotes(
    newest.map((n) => n.index),
    targets,
  );
  const terms = termUses(
    notes.map((n) => n.index),
    glossary,
  );
  const linked = new Map<NotePath, LinkedNote>();
  for (const { index, slug, url: address } of notes) {
    const i = rank.get(index.path);
    const newer = i === undefined ? undefined : newest[i - 1];
    const older = i === undefined ? undefined : newest[i + 1];
    linked.set(index.path, {
      index,
      slug,
      url: address,
      targets: targets.get(index.path)!,
      embeds: embeds.trees.get(index.path) ?? [],
      backlinks: (backlinks.get(index.path) ?? []).filter((b) => b.from !== index.path),
      mentions: mentions.get(index.path) ?? [],
      ...(covers.has(index.path) && { cover: covers.get(index.path)! }),
      ...(series.places.has(index.path) && { series: series.places.get(index.path)! }),
      neighbours: lineage.neighbours.get(index.path) ?? [],
      terms: terms.get(index.path) ?? [],
      translations: tied.translations.get(index.path) ?? [],
      related: related.get(index.path) ?? [],
      papers: papers.of(index.path).map(({ key, paper, url: page }) => ({ key, paper, url: page })),
      ...(older && { previous: older.index.path }),
      ...(newer && { next: newer.index.path }),
    });
  }
  return {
    notes: linked,
    order: listed.map((n) => n.index.path),
    newest: newest.map((n) => n.index.path),
    tags: groups.tags,
    categories: groups.categories,
    years: groups.years,
    series: series.series,
    folders: groups.folders,
    glossary: glossary.terms,
    log,
    papers: papers.all.map(({ key, paper, url: page, readBy }) => ({
      key,
      paper,
      url: page,
      readBy: readBy.map((n) => n.path).sort((a, b) => rankOf(a) - rankOf(b)),
      citedBy: citations.get(key) ?? [],
    })),
    graph: lineage.graph,
    assets: used,
    redirects: redirects.map(({ from, to }) => ({ from, to: to.index.path })),
    diagnostics,
  };
}

/** Names of the notes that are not on the site, gathered when the first link names none that is. */
function unpublishedNames(indexes: NoteIndex[], options: LinkOptions): World['unpublished'] {
  let names: Names | undefined;
  return (name, from) => {
    names ??= new Names(
      indexes
        .filter((i) => !isPublished(i, options))
        .map((index) => ({ index, slug: index.meta.slug ?? stem(index.path) })),
    );
    return names.find(name, from) !== undefined;
  };
}

/** Who refers to a thing, with the sentences; newest first. `thing` names what a target is, or nothing. */
function backlinksOf<K extends string>(
  notes: Addressed[],
  targets: Map<NotePath, Target[]>,
  rank: (path: NotePath) => number,
  thing: (target: Target) => K | undefined,
): Map<K, Backlink[]> {
  const out = new Map<K, Backlink[]>();
  for (const { index } of notes) {
    targets.get(index.path)!.forEach((target, ref) => {
      const to = thing(target);
      if (to === undefined) return;
      const list = out.get(to) ?? [];
      out.set(to, list);
      const last = list.at(-1);
      const entry = last?.from === index.path ? last : { from: index.path, contexts: [] };
      if (entry !== last) list.push(entry);
      const context = index.refs[ref]!.context;
      const html = index.contexts[context];
      if (html && !entry.contexts.some((c) => index.refs[c.ref]!.context === context))
        entry.contexts.push({ ref, html });
    });
  }
  for (const list of out.values())
    list.sort((a, b) => rank(a.from) - rank(b.from) || compare(a.from, b.from));
  return out;
}

function usedAssets(targets: Target[][]): Site['assets'] {
  const used = new Map<string, Asset>();
  for (const list of targets) {
    for (const target of list) if (target.kind === 'asset') used.set(target.asset.path, target.asset);
  }
  return [...used.values()]
    .sort((a, b) => compare(a.path, b.path))
    .map((asset) => ({ asset, url: assetUrl(asset.path) }));
}
