/** The word files of the search index, made in a thread that reads the store itself. */

import { searchPartIn } from '../cache/notes.ts';
import { Store } from '../cache/store.ts';
import { NameGrams } from './name-grams.ts';
import { OwnWords } from './own-words.ts';
import { pathOrder, type WordFile, type WordsJob, wordFiles } from './word-files.ts';

/** What can be read before the notes are linked. */
export interface WordsAhead {
  /** Keys of the notes, in the order of their paths. */
  keys: string[];
  /** Names that they will be found by. */
  names: string[];
  /** The store's: the grams of every note lie there. */
  folder: string;
}

/**
 * Reads the grams of notes while they are linked.
 *
 * @param job comes once they are; nothing when there will be none
 * @returns the files; nothing when the store lacks the grams of a note: whoever asked can compile it again
 */
export async function wordFilesFromStore(
  { keys, names, folder }: WordsAhead,
  job: Promise<WordsJob | undefined>,
): Promise<WordFile[] | undefined> {
  const read = readWords(keys, folder);
  const grams = new NameGrams();
  for (const name of names) grams.of(name);
  const asked = await job;
  if (!asked) return undefined;
  const wanted = pathOrder(asked.notes).map((n) => asked.notes[n]!.key);
  const own = (read && ofSome({ keys, own: read }, wanted)) ?? readWords(wanted, folder);
  return own && [...wordFiles(asked, own, grams)];
}

/**
 * @param some keys of notes: those that are not published were read too
 * @returns what was read of them, or nothing when one was not read
 */
function ofSome({ keys, own }: { keys: string[]; own: OwnWords }, some: string[]): OwnWords | undefined {
  if (some.length === keys.length && some.every((key, i) => key === keys[i])) return own;
  const places = new Map(keys.map((key, i) => [key, i]));
  const wanted = some.flatMap((key) => places.get(key) ?? []);
  return wanted.length === some.length ? own.only(wanted) : undefined;
}

/** @returns the grams of the notes, or nothing when the store lacks those of one */
function readWords(keys: string[], folder: string): OwnWords | undefined {
  const store = new Store(folder);
  const own = new OwnWords();
  try {
    for (const key of keys) {
      const bytes = searchPartIn(store, key, 'words');
      if (!bytes) return undefined;
      own.add(bytes);
    }
    own.close();
    return own;
  } finally {
    store.close();
  }
}
