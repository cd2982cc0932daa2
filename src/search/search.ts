/** Records → the files of a Pagefind index, which a page's search dialog reads piece by piece. */

import type { OutputFile } from '../model.ts';
import { compare } from '../paths.ts';
import type { SearchRecord } from './records.ts';

/** Where the index lies, below the site's root. */
export const SEARCH_FOLDER = 'pagefind/';

/** Pagefind's own interfaces: we have ours. */
const UNUSED = /^pagefind-(?:ui|modular|component|highlight)/;

/**
 * Indexes records. The order of records decides the bytes of the index, so they are sorted first.
 *
 * @returns the index's files, by path
 * @throws when Pagefind fails: it is a program of its own
 */
export async function searchFiles(records: SearchRecord[]): Promise<OutputFile[]> {
  const pagefind = await import('pagefind');
  try {
    // One language for all: the records bring their own words, and no stemmer may touch them.
    const { index, errors } = await pagefind.createIndex({ forceLanguage: 'zh' });
    if (!index) throw new Error(`Pagefind does not start: ${errors.join('; ')}`);
    for (const { url, content, meta } of [...records].sort((a, b) => compare(key(a), key(b)))) {
      const added = await index.addCustomRecord({ url, content, meta: { ...meta }, language: 'zh' });
      if (added.errors.length > 0) throw new Error(`Pagefind: ${added.errors.join('; ')}`);
    }
    const { files } = await index.getFiles();
    return files
      .filter((f) => !UNUSED.test(f.path))
      .map((f) => ({ path: SEARCH_FOLDER + f.path, contents: f.content }))
      .sort((a, b) => compare(a.path, b.path));
  } finally {
    await pagefind.close();
  }
}

function key({ url, content }: SearchRecord): string {
  return `${url}\0${content}`;
}
