/**
 * The types that pass from stage to stage. This file imports nothing but the branded path types:
 *
 *   Source ──compile──▶ Note ──link──▶ Site ──emit──▶ OutputFile
 *
 * A type is complete when its stage returns it: no field means "set later".
 */

import type { AssetPath, NotePath, Slug, Url } from './paths.ts';

/** What is wrong, where, and what to do. Part of every stage's result; comes back from the store with it. */
export interface Diagnostic {
  /** Stable id such as `link/missing`; `postil explain` and `docs/diagnostics.md` go by it. */
  id: string;
  severity: 'error' | 'warning';
  /** One sentence: what was found. */
  message: string;
  /** What was expected or what to do. */
  hint?: string;
  /** Text that may stand in place of the marked span; `postil check --fix` puts it there. */
  fix?: string;
  /** Path from the site's folder, e.g. `posts/detr.md`; absent when the fault has no file. */
  file?: string;
  /** 1-based, in the file as the author sees it (front matter included). */
  line?: number;
  /** 1-based, in UTF-16 code units, as editors count. */
  column?: number;
  /** Length of the marked span on its line, in UTF-16 code units; 1 when unknown. */
  length?: number;
  /**
   * Source lines around the place, cut where they are long; `first` is the number of the first one, `from` how many
   * UTF-16 code units are left out at the beginning of the one that the place is on.
   */
  frame?: { first: number; lines: string[]; from?: number };
}

/** One note as it lies on disk, decoded. */
export interface Source {
  path: NotePath;
  /** The whole file, BOM removed, line ends as `\n`. */
  text: string;
  /** Hash of the file's bytes. */
  hash: string;
}

/** A calendar date as written, never a moment: no time zone arithmetic happens to it. */
export interface CalendarDate {
  /** `2021-09-07`. */
  day: string;
  /** `22:00:00`, or empty when only a day was given. */
  time: string;
  /** Offset as written (`Z`, `+08:00`), or empty: then the site's `timezone` applies. */
  offset: string;
}

export type PaperKind =
  | 'article'
  | 'proceedings'
  | 'preprint'
  | 'book'
  | 'chapter'
  | 'thesis'
  | 'report'
  | 'standard'
  | 'patent'
  | 'online';

/** A published work, from `paper:` in front matter or from the bibliography. */
export interface Paper {
  key?: string;
  /** What it was published as; worked out from the venue when not given. */
  kind?: PaperKind;
  title: string;
  /** As BibTeX writes them: `First Last`, `Last, First`, or `{A Group of People}`; a last `others` is "et al.". */
  authors: string[];
  /** Its authors are its editors. */
  edited?: true;
  /** Of the book or proceedings that it is a part of; written as authors are. */
  editors?: string[];
  translators?: string[];
  /** Journal, proceedings, or book that it is a part of. */
  venue?: string;
  /** Series that the book or proceedings is a volume of. */
  series?: string;
  year?: number;
  volume?: string;
  issue?: string;
  pages?: string;
  edition?: string;
  /** Publisher; school of a thesis. */
  publisher?: string;
  /** Where the publisher is. */
  place?: string;
  /** What a thesis was written for. */
  degree?: 'doctor' | 'master';
  /** Day of publication or of the last change, when more than the year is known: `2012-01-16`. */
  day?: string;
  /** Day on which somebody read it at `url`: `2013-03-26`. */
  accessed?: string;
  /** Bare, as are DOIs: `2005.12872`. */
  arxiv?: string;
  doi?: string;
  code?: string;
  pdf?: string;
  url?: string;
}

/** One entry of a bibliography file. */
export interface BibEntry {
  key: string;
  paper: Paper;
  file: string;
  place: Place;
}

/** One line of `results:` in front matter. */
export interface Result {
  dataset: string;
  metric: string;
  /** As written, so that `42.0` keeps its zero. */
  value: string;
  backbone?: string;
  setting?: string;
  source?: string;
}

export const RELATION_KINDS = ['builds-on', 'compares', 'uses', 'refutes', 'improves'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** Tools whose own syntax notes bring along. */
export const DIALECTS = ['hexo', 'hugo', 'obsidian'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** What formulas are printed as: HTML that every browser draws alike, with MathML for those that read it; or MathML alone. */
export const MATH_OUTPUTS = ['htmlAndMathml', 'mathml'] as const;
export type MathOutput = (typeof MATH_OUTPUTS)[number];

/** Front matter, validated, under its canonical names. */
export interface Meta {
  title: string;
  type: 'note' | 'page' | 'tag';
  /** `no`: a draft, never published. `yes` and `unset` differ only under `publish: explicit`. */
  publish: 'yes' | 'no' | 'unset';
  slug?: string;
  permalink?: string;
  date?: CalendarDate;
  updated?: CalendarDate;
  description?: string;
  tags: string[];
  /** Each category is a path: `['计算机视觉', '目标检测']`. */
  categories: string[][];
  aliases: string[];
  series?: string;
  depth?: string;
  /** Path of its picture, as written. */
  cover?: { target: string; place: Place };
  lang?: string;
  sticky: number;
  toc: boolean;
  comments: boolean;
  cssclasses: string[];
  papers: Paper[];
  results: Result[];
  relations: { kind: RelationKind; target: string; place: Place }[];
  /** The note of which it is a translation, as written. */
  translationOf?: { target: string; place: Place };
}

/**
 * A piece of a page. Strings are finished HTML; the rest are holes.
 * Compile leaves a hole only where another note, the base path or the embedding page decides.
 */
export type Fragment =
  | string
  /** The whole of reference number `ref` (index into `NoteIndex.refs`): its text comes from its target. */
  | { ref: number }
  /** Start and end of a reference whose text the author wrote; what lies between is ordinary fragments. */
  | { open: number }
  | { close: number }
  /** Start and end of a block that can be embedded under this id. */
  | { block: string }
  | { end: string }
  /** An id, or a use of one, inside an attribute: an embedding page makes it unique. */
  | { id: string }
  /** The address of reference number `url`, inside an attribute: of a film or sound that HTML embeds, of a picture that `srcset` lists. */
  | { url: number }
  /** Formula number `math` (index into `Note.math`): pages print HTML and MathML, feeds MathML alone. */
  | { math: number }
  /** The mark of footnote number `footnote` (1-based), for the `use`th time: pages print the note beside it. */
  | { footnote: number; use: number };

/** Where in the file something stands; 1-based. */
export interface Place {
  line: number;
  column: number;
  length: number;
}

/** Something in a note that only link can resolve. */
export interface Ref {
  kind: 'wikilink' | 'link' | 'embed' | 'image' | 'cite' | 'tag' | 'results';
  /** As written, decoded: note name or path, citation key, tag, image path, or data set (its metric is the fragment). Empty for `[[#heading]]`. */
  target: string;
  /** Heading, `^block` or label after the first `#`, decoded; empty when there is none. */
  fragment: string;
  /** Text after `|` of a wikilink, locator of a citation, or alternative text; empty when there is none. */
  label: string;
  place: Place;
  /** Index into `contexts` of the sentence around the reference, or -1. */
  context: number;
  /** Attributes that the author wrote: `title` of a link or an image, `width`, `height`, `sizes` of an image, what stands behind a file in `srcset` (`descriptor`). */
  attributes?: Record<string, string>;
  /** Of an image for which the author says which file is shown when: what its `srcset` lists; nothing in a `<picture>`. */
  srcset?: (string | { url: number })[];
  /** For `\ref` and `\eqref`: how the label's number is shown; without it the kind's name comes first. */
  shown?: 'number' | '(number)';
  /** An embed that has its line for itself, so that what it brings may be blocks. */
  block?: true;
  /** For citations inside one pair of brackets: position in the cluster. */
  cluster?: 'only' | 'first' | 'middle' | 'last';
  /** It stands inside a link that the author wrote, which can hold no other: it is its text alone. */
  inLink?: true;
}

export type LabelKind =
  | 'equation'
  | 'figure'
  | 'table'
  | 'section'
  | 'definition'
  | 'theorem'
  | 'proposition'
  | 'lemma'
  | 'corollary'
  | 'example'
  | 'remark';

/** A numbered thing that other places can name; counted in compile, copied by link. */
export interface Label {
  /** As written: `eq:focal`. */
  name: string;
  kind: LabelKind;
  /** `3`, or the author's own tag. */
  number: string;
  /** Id on the note's page. */
  id: string;
  place: Place;
  /** A formula of its own note refers to it. */
  used?: true;
}

/**
 * A heading of the body; `html` is its inline content without ids, footnotes or links. References whose text comes from
 * their targets are still there: what is printed in a link prints their text alone.
 */
export interface Heading {
  depth: 2 | 3 | 4 | 5 | 6;
  id: string;
  text: string;
  html: Fragment[];
}

/** The body is cut at headings, so that `![[note#section]]` is a slice. The first section has no heading. */
export interface Section {
  heading?: Heading;
  body: Fragment[];
}

export interface Footnote {
  /** Number as shown. */
  number: number;
  /** Id of the note itself: `fn-1`. */
  id: string;
  /** Ids of the places that refer to it: `fnref-1`, `fnref-1-2`. */
  refs: string[];
  body: Fragment[];
}

export interface Excerpt {
  html: Fragment[];
  /** The same without markup: strings are plain text, on one line. */
  text: (string | { ref: number } | { math: number })[];
  /** Whether the note goes on after it. */
  truncated: boolean;
}

/** What link needs of a note: small enough to hold 10,000 of them. Bodies stay in the store. */
export interface NoteIndex {
  path: NotePath;
  meta: Meta;
  /** Where the front matter names its tags, categories and aliases, in their order; tags of the text are references. */
  namePlaces: { tags: Place[]; categories: Place[]; aliases: Place[] };
  /** The title with its formulas printed, and `<wbr>` between Chinese words. */
  titleHtml: Fragment[];
  refs: Ref[];
  /** Sentences around references. */
  contexts: Fragment[][];
  labels: Label[];
  headings: Heading[];
  /** Names of blocks marked `^name`. */
  blocks: string[];
  /** Where the embeds stand: number of the reference, of the heading before it (-1: none), and ids of the blocks around it. */
  embeds: { ref: number; heading: number; blocks: string[] }[];
  /** Running text, stretch by stretch, with its line; links, formulas and code are one U+FFFC each. */
  prose: [line: number, text: string][];
  /** Callouts of the kind `question`, with the ids they have on the page. */
  questions: { id: string; html: Fragment[] }[];
  /** Terms that it defines: their names, the first of them the one to be shown, the id on the page and the meaning. */
  glossary: { id: string; names: string[]; place: Place; html: Fragment[]; text: string }[];
  /** Names of methods and the like, as written: `RoIAlign`, `ResNet-50`; those used most. */
  terms: string[];
  /** For index pages. */
  excerpt: Excerpt;
  /** Formulas that the title, excerpt, contexts and headings show, by number. */
  math: Record<number, string>;
  stats: { hanzi: number; words: number; displayMath: number; figures: number };
  /** Uses of this note's features that decide what its page loads. */
  features: { math: boolean };
}

/** A compiled note: plain JSON, so that it can be stored and sent between workers. */
export interface Note {
  path: NotePath;
  index: NoteIndex;
  sections: Section[];
  footnotes: Footnote[];
  /** Printed formulas, `htmlAndMathml`. */
  math: string[];
  /** Plain text of the body for the feed's summary and the search index. */
  text: string;
  diagnostics: Diagnostic[];
}

/** What only the pages need that show a note: kept apart from its index, which link reads. */
export type NoteBody = Pick<Note, 'sections' | 'footnotes' | 'math'>;

/** A note as pages are printed from it. */
export type LoadedNote = NoteBody & Pick<Note, 'index'>;

/** A file beside the notes that a page may show or link to. */
export interface Asset {
  path: AssetPath;
  hash: string;
  bytes: number;
  /** Pixels, when the file is an image whose size could be read. */
  width?: number;
  height?: number;
  /** It is an SVG that follows the colour scheme of the page: it needs no white plate in the dark. */
  themed?: true;
}

/** Title and heading of a note, where one has formulas, and those formulas by number. */
export interface ShownTitle {
  title: Fragment[];
  heading: Fragment[];
  math: Record<number, string>;
}

/** What a reference turned out to be. No view can forget a broken one: it is a type. */
export type Target =
  | {
      kind: 'note';
      path: NotePath;
      url: Url;
      fragment: string;
      title: string;
      /** Of the title, where it is another than that of the note that refers to it. */
      lang?: string;
      /**
       * What of the reference's fragment names the heading or block, when that is only its end: of `#A#B`, `B`. Nothing of
       * it when it is the note's title, which means the note.
       */
      part?: string;
      shown?: ShownTitle;
    }
  | {
      kind: 'label';
      path: NotePath;
      url: Url;
      fragment: string;
      label: LabelKind;
      number: string;
      title: string;
    }
  /** A citation: of a paper that has a note here, or of one from the bibliography. */
  | { kind: 'paper'; key: string; paper: Paper; url: Url; path?: NotePath }
  | { kind: 'asset'; asset: Asset; url: Url }
  /** The numbers that notes report for a data set and metric, best first. */
  | {
      kind: 'results';
      rows: { path: NotePath; url: Url; title: string; shown?: ShownTitle; result: Result }[];
    }
  /** A file of `public/`, or a page that is no note. */
  | { kind: 'page'; url: Url; fragment: string }
  | { kind: 'ambiguous'; candidates: NotePath[] }
  | { kind: 'missing'; suggestions: string[] };

/** A file beside the notes, or one of `public/`. */
export type Cover = Extract<Target, { kind: 'asset' | 'page' }>;

/** One note that refers to another, with the sentences in which it does. */
export interface Backlink {
  from: NotePath;
  contexts: { ref: number; html: Fragment[] }[];
}

/** A note that names another without a link. */
export interface Mention {
  from: NotePath;
  /** As the note is called. */
  name: string;
  /** Line of the stretch of text in which it first stands. */
  line: number;
  /** The first sentences, each cut around the name. */
  sentences: [before: string, name: string, after: string][];
}

/** A term, as a note defines it. */
export interface Term {
  /** On the page of all terms. */
  id: string;
  /** The first is the one to be shown. */
  names: string[];
  /** Of the note that defines it. */
  path: NotePath;
  /** Its number in that note's `glossary`. */
  number: number;
}

/** A term that a note uses and another defines; without `id` it is the note's own, which needs no link. */
export interface TermUse {
  names: string[];
  id?: string;
  /** Plain text. */
  meaning: string;
}

/** Where a note stands in its series. */
export interface Series {
  name: string;
  url: Url;
  position: number;
  count: number;
  before?: NotePath;
  after?: NotePath;
}

/** A note or paper on the map of lineage. */
export interface GraphNode {
  url: Url;
  title: string;
  /** Of a note’s title; of a paper's it is not known. */
  lang?: string;
  /** Short enough for a map. */
  label: string;
  topic: string;
  year?: number;
  /** Of the note; a paper without one has none. */
  path?: NotePath;
}

export interface Graph {
  nodes: GraphNode[];
  /** By the addresses of their nodes. */
  edges: { from: Url; to: Url; kind: RelationKind | 'cites' }[];
}

/** Something that a note is related to by what it, or the other, says in front matter. */
export interface Neighbour {
  kind: RelationKind | 'cites';
  /** Whether the other says it of this one. */
  incoming: boolean;
  title: string;
  /** Of a note’s title; of a paper's it is not known. */
  lang?: string;
  url: Url;
}

/** A note that is near, with what it shares. */
export interface Related {
  path: NotePath;
  /** Works that both cite. */
  cites: number;
  /** Notes that both link to. */
  links: number;
  tags: string[];
  terms: string[];
}

/** The piece of a note that an embed shows. */
export type Slice = { kind: 'note' } | { kind: 'section'; id: string } | { kind: 'block'; id: string };

/** An embed on a page, with those inside it; one that would not end is not among them. */
export interface Embed {
  /** Number of the reference in the note that holds it. */
  ref: number;
  path: NotePath;
  slice: Slice;
  children: Embed[];
}

export interface LinkedNote {
  index: NoteIndex;
  slug: Slug;
  url: Url;
  /** One for each of `index.refs`. */
  targets: Target[];
  embeds: Embed[];
  /** Of other notes. */
  backlinks: Backlink[];
  /** By other notes that do not link to it, newest first. */
  mentions: Mention[];
  /** Its picture, for lists. */
  cover?: Cover;
  series?: Series;
  neighbours: Neighbour[];
  /** Terms in its text: their first uses are linked. */
  terms: TermUse[];
  /** The same text in other languages. */
  translations: NotePath[];
  related: Related[];
  /** The papers it reads, with all that is known of them, and their pages. */
  papers: Pick<LinkedPaper, 'key' | 'paper' | 'url'>[];
  previous?: NotePath;
  next?: NotePath;
}

/** A paper that is read, cited or listed here; it has a page of its own. */
export interface LinkedPaper {
  key: string;
  paper: Paper;
  url: Url;
  /** Notes that read it; the first is the one that citations lead to. */
  readBy: NotePath[];
  /** Notes that cite it, newest first, with the sentences. */
  citedBy: Backlink[];
}

/** A group of notes with a page of its own. */
export interface Group {
  /** Path of names: `['深度学习', '蒸馏']`. */
  names: string[];
  url: Url;
  /** Newest first. */
  notes: NotePath[];
  /** Of a tag: the note of `type: tag` that introduces it; its address is that of the tag. */
  about?: NotePath;
  /** Of a tag: those that its notes have most often besides. */
  seenWith?: { names: string[]; url: Url; count: number }[];
}

/** What was read in a month. */
export interface ReadingMonth {
  /** `2021-09`. */
  month: string;
  /** Newest first. */
  notes: NotePath[];
}

export interface Site {
  /** Every published note and page, by path. */
  notes: Map<NotePath, LinkedNote>;
  /** The notes (not pages), as the index lists them: sticky ones first. */
  order: NotePath[];
  /** The notes by date, newest first, as feeds have them. */
  newest: NotePath[];
  tags: Group[];
  categories: Group[];
  /** By year, newest first. */
  years: Group[];
  /** Their notes are the oldest first. */
  series: Group[];
  /** Folders below `posts/`, each with the notes of those in it. */
  folders: Group[];
  /** In the order of their notes' paths. */
  glossary: Term[];
  /** Newest first; empty when no note says how closely it was read. */
  log: ReadingMonth[];
  /** By key. */
  papers: LinkedPaper[];
  /** Assets that some page uses, with their addresses. */
  assets: { asset: Asset; url: Url }[];
  /** Old addresses of notes, and what stands there now. */
  redirects: { from: Url; to: NotePath }[];
  graph: Graph;
  diagnostics: Diagnostic[];
}

export interface OutputFile {
  /** Path in the output folder, with `/`. */
  path: string;
  contents: string | Uint8Array;
}
