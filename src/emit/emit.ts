/**
 * Site → output files. Every page first says, as a hash, what goes into it; only a page whose hash is new is
 * rendered. It decides nothing that two pages could disagree on, and knows no Markdown and no disk.
 */

import type { PreviewFile } from '../../templates/client/preview-file.ts';
import type { Templates } from '../../templates/templates.ts';
import type { Theme } from '../../templates/theme.ts';
import type { ClientFiles } from '../client.ts';
import type { Config } from '../config/config.ts';
import { hash } from '../hash.ts';
import { inLetters } from '../letters.ts';
import type { LinkedNote, Site } from '../model.ts';
import { cardUrl, markdownUrl, outputPath, previewUrl, type Url } from '../paths.ts';
import type { Bodies } from './bodies.ts';
import { type Cards, cardOf } from './cards.ts';
import { Chrome } from './chrome.ts';
import { embedKeys, loadEmbeds } from './embeds.ts';
import { feedPages, siteMapEntries } from './feed-pages.ts';
import { robots, sitemap } from './feeds.ts';
import { glossaryPage } from './glossary.ts';
import { graphJson, graphPage } from './lineage.ts';
import {
  archivePages,
  groupIndex,
  groupPages,
  indexPages,
  type ListPage,
  notFoundPage,
  offlinePage,
  searchPage,
} from './list-pages.ts';
import { llmsText, publicFrontMatter } from './markdown.ts';
import { bodyLinks, frameInputs, type NoteFrame, noteBody, noteFrame, ShownNotes } from './note-page.ts';
import { has } from './overviews.ts';
import type { Page, SiteSheet } from './page.ts';
import { paperPages, papersPage, venuesPage } from './papers.ts';
import { frameHosts, mediaHosts } from './policy.ts';
import { notePreview, paperPreview } from './previews.ts';
import { questionsPage } from './questions.ts';
import { readingLogPage } from './reading-log.ts';
import type { GroupView } from './views.ts';

export interface EmitOptions {
  config: Config;
  client: ClientFiles;
  theme: Theme;
  /** Hash of Postil's code, and of the templates that the site replaces. */
  engine: string;
  /** Paths below `public/`: what stands there is not made. */
  publicFiles: ReadonlySet<string>;
  /** Draws the pictures of notes, where the site wants them. */
  cards?: Cards | undefined;
}

const ICONS = ['favicon.svg', 'favicon.ico', 'favicon.png'];

/** @returns what threads need to make pages of notes as `emit` with these options does */
export function siteSheet({ config, client, publicFiles }: EmitOptions): SiteSheet {
  return {
    config,
    client,
    icon: ICONS.find((i) => publicFiles.has(i)),
    // A worker of the author's own is the author's own affair.
    keeps: config.offline && !publicFiles.has('sw.js'),
  };
}

/** Every made file of the site, in the order in which it is to be written: notes, then lists, then feeds. */
export function* emit(site: Site, bodies: Bodies, options: EmitOptions): Generator<Page> {
  const { config, engine, publicFiles } = options;
  const sheet = siteSheet(options);
  const chrome = new Chrome(config, options.theme, { ...sheet, cards: options.cards });
  const { render } = options.theme;
  const keyOf = (...parts: unknown[]) =>
    hash(engine, ...parts.map((p) => (typeof p === 'string' ? p : JSON.stringify(p))));
  /** Of a view: the frame that all pages share is hashed once, not with each of them. */
  const keyOfView = (kind: string, address: Url, view: object, ...parts: unknown[]) =>
    keyOf(kind, frameKey, address, withEntryKeys(view), ...parts);
  const frameKey = hash(chrome.key);
  // Notes' pages are told by what goes into them, all of the configuration included.
  const noteKey = hash(
    chrome.key,
    JSON.stringify(config),
    options.cards?.version ?? '',
    String(options.cards?.chinese),
  );
  const shown = new ShownNotes(site);

  for (const linked of site.notes.values()) {
    // What introduces a tag is a part of the tag's page.
    if (linked.index.meta.type === 'tag') continue;
    const path = linked.index.path;
    // Only a page that is asked for is worked out: the development server shows one of thousands.
    let made: NoteFrame | undefined;
    const frame = () => {
      made ??= noteFrame(linked, site, chrome);
      return made;
    };
    yield {
      path: outputPath(linked.url),
      key: () =>
        keyOf(
          'note',
          noteKey,
          bodies.key(path),
          frameInputs(linked, shown),
          embedKeys(linked.embeds, site, bodies),
        ),
      render: async () => {
        const embeds = await loadEmbeds(linked.embeds, bodies);
        const body = noteBody(await bodies.load(path), linked, site, embeds, chrome);
        return render('note', { ...frame(), ...body });
      },
      ...(linked.embeds.length === 0 && {
        sheet: () => ({
          kind: 'note',
          key: bodies.key(path),
          frame: frame(),
          linked: bodyLinks(linked),
        }),
      }),
    };
  }

  const preview = (address: Url, shown: PreviewFile): Page => ({
    path: outputPath(previewUrl(address)),
    key: () => keyOf('preview', shown),
    render: async () => `${JSON.stringify(shown)}\n`,
  });
  for (const note of site.notes.values()) yield preview(note.url, notePreview(note, config.lang));
  for (const paper of site.papers) yield preview(paper.url, paperPreview(paper));

  if (config.markdown) {
    for (const note of site.notes.values()) {
      if (note.index.meta.type === 'tag') continue;
      const front = publicFrontMatter(note, chrome);
      const { path } = note.index;
      yield {
        path: outputPath(markdownUrl(note.url)),
        key: () => keyOf('markdown', front, bodies.key(path)),
        render: async () => front + (await bodies.markdown(path)),
      };
    }
  }

  for (const note of site.notes.values()) {
    if (note.index.meta.type === 'tag' || !options.cards || !chrome.hasCard(note)) continue;
    const { draw, version } = options.cards;
    const card = cardOf(note, config);
    yield {
      path: outputPath(cardUrl(note.url)),
      key: () => hash('card', version, JSON.stringify(card)),
      render: () => draw(card),
    };
  }

  const page = <K extends Exclude<keyof Templates, 'note'>>(
    kind: K,
    { url: address, view }: { url: Url; view: Parameters<Templates[K]>[0] },
  ): Page => ({
    path: outputPath(address),
    key: () => keyOfView(kind, address, view),
    render: async () => render(kind, view),
    sheet: () => ({ kind: 'view', template: kind, view }),
  });
  /** The first page of a tag that an author introduces. */
  const introduced = ({ url: address, view }: ListPage<GroupView>, linked: LinkedNote): Page => {
    const { path, meta } = linked.index;
    const all = { ...view, math: view.math || noteFrame(linked, site, chrome).math };
    return {
      path: outputPath(address),
      key: () =>
        keyOfView(
          'group',
          address,
          all,
          linked.targets,
          linked.terms,
          bodies.key(path),
          linked.embeds,
          embedKeys(linked.embeds, site, bodies),
        ),
      render: async () => {
        const embeds = await loadEmbeds(linked.embeds, bodies);
        const { policy: _, ...body } = noteBody(await bodies.load(path), linked, site, embeds, chrome);
        const shown = [body.body, ...body.footnotes.map((f) => f.html), ...all.entries.map((e) => e.excerpt)];
        return render('group', {
          ...all,
          policy: chrome.policy(mediaHosts(shown), frameHosts(shown)),
          introduction: { ...body, lang: meta.lang ?? config.lang },
        });
      },
    };
  };
  for (const { about, ...p } of groupPages('tag', site.tags, site, chrome))
    yield about === undefined ? page('group', p) : introduced(p, site.notes.get(about)!);
  for (const p of groupPages('category', site.categories, site, chrome)) yield page('group', p);
  for (const p of groupPages('series', site.series, site, chrome)) yield page('group', p);
  for (const p of groupPages('folder', site.folders, site, chrome)) yield page('group', p);
  if (has(site, 'series')) yield page('groups', groupIndex('series', site.series, site, chrome));
  if (has(site, 'folders')) yield page('groups', groupIndex('folders', site.folders, site, chrome));
  if (has(site, 'questions')) yield page('questions', questionsPage(site, chrome));
  if (has(site, 'glossary')) yield page('glossary', glossaryPage(site, chrome));
  if (has(site, 'readingLog')) yield page('readingLog', readingLogPage(site, chrome));
  yield page('groups', groupIndex('tags', site.tags, site, chrome));
  yield page('groups', groupIndex('categories', site.categories, site, chrome));
  for (const p of archivePages(site, chrome)) yield page('archive', p);
  for (const p of paperPages(site, chrome)) yield page('paper', p);
  if (has(site, 'papers')) yield page('papers', papersPage(site, chrome));
  if (has(site, 'venues')) yield page('papers', venuesPage(site, chrome));
  if (has(site, 'graph')) yield page('graph', graphPage(site, chrome));
  if (config.search) yield page('search', searchPage(site, chrome));
  for (const { from, to } of site.redirects) {
    const { index, url: address } = site.notes.get(to)!;
    const canonical = chrome.absolute(address);
    const { title, lang } = index.meta;
    const view = {
      title: inLetters(title),
      lang: lang ?? config.lang,
      href: chrome.href(address),
      ...(canonical && { canonical }),
    };
    yield page('redirect', { url: from, view });
  }
  if (sheet.keeps) yield page('offline', offlinePage(chrome));
  if (!publicFiles.has('404.html')) yield page('notFound', notFoundPage(chrome));
  for (const p of indexPages(site, chrome)) yield page('index', p);
  yield* feedPages(site, bodies, chrome, keyOf);

  const map = config.origin && sitemap(siteMapEntries(site, chrome));
  const text = (path: string, contents: string): Page => ({
    path,
    key: () => keyOf(path, contents),
    render: async () => contents,
  });
  if (has(site, 'graph')) yield text('graph.json', graphJson(site, chrome));
  if (map) yield text('sitemap.xml', map);
  if (config.markdown && !publicFiles.has('llms.txt')) yield text('llms.txt', llmsText(site, chrome));
  if (!publicFiles.has('robots.txt')) {
    yield text('robots.txt', robots(config.origin && chrome.absolute('/sitemap.xml' as Url)));
  }
}

/** A note stands on the index, on the page of each of its tags, of its year: what is shown of it there is hashed once. */
const entryKeys = new WeakMap<object, string>();

/** A view as its key needs it: with hashes in place of its entries, and without the frame that all pages share. */
function withEntryKeys(view: object & { entries?: object[] }): object {
  const shown = { ...view, site: undefined };
  if (!view.entries) return shown;
  const entries = view.entries.map((entry) => {
    let key = entryKeys.get(entry);
    if (key === undefined) {
      key = hash(JSON.stringify(entry));
      entryKeys.set(entry, key);
    }
    return key;
  });
  return { ...shown, entries };
}
