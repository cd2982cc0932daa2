import { type Url, url } from './paths.ts';

/** Addresses that Postil itself writes to. */
export const OWN_PAGES: [Url, string][] = [
  [url(), 'the index'],
  [url('tags'), 'the tag index'],
  [url('categories'), 'the category index'],
  [url('archives'), 'the archive'],
  [url('graph'), 'the map of lineage'],
  [url('questions'), 'the list of questions'],
  ['/graph.json' as Url, 'the map of lineage as data'],
  [url('search'), 'the search page'],
  ['/search/index.json' as Url, 'the search index'],
  [url('offline'), 'the page for readers without a network'],
  ['/404.html' as Url, 'the 404 page'],
  ['/atom.xml' as Url, 'the Atom feed'],
  ['/feed.json' as Url, 'the JSON feed'],
  ['/sitemap.xml' as Url, 'the sitemap'],
];

/** Addresses of the files of the search index, which are named by what is in them: those of any build. */
export const SEARCH_FILE = /^\/search\/(?:words|notes)-\d+-[0-9a-f]{10}\.(?:txt|json)$/i;
