/** The search index of the development server: made when search is opened, and again only when it is opened anew. */

import { SEARCH_FOLDER } from '../search/search.ts';
import type { Shown } from './live.ts';

/** The file that a page's search begins with; the others must be of the same index. */
const FIRST = /^pagefind\/pagefind(?:-entry\.json|\.js)$/;

export class SearchIndex {
  #key: string | undefined;
  #files: Promise<Map<string, string | Uint8Array>> = Promise.resolve(new Map());

  /**
   * @param path in a build's output folder
   * @returns a file of the index; `undefined` when it has none of this name
   */
  async file(path: string, shown: Shown): Promise<string | Uint8Array | undefined> {
    if (!path.startsWith(SEARCH_FOLDER)) return undefined;
    if (this.#key === undefined || FIRST.test(path)) {
      const { key, files } = shown.search;
      if (key !== this.#key) {
        this.#key = key;
        this.#files = files().then((list) => new Map(list.map((f) => [f.path, f.contents])));
      }
    }
    return (await this.#files).get(path);
  }
}
