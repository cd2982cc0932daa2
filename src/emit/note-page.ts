/** The page of one note. Nothing on it changes when an unrelated note changes: no counts, no ranks. */

import { hash } from '../hash.ts';
import { inLetters } from '../letters.ts';
import type {
  Backlink,
  CalendarDate,
  Fragment,
  LinkedNote,
  LoadedNote,
  Meta,
  NoteBody,
  NoteIndex,
  Series,
  Site,
  Target,
} from '../model.ts';
import { cardUrl, encodeFragment, markdownUrl, type NotePath, slugify, type Url, url } from '../paths.ts';
import { shownCover } from './cards.ts';
import type { Chrome } from './chrome.ts';
import { colophonOf } from './colophon.ts';
import { embedded, embedPrinter } from './embeds.ts';
import { byNumber, standsBeside } from './footnotes.ts';
import { lineageOf } from './lineage.ts';
import { citedPapers, paperView, referencesOf } from './papers.ts';
import { frameHosts, mediaHosts } from './policy.ts';
import { type PrintContext, print, summaryOf, titleIn } from './print.ts';
import { noteScholar } from './scholar.ts';
import { linkTerms } from './terms.ts';
import type { BacklinkView, DateView, Html, LinkView, NoteLinkView, NoteView, TocItem } from './views.ts';

/** Everything of a note's page but its body, which is printed when the page must be. */
export type NoteFrame = Omit<NoteView, 'body' | 'footnotes'>;

/**
 * @returns what is known of a note’s page without its body, which lies in the store and is read only when it must be
 */
export function noteFrame(linked: LinkedNote, site: Site, chrome: Chrome): NoteFrame {
  const { index, url: address } = linked;
  const { meta } = index;
  const { config } = chrome;
  const link = (path: NotePath | undefined): NoteLinkView | undefined => {
    const other = path && site.notes.get(path);
    if (!other) return undefined;
    const { lang } = other.index.meta;
    return {
      label: inLetters(other.index.meta.title),
      href: chrome.href(other.url),
      lang: lang ?? config.lang,
    };
  };
  const seriesView = ({ name, url: to, position, count, before, after }: Series) => {
    const [earlier, later] = [link(before), link(after)];
    return {
      label: name,
      href: chrome.href(to),
      position,
      count,
      ...(earlier && { before: earlier }),
      ...(later && { after: later }),
    };
  };
  const previous = link(linked.previous);
  const next = link(linked.next);
  const own = printContext(linked, index.math, address, chrome);
  const t = chrome.theme.stringsFor(chrome.ui(meta.lang));
  const backlinks = backlinkViews(linked.backlinks, site, address, chrome);
  const math =
    [linked, ...embedded(linked.embeds).map((path) => site.notes.get(path)!)].some(
      (shown) => shown.index.features.math || shown.targets.some(showsMath),
    ) ||
    linked.mentions.some((m) => usesMath(site.notes.get(m.from)!.index.titleHtml)) ||
    linksUseMath(linked.backlinks, site);
  return {
    ...chrome.page(address, {
      title: inLetters(index.meta.title),
      description: inLetters(meta.description ?? ''),
      lang: meta.lang ?? config.lang,
      math,
    }),
    ...(meta.type === 'note' && noteScholar(linked, citedPapers(linked), chrome)),
    titleHtml: print(index.titleHtml, own),
    summary: summaryOf(linked, config.lang),
    kind: meta.type === 'note' ? 'note' : 'page',
    url: chrome.href(address),
    ...(meta.date && { date: dateView(meta.date, config.timezone) }),
    ...(meta.updated && { updated: dateView(meta.updated, config.timezone) }),
    ...(meta.depth && { depth: meta.depth }),
    // No name of a note's is one of the templates' own.
    classes: meta.cssclasses.map((name) => `css-${name}`),
    ...(meta.publish === 'no' && { draft: true }),
    ...(config.edit && {
      edit: config.edit + ['posts', ...index.path.split('/')].map(encodeURIComponent).join('/'),
    }),
    hanzi: index.stats.hanzi,
    words: index.stats.words,
    minutes: minutes(index.stats),
    // No tag and no category lists a page, so those that pages alone have are nowhere to be led to.
    categories: (meta.type === 'note' ? meta.categories : []).map((path) =>
      path.map((label, i) => ({
        label,
        href: chrome.href(url('categories', ...path.slice(0, i + 1).map((n) => slugify(n) ?? ''))),
      })),
    ),
    tags: meta.type === 'note' ? tagLinks(meta.tags, chrome) : [],
    papers: linked.papers.map((p) => paperView(p, chrome, t)),
    references: referencesOf(linked, chrome),
    toc: meta.toc ? tableOfContents(linked, own) : [],
    backlinks,
    ...(linked.series && { series: seriesView(linked.series) }),
    lineage: lineageOf(linked.neighbours, chrome, t),
    related: linked.related.map((near) => {
      const { index: other, url: to } = site.notes.get(near.path)!;
      return {
        label: inLetters(other.meta.title),
        href: chrome.href(to),
        lang: other.meta.lang ?? config.lang,
        reason: [
          near.cites > 0 ? t.related.cites(near.cites) : '',
          near.links > 0 ? t.related.links(near.links) : '',
          near.tags.length > 0 ? t.related.tags(near.tags.slice(0, 3)) : '',
          near.terms.length > 0 ? t.related.terms(near.terms.slice(0, 3)) : '',
        ]
          .filter((part) => part !== '')
          .join(t.related.separator),
      };
    }),
    mentions: linked.mentions.map(({ from, sentences }) => {
      const { index: other, url: to } = site.notes.get(from)!;
      const { title, lang } = other.meta;
      return {
        label: inLetters(title),
        titleHtml: titleIn(other, printContext(site.notes.get(from)!, other.math, address, chrome)),
        href: chrome.href(to),
        lang: lang ?? config.lang,
        sentences,
      };
    }),
    ...pictureOf(linked, chrome),
    ...translationViews(linked, site, chrome),
    ...(config.markdown && { markdown: chrome.href(markdownUrl(address)) }),
    ...(meta.type === 'note' && colophonOf(linked, chrome)),
    ...(takesComments(linked, chrome) && { comments: config.comments! }),
    ...(previous && { previous }),
    ...(next && { next }),
  };
}

/**
 * What decides how a note's page looks, beside the configuration, the templates and the note itself: a key that is made
 * without working out the frame, of which a build after one edit throws nearly all away. Whatever `noteFrame` reads of
 * link's results must be in it; too much costs a page that is made anew with the same bytes.
 */
export function frameInputs(linked: LinkedNote, shown: ShownNotes): unknown[] {
  const { index: _, slug: __, mentions, ...found } = linked;
  const { series, related, translations, previous, next, backlinks } = linked;
  const named = [
    ...[series?.before, series?.after, previous, next].filter((path) => path !== undefined),
    ...related.map((r) => r.path),
    ...translations,
  ];
  return [
    found,
    // Not the lines that they stand in.
    mentions.map((m) => m.sentences),
    named.map((path) => shown.name(path)),
    [...backlinks, ...mentions].map(({ from }) => shown.sentences(from)),
  ];
}

/** What other pages show of a note, worked out once for all that show it. */
export class ShownNotes {
  readonly #site: Site;
  readonly #names = new Map<NotePath, string>();
  readonly #sentences = new Map<NotePath, string>();

  constructor(site: Site) {
    this.#site = site;
  }

  /** Where it is, and what links to it say. */
  name(path: NotePath): string {
    let known = this.#names.get(path);
    if (known === undefined) {
      const { index, url: address } = this.#site.notes.get(path)!;
      known = JSON.stringify([address, index.meta.title, index.meta.lang]);
      this.#names.set(path, known);
    }
    return known;
  }

  /** The same, and what its title and sentences around links are printed with. */
  sentences(path: NotePath): string {
    let known = this.#sentences.get(path);
    if (known === undefined) {
      const { index, targets } = this.#site.notes.get(path)!;
      const refs = index.refs.map(({ place: ___, ...ref }) => ref);
      known = hash(JSON.stringify([this.name(path), index.titleHtml, index.math, refs, targets]));
      this.#sentences.set(path, known);
    }
    return known;
  }
}

/** The picture beside a link to the note: its cover, if other sites can show it, or one that is drawn for it. */
function pictureOf(linked: LinkedNote, chrome: Chrome): { image?: string } {
  const address = shownCover(linked) ?? (chrome.hasCard(linked) ? cardUrl(linked.url) : undefined);
  const image = address && chrome.absolute(address);
  return image === undefined ? {} : { image };
}

/** Whether a discussion stands below a note: where the site has them, unless the note says otherwise. */
function takesComments({ index: { meta } }: BodyLinks, { config }: Chrome): boolean {
  return config.comments !== undefined && meta.comments && meta.type === 'note';
}

/** The same text in other languages, for readers and for machines. */
function translationViews(
  linked: LinkedNote,
  site: Site,
  chrome: Chrome,
): Pick<NoteView, 'translations' | 'alternates'> {
  const views = (paths: NotePath[]) =>
    paths.map((path) => {
      const { index, url: to } = site.notes.get(path)!;
      return { label: inLetters(index.meta.title), href: to, lang: index.meta.lang ?? chrome.config.lang };
    });
  const others = views(linked.translations);
  const all = others.length > 0 ? [...views([linked.index.path]), ...others] : [];
  const alternates = all.flatMap(({ lang, href }) => {
    const absolute = chrome.absolute(href);
    return absolute ? [{ lang, href: absolute }] : [];
  });
  return {
    translations: others.map(({ href, ...rest }) => ({ ...rest, href: chrome.href(href) })),
    ...(alternates.length > 0 && { alternates }),
  };
}

/** @param here the page on which the sentences will stand */
export function backlinkViews(backlinks: Backlink[], site: Site, here: Url, chrome: Chrome): BacklinkView[] {
  let count = 0;
  return backlinks.map((b) => {
    const from = site.notes.get(b.from)!;
    const context = printContext(from, from.index.math, here, chrome);
    return {
      label: inLetters(from.index.meta.title),
      titleHtml: titleIn(from.index, context),
      href: chrome.href(from.url),
      lang: context.lang,
      contexts: b.contexts.map(({ ref, html }) =>
        print(html, { ...context, idPrefix: `b${++count}-`, marked: ref }),
      ),
    };
  });
}

/** What the body of a note's page is printed from, beside the compiled note: of a `LinkedNote`, only this. */
export type BodyLinks = Pick<LinkedNote, 'url' | 'targets' | 'terms' | 'embeds'> & {
  index: Pick<NoteIndex, 'refs'> & { meta: Pick<Meta, 'lang' | 'comments' | 'type'> };
};

/** Leaves out all that the body does not need. */
export function bodyLinks({ url: address, targets, terms, embeds, index }: LinkedNote): BodyLinks {
  const { lang, comments, type } = index.meta;
  const meta = { comments, type, ...(lang !== undefined && { lang }) };
  return { url: address, targets, terms, embeds, index: { refs: index.refs, meta } };
}

/** The whole view of a note that embeds nothing. */
export function notePage(
  { frame, linked }: { frame: NoteFrame; linked: BodyLinks },
  body: NoteBody,
  chrome: Chrome,
): NoteView {
  return { ...frame, ...noteBody(body, linked, undefined, new Map(), chrome) };
}

/**
 * The body and footnotes of a compiled note, for its own page.
 *
 * @param site needed when it embeds something; `notes` are the compiled notes that it is of
 */
export function noteBody(
  note: NoteBody,
  linked: BodyLinks,
  site: Site | undefined,
  notes: Map<NotePath, LoadedNote>,
  chrome: Chrome,
): Pick<NoteView, 'body' | 'footnotes' | 'policy'> {
  const here = linked.url;
  const context: PrintContext = {
    ...printContext(linked, note.math, here, chrome),
    footnotes: byNumber(note.footnotes),
    embed: site
      ? embedPrinter(linked.embeds, {
          site,
          notes,
          here,
          lang: linked.index.meta.lang ?? chrome.config.lang,
          contextOf: (other, body) => printContext(other, body.math, here, chrome),
        })
      : () => undefined,
  };
  const sections = linkTerms(
    note.sections.map((s) => s.body),
    linked.terms,
    chrome,
  );
  const body = sections.map((s) => print(s, context)).join('') as Html;
  const footnotes = note.footnotes
    .filter((f) => !standsBeside(f))
    .map((f) => ({
      id: f.id,
      number: f.number,
      html: print(f.body, context),
      refs: f.refs.map((r) => `#${r}`),
    }));
  return {
    body,
    policy: chrome.policy(
      mediaHosts([body, ...footnotes.map((f) => f.html)]),
      frameHosts([body]).concat(takesComments(linked, chrome) ? chrome.config.comments!.host : []),
    ),
    footnotes,
  };
}

/** @param here the page on which the note's fragments will stand */
export function printContext(
  linked: BodyLinks,
  math: PrintContext['math'],
  here: Url | undefined,
  chrome: Chrome,
): PrintContext {
  return {
    refs: linked.index.refs,
    targets: linked.targets,
    math,
    source: linked.url,
    here,
    base: chrome.config.base,
    lang: linked.index.meta.lang ?? chrome.config.lang,
  };
}

/** @param timezone offset for dates with a time but without one of their own */
export function dateView(date: CalendarDate, timezone: string): DateView {
  return {
    iso: date.time === '' ? date.day : `${date.day}T${date.time}${date.offset || timezone}`,
    day: date.day,
  };
}

/** Reading time: 350 Chinese characters or 180 words a minute, 12 s a display formula, 10 s a figure. */
export function minutes(stats: LinkedNote['index']['stats']): number {
  const { hanzi, words, displayMath, figures } = stats;
  return Math.max(1, Math.round(hanzi / 350 + words / 180 + (12 * displayMath + 10 * figures) / 60));
}

/** @returns links to the tags’ pages, in the order in which the note has them */
export function tagLinks(tags: string[], chrome: Chrome): LinkView[] {
  return tags.map((label) => chrome.tag(label));
}

/**
 * @param targets what the references among the fragments lead to
 * @returns whether a page that shows them needs the style of formulas
 */
export function usesMath(fragments: Fragment[], targets: Target[] = []): boolean {
  return fragments.some(
    (f) => typeof f === 'object' && ('math' in f || ('ref' in f && showsMath(targets[f.ref]))),
  );
}

/** Whether a link to it, or its table, shows a title or heading with formulas. */
function showsMath(target: Target | undefined): boolean {
  if (target?.kind === 'results') return target.rows.some((row) => row.shown !== undefined);
  return target?.kind === 'note' && target.shown !== undefined;
}

/** Whether the titles and sentences of those who refer to something have formulas. */
export function linksUseMath(links: Backlink[], site: Site): boolean {
  return links.some(({ from, contexts }) => {
    const { index, targets } = site.notes.get(from)!;
    return usesMath(index.titleHtml) || contexts.some((c) => usesMath(c.html, targets));
  });
}

/** Headings of two sizes, nested, each a link; deeper ones are too fine for a table of contents. */
function tableOfContents({ index }: LinkedNote, context: PrintContext): TocItem[] {
  const items: TocItem[] = [];
  const inLink: PrintContext = { ...context, inLink: true };
  for (const { depth, id, html } of index.headings) {
    if (depth > 3) continue;
    const item: TocItem = { href: `#${encodeFragment(id)}`, html: print(html, inLink), children: [] };
    const parent = depth === 3 ? items.at(-1) : undefined;
    (parent?.children ?? items).push(item);
  }
  return items;
}
