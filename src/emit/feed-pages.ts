/** Feeds of the newest notes, and what the site map lists. */

import { inLetters } from '../letters.ts';
import type { LinkedNote, LoadedNote, Site } from '../model.ts';
import { type NotePath, type Url, url } from '../paths.ts';
import type { Bodies } from './bodies.ts';
import { type Chrome, HOME } from './chrome.ts';
import { embedKeys, embedPrinter, loadEmbeds } from './embeds.ts';
import { atom, type Feed, type FeedEntry, jsonFeed } from './feeds.ts';
import { byNumber } from './footnotes.ts';
import { dateView, printContext } from './note-page.ts';
import { overviewAddresses } from './overviews.ts';
import type { Page } from './page.ts';
import { type PrintContext, print, summaryOf } from './print.ts';

const FEED_LENGTH = 20;

/**
 * The feeds, Atom and JSON.
 *
 * @param keyOf hashes what goes into a page
 */
export function* feedPages(
  site: Site,
  bodies: Bodies,
  chrome: Chrome,
  keyOf: (...parts: unknown[]) => string,
): Generator<Page> {
  const { config } = chrome;
  const origin = config.origin ?? '';
  const linked = site.newest.slice(0, FEED_LENGTH).map((path) => site.notes.get(path)!);
  const entries = async (): Promise<FeedEntry[]> => {
    const out: FeedEntry[] = [];
    for (const note of linked) {
      const embeds = await loadEmbeds(note.embeds, bodies);
      out.push(feedEntry(note, await bodies.load(note.index.path), { site, embeds, chrome, origin }));
    }
    return out;
  };
  const feed = async (self: Url): Promise<Feed> => ({
    title: config.title,
    description: config.description,
    author: config.author,
    lang: config.lang,
    home: origin + chrome.href(HOME),
    self: origin + chrome.href(self),
    entries: await entries(),
  });
  const inputs = linked.map((n) => [
    n.url,
    n.index.meta,
    n.targets,
    bodies.key(n.index.path),
    n.embeds,
    embedKeys(n.embeds, site, bodies),
  ]);
  const kinds = [
    ['/atom.xml', atom],
    ['/feed.json', jsonFeed],
  ] as const;
  for (const [self, write] of kinds) {
    yield {
      path: self.slice(1),
      key: () => keyOf(self, inputs, config),
      render: async () => write(await feed(self as Url)),
    };
  }
}

/** Permalinks are for pages; in a feed they would be stray marks. */
const PERMALINK = / ?<a class="permalink"[^>]*>¶<\/a>/g;

interface FeedContext {
  site: Site;
  /** The notes of which it shows parts. */
  embeds: Map<NotePath, LoadedNote>;
  chrome: Chrome;
  origin: string;
}

function feedEntry(
  linked: LinkedNote,
  note: LoadedNote,
  { site, embeds, chrome, origin }: FeedContext,
): FeedEntry {
  const { meta } = linked.index;
  const { config } = chrome;
  const address = origin + chrome.href(linked.url);
  const contextOf = (other: LinkedNote, body: LoadedNote): PrintContext => ({
    ...printContext(other, body.math, undefined, chrome),
    footnotes: byNumber(body.footnotes),
    feed: { origin },
  });
  const own = contextOf(linked, note);
  const context: PrintContext = {
    ...own,
    embed: embedPrinter(linked.embeds, { site, notes: embeds, here: undefined, lang: own.lang, contextOf }),
  };
  const body = note.sections.map((s) => print(s.body, context)).join('');
  const footnotes = note.footnotes.map((f) => `<li id="${f.id}">${print(f.body, context)}</li>`).join('');
  return {
    title: inLetters(meta.title),
    url: address,
    published: meta.date && moment(meta.date, config.timezone),
    updated: meta.updated && moment(meta.updated, config.timezone),
    summary: summaryOf(linked, config.lang),
    html: body.replace(PERMALINK, '') + (footnotes && `<hr><ol>${footnotes}</ol>`),
    tags: meta.tags,
    lang: meta.lang ?? config.lang,
  };
}

/** RFC 3339: a day alone is its start. */
function moment(date: NonNullable<LinkedNote['index']['meta']['date']>, timezone: string): string {
  return dateView({ ...date, time: date.time || '00:00:00' }, timezone).iso;
}

/** @returns what the site map lists: address, and when it changed */
export function siteMapEntries(site: Site, chrome: Chrome): { url: string; day: string | undefined }[] {
  const notes = [...site.notes.values()].filter((n) => n.index.meta.type !== 'tag');
  return [
    { url: chrome.absolute(HOME)!, day: undefined },
    ...notes.map((n) => ({
      url: chrome.absolute(n.url)!,
      day: (n.index.meta.updated ?? n.index.meta.date)?.day,
    })),
    ...[
      url('tags'),
      url('categories'),
      url('archives'),
      ...overviewAddresses(site),
      ...site.papers.map((p) => p.url),
      ...site.series.map((g) => g.url),
      ...site.tags.map((g) => g.url),
      ...site.categories.map((g) => g.url),
      ...site.folders.map((g) => g.url),
    ].map((address) => ({ url: chrome.absolute(address)!, day: undefined })),
  ];
}
