/** The word files of the search index, made in a thread that reads the store itself. */

import { searchPartIn } from '../cache/notes.ts';
import { Store } from '../cache/store.ts';
import { NameGrams } from './name-grams.ts';
import { NoteParts } from './note-words.ts';
import { OwnWords } from './own-words.ts';
import { pathOrder, type WordFile, type WordsJob, wordFiles } from './word-files.ts';

/** What was read and worked out ahead: grams of notes by their keys in the order of their paths, and of names. */
let ahead: { words: Map<string, NoteParts>; own: OwnWords; grams: NameGrams } | undefined;

/**
 * Reads the grams of notes while they are linked; `wordFilesFromStore` in this thread then finds them.
 *
 * @param keys of the notes, in the order of their paths
 * @param names that they will be found by
 * @param folder the store's
 */
export function readAhead(keys: string[], names: string[], folder: string): void {
  const words = readWords(keys, folder);
  const grams = new NameGrams();
  for (const name of names) grams.of(name);
  ahead = { words, own: new OwnWords([...words.values()]), grams };
}

/**
 * @param folder the store's
 * @returns nothing when the store lacks the grams of a note: whoever asked can compile it again
 */
export function wordFilesFromStore(job: WordsJob, folder: string): WordFile[] | undefined {
  const keys = pathOrder(job.notes).map((n) => job.notes[n]!.key);
  const known = ahead;
  ahead = undefined;
  const words = known && keys.every((key) => known.words.has(key)) ? known.words : readWords(keys, folder);
  if (words.size < keys.length) return undefined;
  // Notes that are not published were read too.
  const isAll = known?.words === words && words.size === keys.length;
  const own = isAll ? known.own : new OwnWords(keys.map((key) => words.get(key)!));
  return [...wordFiles(job, own, known?.grams)];
}

/** @returns the grams of those notes that the store has */
function readWords(keys: string[], folder: string): Map<string, NoteParts> {
  const store = new Store(folder);
  const words = new Map<string, NoteParts>();
  try {
    for (const key of keys) {
      const bytes = searchPartIn(store, key, 'words');
      if (bytes) words.set(key, new NoteParts(bytes));
    }
    return words;
  } finally {
    store.close();
  }
}
