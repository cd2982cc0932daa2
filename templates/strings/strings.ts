import type { RelationKind } from '../../src/emit/views.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Every word the interface says. A language is one file of this shape, listed in `languages` below. */
export interface Strings {
  skipToContent: string;
  mainNav: string;
  breadcrumb: string;
  theme: { label: string; auto: string; light: string; dark: string };
  copy: string;
  /** Shows a figure larger. */
  zoom: string;
  copied: string;
  subscribe: string;

  search: {
    label: string;
    placeholder: string;
    results: (count: number) => string;
    none: string;
    offline: string;
    arxiv: string;
    close: string;
    clear: string;
    allTitles: string;
  };

  /** The list of keys that `?` shows: keys, and what they do. */
  keys: { title: string; list: [keys: string, meaning: string][]; on: string; close: string };

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
  hanzi: (count: number) => string;
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
  read: string;
  readBy: string;
  references: { heading: string; copy: string };
  moreNotes: string;
  previousNote: string;
  nextNote: string;

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

const languages: Record<string, Strings> = { zh: zhCN, en };

/** The interface strings for a BCP 47 tag; a language we do not speak gets English. */
export function stringsFor(lang: string): Strings {
  return languages[lang.toLowerCase()] ?? languages[lang.toLowerCase().split('-')[0]!] ?? en;
}
