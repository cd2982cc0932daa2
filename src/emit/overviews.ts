/** The overviews that a site has, and the line of links with which they and the lists lead to each other. */

import type { Site } from '../model.ts';
import { type Url, url } from '../paths.ts';
import type { Chrome } from './chrome.ts';
import type { OverviewLink } from './views.ts';

type Overview =
  | 'graph'
  | 'papers'
  | 'venues'
  | 'glossary'
  | 'questions'
  | 'series'
  | 'readingLog'
  | 'folders';

/** Where each overview is, in the order in which they are named. */
const ADDRESSES: Record<Overview, Url> = {
  graph: url('graph'),
  papers: url('papers'),
  venues: url('venues'),
  glossary: url('glossary'),
  questions: url('questions'),
  series: url('series'),
  readingLog: url('reading-log'),
  folders: url('folders'),
};

/** Whether the notes give an overview something to show. */
export function has(site: Site, overview: Overview): boolean {
  switch (overview) {
    case 'graph':
      return site.graph.edges.length > 0;
    case 'papers':
      return site.papers.length > 0;
    case 'venues':
      return site.papers.some((p) => p.paper.venue !== undefined);
    case 'glossary':
      return site.glossary.length > 0;
    case 'questions':
      return site.newest.some((path) => site.notes.get(path)!.index.questions.length > 0);
    case 'series':
      return site.series.length > 0;
    case 'readingLog':
      return site.log.length > 0;
    case 'folders':
      return site.folders.length > 0;
  }
}

/** The addresses of the overviews that a site has. */
export function overviewAddresses(site: Site): Url[] {
  return overviewsOf(site).map((name) => ADDRESSES[name]);
}

/** @param here the page on which the links stand: it is among them, marked, when it is an overview itself */
export function overviewLinks(site: Site, here: Url, chrome: Chrome): OverviewLink[] {
  const t = chrome.strings;
  return overviewsOf(site).map((name) => ({
    label: name === 'graph' ? t.graph.title : t[name],
    href: chrome.href(ADDRESSES[name]),
    current: ADDRESSES[name] === here,
  }));
}

/** Asked by every list of a site. */
const known = new WeakMap<Site, Overview[]>();

function overviewsOf(site: Site): Overview[] {
  let overviews = known.get(site);
  if (!overviews) {
    overviews = (Object.keys(ADDRESSES) as Overview[]).filter((name) => has(site, name));
    known.set(site, overviews);
  }
  return overviews;
}
