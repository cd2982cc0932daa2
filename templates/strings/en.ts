import type { Strings } from './strings.ts';

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const en: Strings = {
  skipToContent: 'Skip to content',
  mainNav: 'Main',
  breadcrumb: 'Breadcrumb',
  theme: { label: 'Colours', auto: 'system', light: 'light', dark: 'dark' },
  copy: 'Copy',
  copied: 'Copied',
  subscribe: 'Subscribe',

  notes: 'Notes',
  tags: 'Tags',
  categories: 'Categories',
  archive: 'Archive',
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
  count: (notes) => plural(notes, 'note'),
  pinned: 'Pinned',

  published: 'Written',
  updated: 'Updated',
  hanzi: (count) => plural(count, 'character'),
  minutes: (count) => `${count} min`,
  contents: 'Contents',
  footnotes: 'Notes',
  backToText: (number, use) => (use > 1 ? `Back to use ${use} of note ${number}` : `Back to note ${number}`),
  backlinks: 'Cited by these notes',
  papers: 'Papers',
  read: 'read',
  readBy: 'Notes on it',
  references: { heading: 'References', copy: 'Cite this paper' },
  moreNotes: 'More notes',
  previousNote: 'Previous',
  nextNote: 'Next',

  paper: {
    heading: 'Paper',
    list: (count) => `The ${count} papers read here`,
    title: 'Paper',
    authors: 'Authors',
    source: 'In',
  },
  moreAuthors: (count) => `and ${count} more`,
  listSeparator: ', ',
  cite: 'Cite (BibTeX)',
  code: 'Code',
  project: 'Project',

  pagination: 'Pages',
  previousPage: 'Previous page',
  nextPage: 'Next page',
  page: (number) => `Page ${number}`,

  subcategories: 'Subcategories',
  undated: 'Undated',
  notFound: {
    title: 'No such page',
    text: 'There is nothing at this address. The link may be wrong, or the note may have been renamed.',
    home: 'Back to the front page',
    recent: 'Recent notes',
  },
};
