/**
 * What templates see: plain data, finished addresses, no promises and nothing to look up.
 * Addresses (`Href`) carry the base path and are percent-encoded; `Html` was made by Postil and is
 * printed as it is, every other string is escaped by the template engine.
 */

export type { DrawingKind } from '../drawings.ts';
export type { LabelKind, RelationKind } from '../model.ts';

declare const html: unique symbol;
/** Finished, safe HTML. Only `emit` makes it; templates print it through `<Raw>`. */
export type Html = string & { readonly [html]: true };
/** An address ready for an attribute. */
export type Href = string;

export interface LinkView {
  label: string;
  href: Href;
}

export interface SiteView {
  title: string;
  description: string;
  author: string;
  /** BCP 47. */
  lang: string;
  home: Href;
  nav: (LinkView & { current: boolean })[];
  /** Where readers search, when they can. */
  search?: Href;
  feed: Href;
  jsonFeed: Href;
  styles: Href[];
  /** Module scripts, all optional for reading. */
  scripts: Href[];
  /** Sets the theme before the first paint: stands in the page's head. */
  themeScript: Html;
  /** Style that stands in the page's head. */
  transition: Html;
  /** KaTeX's style sheet; pages print it only when `page.math`. */
  mathStyle: Href;
  /** Speculation rules: what a browser may fetch ahead. */
  speculation: Html;
  /** Fonts to fetch at once, of pages with Latin titles and of pages with formulas. */
  titleFonts: Href[];
  mathFonts: Href[];
  icon?: Href;
  /** The service worker, when pages are kept for reading offline. */
  worker?: Href;
  /** What a browser colours its own frame with. */
  themeColor: { light: string; dark: string };
  /** The service that counts views, the site's name there, and where to report: three words. */
  count?: string;
}

/** What every page has. */
export interface PageView {
  site: SiteView;
  /** Content-Security-Policy. */
  policy: string;
  /** For `<title>`; the site's title is added by the frame, except on the home page. */
  title: string;
  /** What the author says of it; stands under the title. */
  description: string;
  /** What the head says of it, where that is more than `description`. */
  summary?: string;
  /** Language of the content. */
  lang: string;
  /** Language of what the interface says around it: the content's, if there are words, else `site.lang`, which the bar and the foot always speak. */
  ui: string;
  /** Absolute address, when the site knows its origin. */
  canonical?: string;
  math: boolean;
  /** For machines: `<meta name content>` and JSON-LD, ready to print. */
  meta?: [name: string, content: string][];
  jsonLd?: string;
  /** The page in each of its languages, this one among them; addresses are absolute. */
  alternates?: { lang: string; href: Href }[];
  /** The note as Markdown. */
  markdown?: Href;
  /** The picture beside a link to the page; its address is absolute. */
  image?: Href;
  /** Not to be indexed (404). */
  noindex?: boolean;
}

export interface DateView {
  /** For `datetime=`: `2021-09-07T22:00:00+08:00` or `2021-09-07`. */
  iso: string;
  /** As shown: `2021-09-07`. */
  day: string;
}

export interface PaperView {
  title: string;
  authors: string[];
  venue?: string;
  year?: number;
  arxiv?: string;
  doi?: string;
  links: LinkView[];
  bibtex: string;
  /** Its page in this site. */
  href: Href;
}

/** A paper as one line of a list: where it stands, and how it is cited. */
export interface ReferenceView {
  /** Of its entry, when it is the paper of this note: that is where citations of it lead. */
  id?: string;
  /** Cut around the title, which is the link. */
  before: string;
  title: string;
  after: string;
  /** The note on the paper, or the paper's page. */
  href: Href;
  /** Whether there is a note on it here. */
  read: boolean;
  /** arXiv, DOI and the like. */
  links: LinkView[];
}

export interface TocItem {
  href: Href;
  html: Html;
  children: TocItem[];
}

/** A note on the page of another, with the language of its title. */
export interface NoteLinkView extends LinkView {
  lang: string;
}

export interface BacklinkView extends NoteLinkView {
  /** `label` with its formulas printed. */
  titleHtml: Html;
  contexts: Html[];
}

export interface NoteView extends PageView {
  /** The title with formulas, broken between words. */
  titleHtml: Html;
  kind: 'note' | 'page';
  url: Href;
  date?: DateView;
  updated?: DateView;
  depth?: string;
  /** What the note says of its look, each with `css-` in front. */
  classes: string[];
  /** Shown by the development server only. */
  draft?: boolean;
  /** Where its source can be changed. */
  edit?: Href;
  hanzi: number;
  /** Of everything but Chinese. */
  words: number;
  minutes: number;
  categories: LinkView[][];
  tags: LinkView[];
  papers: PaperView[];
  /** The works that the note cites, by author and year. */
  references: ReferenceView[];
  toc: TocItem[];
  body: Html;
  /** Those that do not stand beside their marks. */
  footnotes: { id: string; number: number; html: Html; refs: Href[] }[];
  backlinks: BacklinkView[];
  /** Notes that name this one without a link; the sentences in three parts, the name in the middle. */
  /** The series that it is a part of, and its neighbours there. */
  series?: LinkView & { position: number; count: number; before?: NoteLinkView; after?: NoteLinkView };
  /** Where it stands among papers, in words. */
  lineage: LineageView[];
  /** What is near, and why. */
  related: (LinkView & { lang: string; reason: string })[];
  translations: (LinkView & { lang: string })[];
  licence?: { label: string; href?: Href };
  /** How to cite the note. */
  citation?: { text: string; bibtex: string };
  /** Where the discussion of the note is. */
  comments?: { repo: string; repoId: string; category: string; categoryId: string; host: string };
  mentions: (LinkView & {
    titleHtml: Html;
    lang: string;
    sentences: [before: string, name: string, after: string][];
  })[];
  previous?: NoteLinkView;
  next?: NoteLinkView;
}

export interface EntryView {
  title: string;
  /** The title with formulas, broken between words. */
  titleHtml: Html;
  href: Href;
  lang: string;
  date?: DateView;
  depth?: string;
  minutes: number;
  /** "Nicolas Carion et al. · ECCV 2020", or empty. */
  byline: string;
  tags: LinkView[];
  excerpt: Html;
  /** It stands first for that; on the index alone. */
  sticky: boolean;
  cover?: CoverView;
}

/** A picture of which the text says no less. */
export interface CoverView {
  src: Href;
  /** Pixels, where they are known. */
  width?: number;
  height?: number;
  /** Has colours of its own for the dark. */
  themed?: boolean;
  /** Smaller copies, best format first. */
  sources: { type: string; srcset: string }[];
}

export interface Pagination {
  page: number;
  pages: number;
  previous?: Href;
  next?: Href;
  /** The pages worth a link, this one too; `null` is a gap. */
  shown: ({ number: number; href: Href } | null)[];
}

export interface OverviewLink extends LinkView {
  current: boolean;
}

/** A page that leads to the site's overviews. */
export interface OverviewView extends PageView {
  overviews: OverviewLink[];
}

/** `/` and `/page/2/`. */
export interface IndexView extends OverviewView {
  entries: EntryView[];
  pagination: Pagination;
}

/** `/tags/<tag>/`, `/categories/a/b/`, `/folders/a/`. */
export interface GroupView extends PageView {
  kind: 'tag' | 'category' | 'series' | 'folder';
  name: string;
  /** What an author wrote to introduce a tag: on the first of its pages. */
  introduction?: Pick<NoteView, 'body' | 'footnotes'> & { lang: string };
  /** Tags that its notes often have besides. */
  seenWith: (LinkView & { count: number })[];
  /** Ancestors, outermost first. */
  parents: LinkView[];
  children: (LinkView & { count: number })[];
  entries: EntryView[];
  pagination: Pagination;
}

/** `/tags/`, `/categories/`, `/series/`, `/folders/`. */
export interface GroupIndexView extends OverviewView {
  kind: 'tags' | 'categories' | 'series' | 'folders';
  groups: (LinkView & { count: number; depth: number })[];
}

/** `/archives/`: years with one line for each note. */
export interface ArchiveView extends OverviewView {
  years: { year: string; entries: { title: string; href: Href; lang: string; date?: DateView }[] }[];
}

/** `/papers/<key>/`. */
export interface PaperPageView extends PageView {
  key: string;
  paper: PaperView;
  /** The notes that read it. */
  readBy: (LinkView & { lang: string; date?: DateView; depth?: string })[];
  citedBy: BacklinkView[];
  /** The reference in the forms that people want to copy. */
  forms: { name: string; text: string }[];
}

/** `/papers/` and `/venues/`: all papers by year, or by where they were published. */
export interface PapersView extends OverviewView {
  by: 'year' | 'venue';
  /** A group without a name holds what has no year or venue. */
  groups: { name: string; papers: { title: string; href: Href; byline: string; read: boolean }[] }[];
}

/** `/glossary/`. */
export interface GlossaryView extends OverviewView {
  terms: {
    id: string;
    name: string;
    others: string[];
    lang: string;
    html: Html;
    /** Where it is defined. */
    note: LinkView;
  }[];
}

interface DepthCount {
  depth: string;
  count: number;
}

/** `/reading-log/`. */
export interface ReadingLogView extends OverviewView {
  totals: DepthCount[];
  months: {
    name: string;
    totals: DepthCount[];
    entries: (ArchiveView['years'][number]['entries'][number] & { depth?: string })[];
  }[];
}

/** `/search/`: works as an index without a script. */
export interface SearchView extends PageView {
  tags: (LinkView & { count: number })[];
  /** Every title up to a number that one page can hold, newest first. */
  titles: { title: string; href: Href; lang: string; date?: DateView }[];
  archive: Href;
}

/** `/questions/`. */
export interface QuestionsView extends OverviewView {
  notes: (LinkView & { lang: string; questions: { href: Href; html: Html }[] })[];
}

/** One kind of relation of a note: 建立于 A、B. */
export interface LineageView {
  word: string;
  /** Of a paper the language is not known. */
  links: (LinkView & { lang?: string })[];
}

/** `/graph/`: the map, and the same as a list. */
export interface GraphView extends OverviewView {
  svg: Html;
  topics: {
    name: string;
    nodes: (LinkView & { year?: number; relations: LineageView[] })[];
  }[];
}

/** What stands at an old address. */
export interface RedirectView {
  lang: string;
  title: string;
  href: Href;
  canonical?: string;
}

export interface NotFoundView extends PageView {
  recent: LinkView[];
}
