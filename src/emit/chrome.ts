/** What every page shares: the site's frame and its addresses. */

import { createHash } from 'node:crypto';
import type { Strings } from '../../templates/strings/strings.ts';
import type { Theme } from '../../templates/theme.ts';
import type { ClientFiles } from '../client.ts';
import type { Config } from '../config/config.ts';
import type { LinkedNote } from '../model.ts';
import { href, tagUrl, typedAddress, type Url, url } from '../paths.ts';
import { type Cards, canDraw, cardOf, shownCover } from './cards.ts';
import { contentPolicy } from './policy.ts';
import type { Html, LinkView, PageView, SiteView } from './views.ts';

/**
 * Pages fade into each other where the reader allows motion. In the head: a browser that shows the next page before its
 * style sheet is read finds no word of it there, and gives the transition up as an error.
 */
const TRANSITION = '@media (prefers-reduced-motion:no-preference){@view-transition{navigation:auto}}' as Html;

const sha256 = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const STYLES = [`'${sha256(TRANSITION)}'`];

export interface ChromeOptions {
  client: ClientFiles;
  /** Path of the site's icon in `public/`, if it has one. */
  icon: string | undefined;
  /** Whether pages are kept for reading offline. */
  keeps: boolean;
  /** Draws the pictures of notes, where the site wants them. */
  cards?: Cards | undefined;
}

/** What all pages of one site share, worked out once. */
export class Chrome {
  readonly config: Config;
  readonly theme: Theme;
  /** What the interface says, in the site's language. */
  readonly strings: Strings;
  readonly #shared: Omit<SiteView, 'nav'>;
  readonly #cards: Cards | undefined;
  readonly #picture: string | undefined;
  readonly #scripts: string[];
  readonly #nav: { label: string; href: string; to: Url | undefined }[];
  readonly #tags = new Map<string, LinkView>();
  /** What every page says of the site that the navigation does not mark: one object, for thousands of them. */
  readonly #elsewhere: SiteView;
  #policy: string | undefined;
  /** All of the configuration and of the bundle that a page's frame shows: part of every page's key. */
  readonly key: string;

  constructor(config: Config, theme: Theme, { client, icon, keeps, cards }: ChromeOptions) {
    const to = (path: string) => href(`/${path}` as Url, config.base);
    const t = theme.stringsFor(config.lang);
    this.config = config;
    this.theme = theme;
    this.#cards = cards;
    this.#picture = this.absolute(`/${config.og.image?.replace(/^\//, '') ?? client.picture}` as Url);
    this.strings = t;
    const speculation = speculationRules(to(''));
    this.#scripts = [client.themeHash, sha256(speculation)];
    const nav = config.nav ?? [
      { label: t.notes, to: '/' },
      { label: t.tags, to: '/tags/' },
      { label: t.categories, to: '/categories/' },
      { label: t.archive, to: '/archives/' },
    ];
    this.#nav = nav.map(({ label, to: target }) => {
      const typed = typedAddress(target);
      if (!typed) return { label, href: target, to: undefined };
      return {
        label,
        href: this.href(typed.path) + typed.rest,
        to: typed.rest === '' ? typed.path : undefined,
      };
    });
    this.#shared = {
      title: config.title,
      description: config.description,
      author: config.author,
      lang: config.lang,
      home: to(''),
      ...(config.search && { search: to('search/') }),
      feed: to('atom.xml'),
      jsonFeed: to('feed.json'),
      styles: client.styles.map(to),
      scripts: client.scripts.map(to),
      themeScript: client.theme as Html,
      transition: TRANSITION,
      mathStyle: to(client.math),
      speculation: speculation as Html,
      titleFonts: client.titleFont.map(to),
      mathFonts: client.mathFonts.map(to),
      ...(icon && { icon: to(icon) }),
      ...(keeps && { worker: to('sw.js') }),
      ...(config.analytics && { count: Object.values(config.analytics).join(' ') }),
      themeColor: { light: config.theme.bg ?? '#fcfbf8', dark: config.theme.dark?.bg ?? '#17181a' },
    };
    this.#elsewhere = this.#site(undefined);
    this.key = JSON.stringify([this.#shared, this.#nav]);
  }

  /** @param address of the page that the navigation marks */
  #site(address: Url | undefined): SiteView {
    const current = (to: Url | undefined) => to !== undefined && to === address;
    return {
      ...this.#shared,
      nav: this.#nav.map((n) => ({ label: n.label, href: n.href, current: current(n.to) })),
    };
  }

  href(address: Url, fragment = ''): string {
    return href(address, this.config.base, fragment);
  }

  /** Address with origin, when the site knows its own. */
  absolute(address: Url): string | undefined {
    return this.config.origin === undefined ? undefined : this.config.origin + this.href(address);
  }

  /**
   * @param media other hosts from which the page shows pictures
   * @param frames other hosts of which it shows frames
   */
  policy(media: string[] = [], frames: string[] = []): string {
    if (media.length + frames.length === 0) {
      this.#policy ??= this.#policyFor(media, frames);
      return this.#policy;
    }
    return this.#policyFor(media, frames);
  }

  #policyFor(media: string[], frames: string[]): string {
    const { analytics } = this.config;
    return contentPolicy({
      scripts: this.#scripts.map((h) => `'${h}'`),
      styles: STYLES,
      connect: analytics ? [new URL(analytics.endpoint).origin] : [],
      frames,
      media,
    });
  }

  /** Whether a picture is drawn for a note, for other sites to show. */
  hasCard(note: LinkedNote): boolean {
    const cards = this.#cards;
    return (
      cards !== undefined &&
      this.config.origin !== undefined &&
      shownCover(note) === undefined &&
      canDraw(cardOf(note, this.config), cards)
    );
  }

  /** The language in which the interface speaks around content of some language: its own, where there are words. */
  ui(lang: string | undefined): string {
    return (lang !== undefined && this.theme.spoken(lang)) || this.config.lang;
  }

  /** The link to a tag's page. */
  tag(label: string): LinkView {
    let link = this.#tags.get(label);
    if (!link) {
      // A tag without an address is an error, with which nothing is published.
      link = { label, href: this.href(tagUrl(label) ?? url('tags')) };
      this.#tags.set(label, link);
    }
    return link;
  }

  /** The part of a view that every page has. Its `site` is a matter of the address and of `key` alone. */
  page(
    address: Url,
    page: { title: string; description?: string; lang?: string; math: boolean; media?: string[] },
  ): PageView {
    const canonical = this.absolute(address);
    return {
      site: this.#nav.some((n) => n.to === address) ? this.#site(address) : this.#elsewhere,
      policy: this.policy(page.media),
      title: page.title,
      description: page.description ?? '',
      lang: page.lang ?? this.config.lang,
      ui: this.ui(page.lang),
      ...(canonical && { canonical }),
      math: page.math,
      ...(this.#picture && { image: this.#picture }),
    };
  }
}

/** Pages that a reader is about to open are fetched ahead, where the browser can and the reader saves no data. */
function speculationRules(home: string): string {
  return JSON.stringify({ prefetch: [{ where: { href_matches: `${home}*` }, eagerness: 'moderate' }] });
}

export const HOME = url();
