/** What every page shares: the site's frame and its addresses. */

import { createHash } from 'node:crypto';
import { stringsFor } from '../../templates/strings/strings.ts';
import type { ClientFiles } from '../client.ts';
import type { Config } from '../config.ts';
import { href, type Url, url } from '../paths.ts';
import { contentPolicy } from './policy.ts';
import type { Html, PageView, SiteView } from './views.ts';

export class Chrome {
  readonly config: Config;
  readonly #shared: Omit<SiteView, 'nav'>;
  readonly #scripts: string[];
  readonly #nav: { label: string; to: string }[];

  /** @param icon path of the site's icon in `public/`, if it has one */
  constructor(config: Config, client: ClientFiles, icon: string | undefined) {
    const to = (path: string) => href(`/${path}` as Url, config.base);
    const t = stringsFor(config.lang);
    this.config = config;
    const speculation = speculationRules(to(''));
    this.#scripts = [client.themeHash, `sha256-${createHash('sha256').update(speculation).digest('base64')}`];
    this.#nav = config.nav ?? [
      { label: t.notes, to: '/' },
      { label: t.tags, to: '/tags/' },
      { label: t.categories, to: '/categories/' },
      { label: t.archive, to: '/archives/' },
    ];
    this.#shared = {
      title: config.title,
      description: config.description,
      author: config.author,
      lang: config.lang,
      home: to(''),
      search: to('search/'),
      feed: to('atom.xml'),
      jsonFeed: to('feed.json'),
      styles: client.styles.map(to),
      scripts: client.scripts.map(to),
      themeScript: client.theme as Html,
      mathStyle: to(client.math),
      speculation: speculation as Html,
      titleFonts: client.titleFont.map(to),
      mathFonts: client.mathFonts.map(to),
      ...(icon && { icon: to(icon) }),
    };
  }

  href(address: Url, fragment = ''): string {
    return href(address, this.config.base, fragment);
  }

  /** Address with origin, when the site knows its own. */
  absolute(address: Url): string | undefined {
    return this.config.origin === undefined ? undefined : this.config.origin + this.href(address);
  }

  /** @param media other hosts from which the page shows pictures */
  policy(media: string[] = []): string {
    return contentPolicy(
      this.#scripts.map((h) => `'${h}'`),
      [],
      [],
      media,
    );
  }

  /** The part of a view that every page has. */
  page(address: Url, page: { title: string; description?: string; lang?: string; math: boolean }): PageView {
    const canonical = this.absolute(address);
    const nav = this.#nav.map(({ label, to }) => {
      const external = /^https?:/.test(to);
      return {
        label,
        href: external ? to : this.href(decode(to)),
        current: !external && decode(to) === address,
      };
    });
    return {
      site: { ...this.#shared, nav },
      policy: this.policy(),
      title: page.title,
      description: page.description ?? '',
      lang: page.lang ?? this.config.lang,
      ...(canonical && { canonical }),
      math: page.math,
    };
  }
}

/** Pages that a reader is about to open are fetched ahead, where the browser can and the reader saves no data. */
function speculationRules(home: string): string {
  return JSON.stringify({ prefetch: [{ where: { href_matches: `${home}*` }, eagerness: 'moderate' }] });
}

function decode(path: string): Url {
  try {
    return decodeURI(path) as Url;
  } catch {
    return path as Url;
  }
}

export const HOME = url();
