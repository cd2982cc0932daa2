/**
 * The files of the search index. A file is a pure function of the grams that notes have in its part of the index, and
 * is named by the hash of them: after an edit those files are made anew whose grams changed, and a reader's
 * browser, which asks for a name, never gets an older one.
 *
 *     search/index.json        how many parts there are, and the names of the other files
 *     search/words-3-….txt     sorted lines: a gram, a tab, in which sections of which notes it stands
 *     search/notes-0-….json    addresses of the notes, by their numbers
 *     posts/detr/search.json   what is shown of a note, beside its page
 *
 * Notes are numbered by age, so that a new one changes no number.
 */

import type { Page } from '../emit/page.ts';
import { hash } from '../hash.ts';
import type { LinkedNote, Site } from '../model.ts';
import { compare, href, type NotePath, outputPath, searchedUrl } from '../paths.ts';
import { namesOf, refNames } from './note-text.ts';
import { OwnWords } from './own-words.ts';
import { printSearched, type SearchedSheet, searchedNote } from './searched-note.ts';
import { pathOrder, type WordFile, type WordsJob, wordFiles } from './word-files.ts';

/** Where the index lies, below the site's root. */
export const SEARCH_FOLDER = 'search/';

/** Notes whose addresses stand in one file. */
const NOTES_IN_FILE = 512;
/** Hex digits of a key in a file's name. */
const NAME_LENGTH = 10;

/** What search needs of compiled notes, wherever they are kept. */
export interface SearchSource {
  /** Changes when the compiled note does. */
  key(path: NotePath): string;
  /** Its grams, as `note-words.ts` packs them. */
  words(path: NotePath): Promise<Uint8Array>;
  /** What search shows of it, as `packSections` packs it. */
  sections(path: NotePath): Promise<string>;
}

export interface SearchOptions {
  /** The site's base path: addresses in the index are as a page would have them. */
  base: string;
  /** Hash of Postil's code. */
  engine: string;
  /** What a note's page shows of its references, by their numbers. */
  refTexts: (note: LinkedNote) => string[];
  /** Lets other things happen. */
  breathe?: () => Promise<void>;
  /** Keys of files that are there already. */
  known?: ReadonlySet<string>;
  /** Makes the word files elsewhere, meanwhile; nothing comes back when it cannot. */
  aside?: (job: WordsJob) => Promise<WordFile[] | undefined>;
}

/** Every file of the index. */
export async function searchPages(site: Site, source: SearchSource, options: SearchOptions): Promise<Page[]> {
  const { base, engine, refTexts, breathe = async () => {} } = options;
  const notes = byAge(site);
  if (notes.length === 0) return [];
  const files: Page[] = [];
  const named = (name: string, number: number, extension: string, key: string, make: Page['render']) => {
    const path = `${SEARCH_FOLDER}${name}-${number}-${key.slice(0, NAME_LENGTH)}.${extension}`;
    files.push({ path, key: () => key, render: make });
    return key.slice(0, NAME_LENGTH);
  };

  const job: WordsJob = {
    notes: notes.map((note) => ({
      path: note.index.path,
      key: source.key(note.index.path),
      names: namesOf(note),
      refs: refNames(note, refTexts(note)),
    })),
    engine,
    known: options.known ?? new Set(),
  };
  const here = async (known: WordsJob['known']): Promise<WordFile[]> => {
    const own = new OwnWords();
    for (const n of pathOrder(job.notes)) {
      await breathe();
      own.add(await source.words(job.notes[n]!.path));
    }
    own.close();
    const made: WordFile[] = [];
    for (const file of wordFiles({ ...job, known }, own)) {
      await breathe();
      made.push(file);
    }
    return made;
  };
  const made = (await options.aside?.(job)) ?? (await here(job.known));
  // Files whose keys are known are printed only when one is not there after all: all of them, once.
  let all: Promise<WordFile[]> | undefined;
  const printed = async (n: number) => {
    all ??= here(new Set());
    return (await all)[n]!.contents!;
  };
  const words = made.map(({ key, contents }, n) =>
    named('words', n, 'txt', key, async () => contents ?? printed(n)),
  );
  const lists: string[] = [];
  for (let n = 0; n * NOTES_IN_FILE < notes.length; n++) {
    const some = notes.slice(n * NOTES_IN_FILE, (n + 1) * NOTES_IN_FILE);
    const text = `${JSON.stringify(some.map(({ url }) => href(url, base)))}\n`;
    lists.push(named('notes', n, 'json', hash(engine, text), async () => text));
  }
  const index = `${JSON.stringify({ words, notes: lists, perFile: NOTES_IN_FILE })}\n`;
  const indexKey = hash(engine, index);
  files.push({ path: `${SEARCH_FOLDER}index.json`, key: () => indexKey, render: async () => index });
  for (const note of notes) files.push(searchedPage(note, source, options));
  return files;
}

/** What the search dialog shows of a note. */
function searchedPage(
  note: LinkedNote,
  source: SearchSource,
  { engine, refTexts }: Pick<SearchOptions, 'engine' | 'refTexts'>,
): Page {
  const { path } = note.index;
  const sheet = (): SearchedSheet => ({
    kind: 'search',
    key: source.key(path),
    note: searchedNote(note, refTexts(note)),
  });
  return {
    path: outputPath(searchedUrl(note.url)),
    key: () => hash(engine, JSON.stringify(sheet())),
    render: async () => printSearched(sheet(), await source.sections(path)),
    sheet,
  };
}

/** Pages first, then notes from the oldest to the newest. */
function byAge(site: Site): LinkedNote[] {
  const dated = new Set(site.newest);
  const others = [...site.notes.keys()].filter((path) => !dated.has(path)).sort(compare);
  return [...others, ...[...site.newest].reverse()].map((path) => site.notes.get(path)!);
}
