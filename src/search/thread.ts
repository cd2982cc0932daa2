/** The word files of the search index, made in a thread that reads the store itself. */

import { searchPartIn } from '../cache/notes.ts';
import { Store } from '../cache/store.ts';
import { NoteParts } from './note-words.ts';
import { type WordFile, type WordsJob, wordFiles } from './word-files.ts';

/** Grams that were read ahead, by the notes' keys. */
let ahead = new Map<string, NoteParts>();

/**
 * Reads the grams of notes while they are linked; `wordFilesFromStore` in this thread then finds them.
 *
 * @param keys of the notes
 * @param folder the store's
 */
export function readAhead(keys: string[], folder: string): void {
  const store = new Store(folder);
  ahead = new Map();
  try {
    for (const key of keys) {
      const bytes = searchPartIn(store, key, 'words');
      if (bytes) ahead.set(key, new NoteParts(bytes));
    }
  } finally {
    store.close();
  }
}

/**
 * @param folder the store's
 * @returns nothing when the store lacks the grams of a note: whoever asked can compile it again
 */
export function wordFilesFromStore(job: WordsJob, folder: string): WordFile[] | undefined {
  const keys = job.notes.map((note) => note.key);
  if (!keys.every((key) => ahead.has(key))) readAhead(keys, folder);
  const words = keys.map((key) => ahead.get(key));
  ahead = new Map();
  return words.every((w) => w !== undefined) ? [...wordFiles(job, words)] : undefined;
}
