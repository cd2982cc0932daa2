/** The word files of the search index, made in a thread that reads the store itself. */

import { Store } from '../cache/store.ts';
import { type WordFile, type WordsJob, wordFiles } from './word-files.ts';

/**
 * @param folder the store's
 * @returns nothing when the store lacks the grams of a note: whoever asked can compile it again
 */
export function wordFilesFromStore(job: WordsJob, folder: string): WordFile[] | undefined {
  const store = new Store(folder);
  try {
    const words: Uint8Array[] = [];
    for (const { key } of job.notes) {
      const bytes = store.get(`${key}.words`);
      if (!bytes) return undefined;
      words.push(bytes);
    }
    return [...wordFiles(job, words)];
  } finally {
    store.close();
  }
}
