import type { DrawingKind, LabelKind, RelationKind } from '../../src/emit/views.ts';
import en from './en.ts';

/**
 * Every word the interface says. A language is one file of this shape in this folder, named by its BCP 47 tag;
 * what such a file leaves out is said in English.
 */
export interface Strings {
  skipToContent: string;
  mainNav: string;
  breadcrumb: string;
  /** The label with its colon: what is chosen is said behind it. */
  theme: { label: string; auto: string; light: string; dark: string };
  copy: string;
  /** Shows a figure larger. */
  zoom: string;
  copied: string;
  subscribe: string;

  search: {
    label: string;
    placeholder: string;
    /** How many there are, and how many of them are shown. */
    results: (count: number, shown: number) => string;
    none: string;
    offline: string;
    arxiv: string;
    close: string;
    clear: string;
    allTitles: string;
  };

  /** The list of keys that `?` shows: keys, and what they do. */
  keys: { title: string; list: [keys: string, meaning: string][]; on: string; close: string };

  /** The language's own name. */
  inThisLanguage: string;
  pages: string;
  colophon: { cite: string; licence: string; under: string };
  comments: { heading: string; load: string; onGitHub: string };

  notes: string;
  tags: string;
  categories: string;
  archive: string;
  pageOf: (page: number, pages: number) => string;
  count: (notes: number) => string;
  pinned: string;

  draft: string;
  published: string;
  updated: string;
  /** How long a note is: of one that is mostly Chinese, and of another. */
  hanzi: (count: number) => string;
  words: (count: number) => string;
  minutes: (count: number) => string;
  contents: string;
  footnotes: string;
  backToText: (number: number, use: number) => string;
  backlinks: string;
  moved: string;
  mentions: string;
  graph: {
    title: string;
    description: string;
    other: string;
    /** What a note says of another, and what the other then is to it. */
    relations: Record<RelationKind, [said: string, heard: string]>;
  };
  related: {
    heading: string;
    cites: (count: number) => string;
    links: (count: number) => string;
    tags: (names: string[]) => string;
    terms: (names: string[]) => string;
    separator: string;
  };
  series: string;
  seriesPlace: (position: number, count: number) => string;
  questions: string;
  inPlace: string;
  papers: string;
  venues: string;
  glossary: string;
  readingLog: string;
  folders: string;
  /** The line of links to the overviews. */
  overviews: string;
  /** Before the tags that a tag's notes often have besides. */
  seenWith: string;
  month: (year: number, month: number) => string;
  /** Of notes that do not say how closely something was read, and of papers without a venue. */
  noDepth: string;
  noVenue: string;
  read: string;
  readBy: string;
  references: { heading: string; copy: string };
  moreNotes: string;
  previousNote: string;
  nextNote: string;
  /** The link to a note's source. */
  edit: string;

  paper: { heading: string; list: (count: number) => string; title: string; authors: string; source: string };
  moreAuthors: (count: number) => string;
  listSeparator: string;
  cite: string;
  code: string;
  project: string;

  pagination: string;
  previousPage: string;
  nextPage: string;
  page: (number: number) => string;

  subcategories: string;
  undated: string;
  /** Reading without a network: a word for the bar, and the page for what is not kept. */
  offline: { chip: string; title: string; text: string; kept: string };
  notFound: { title: string; text: string; home: string; recent: string };
}

/** The few words that a note itself carries, in its own language: names of numbered things and of callouts. */
export interface Words {
  labels: Record<LabelKind, string>;
  /** How a section is referred to by its number. */
  section: (number: string) => string;
  proof: string;
  callouts: Record<string, string>;
  /** Heads of a results table. */
  results: { note: string; setting: string; backbone: string; source: string };
  scrollable: (what: string) => string;
  footnote: (number: number) => string;
  code: string;
  /** What a drawing is called that has no caption. */
  drawings: Record<DrawingKind, string>;
}

const files = import.meta.glob<Partial<Strings>>(['./*.ts', '!./strings.ts'], {
  eager: true,
  import: 'default',
});
/** Postil's own English, where the site has an `en.ts` of its own; it is laid there for this. */
const [english = en] = Object.values(
  import.meta.glob<Strings>('./postil/en.ts', { eager: true, import: 'default' }),
);

/** What `own` says, and for the rest what `all` says; lists are whole. */
function completed<T>(all: T, own: unknown): T {
  if (own === undefined || own === null) return all;
  if (typeof all !== 'object' || all === null || Array.isArray(all)) return own as T;
  const given = own as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [key, completed(value, given[key])]),
  ) as T;
}

/** What the file of each language says, by its BCP 47 tag. */
export const spokenWords = new Map(
  Object.entries(files).map(([file, own]) => [file.slice('./'.length, -'.ts'.length), own as unknown]),
);
const languages = new Map([...spokenWords].map(([tag, own]) => [tag, completed(english, own)]));

/** BCP 47 tags of the languages that there are files for. */
export const spokenLanguages = [...languages.keys()].sort();

/** The language of the interface for a BCP 47 tag: itself, else another of the same name, else none. */
export function spoken(lang: string): string | undefined {
  const wanted = lang.toLowerCase();
  const [name] = wanted.split('-');
  const tags = [...languages.keys()];
  return (
    tags.find((tag) => tag.toLowerCase() === wanted) ??
    tags.find((tag) => tag.toLowerCase().split('-')[0] === name)
  );
}

/** The interface strings for a BCP 47 tag; a language we do not speak gets English. */
export function stringsFor(lang: string): Strings {
  return languages.get(spoken(lang) ?? 'en') ?? english;
}
