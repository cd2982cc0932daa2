/** What every page shares: the site's frame and its addresses. */

import { stringsFor } from '../../templates/strings/strings.ts';
import type { Config } from '../config.ts';
import { href, type Url, url } from '../paths.ts';
import type { PageView, SiteView } from './views.ts';

/** Addresses of the bundled style sheets and scripts, below the site's root: `assets/site-1a2b.css`. */
export interface ClientAssets {
  styles: string[];
  scripts: string[];
  theme: string;
  math: string;
}

export class Chrome {
  readonly config: Config;
  readonly #shared: Omit<SiteView, 'nav'>;
  readonly #nav: { label: string; to: string }[];

  /** @param icon path of the site's icon in `public/`, if it has one */
  constructor(config: Config, client: ClientAssets, icon: string | undefined) {
    const to = (path: string) => href(`/${path}` as Url, config.base);
    const t = stringsFor(config.lang);
    this.config = config;
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
      themeScript: to(client.theme),
      mathStyle: to(client.math),
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
      title: page.title,
      description: page.description ?? '',
      lang: page.lang ?? this.config.lang,
      ...(canonical && { canonical }),
      math: page.math,
    };
  }
}

function decode(path: string): Url {
  try {
    return decodeURI(path) as Url;
  } catch {
    return path as Url;
  }
}

export const HOME = url();
