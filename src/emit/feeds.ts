/** Atom (RFC 4287) and JSON Feed 1.1 of the newest notes, with full text; sitemap and robots.txt. */

import { escapeXml } from '../xml.ts';

/** One note in a feed; addresses are absolute when the site knows its origin. */
export interface FeedEntry {
  title: string;
  url: string;
  /** RFC 3339. */
  published: string | undefined;
  updated: string | undefined;
  summary: string;
  html: string;
  tags: string[];
  lang: string;
}

export interface Feed {
  title: string;
  description: string;
  author: string;
  lang: string;
  home: string;
  self: string;
  entries: FeedEntry[];
}

/** Undated notes come last and carry this date: a feed entry must have one, and a build has no clock. */
const EPOCH = '1970-01-01T00:00:00Z';

/** The feed as Atom, RFC 4287. */
export function atom(feed: Feed): string {
  const updated = feed.entries
    .map((e) => e.updated ?? e.published ?? EPOCH)
    .reduce((a, b) => (Date.parse(a) >= Date.parse(b) ? a : b), EPOCH);
  const entries = feed.entries.map(
    (e) => `  <entry xml:lang="${escapeXml(e.lang)}">
    <title>${escapeXml(e.title)}</title>
    <id>${escapeXml(e.url)}</id>
    <link href="${escapeXml(e.url)}"/>
    <published>${e.published ?? EPOCH}</published>
    <updated>${e.updated ?? e.published ?? EPOCH}</updated>
${e.tags.map((t) => `    <category term="${escapeXml(t)}"/>\n`).join('')}    <summary>${escapeXml(e.summary)}</summary>
    <content type="html">${escapeXml(e.html)}</content>
  </entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(feed.lang)}">
  <title>${escapeXml(feed.title)}</title>
${feed.description ? `  <subtitle>${escapeXml(feed.description)}</subtitle>\n` : ''}  <id>${escapeXml(feed.home)}</id>
  <link href="${escapeXml(feed.home)}"/>
  <link rel="self" href="${escapeXml(feed.self)}"/>
  <updated>${updated}</updated>
  <author><name>${escapeXml(feed.author || feed.title)}</name></author>
  <generator>Postil</generator>
${entries.join('')}</feed>
`;
}

/** The same as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function jsonFeed(feed: Feed): string {
  const data = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.self,
    ...(feed.description && { description: feed.description }),
    ...(feed.author && { authors: [{ name: feed.author }] }),
    language: feed.lang,
    items: feed.entries.map((e) => ({
      id: e.url,
      url: e.url,
      title: e.title,
      content_html: e.html,
      ...(e.summary && { summary: e.summary }),
      ...(e.published && { date_published: e.published }),
      ...(e.updated && { date_modified: e.updated }),
      ...(e.tags.length > 0 && { tags: e.tags }),
      language: e.lang,
    })),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** @param pages absolute addresses with the day of their last change, where it is known */
export function sitemap(pages: { url: string; day: string | undefined }[]): string {
  const urls = pages.map(
    ({ url, day }) => `  <url><loc>${escapeXml(url)}</loc>${day ? `<lastmod>${day}</lastmod>` : ''}</url>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('')}</urlset>
`;
}

/** @param sitemapUrl absolute, as the Sitemaps protocol wants it; nothing when the site does not know its origin */
export function robots(sitemapUrl: string | undefined): string {
  return `User-agent: *\nAllow: /\n${sitemapUrl ? `\nSitemap: ${sitemapUrl}\n` : ''}`;
}
