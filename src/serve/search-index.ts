/** The search index of the development server: made when search is opened, and again only when it is opened anew. */

import type { Page } from '../emit/page.ts';
import type { SiteState } from './live.ts';

/** Files of the index whose names change with what is in them. */
const HASHED = /^search\/(?:words|notes)-/;
const OTHERS = /^search\/index\.json$|\/search\.json$/;

/** One for all readers of a server. */
export class SearchIndex {
  /** Of the site that was searched last: what an open page asks for by an older name is still there. */
  #last: Map<string, Page> | undefined;

  /**
   * @param path in a build's output folder
   * @returns a file of the index; `undefined` when it has none of this name
   */
  async file(path: string, shown: SiteState): Promise<string | Uint8Array | undefined> {
    if (!HASHED.test(path) && !OTHERS.test(path)) return undefined;
    const older = HASHED.test(path) ? this.#last?.get(path) : undefined;
    if (!older) this.#last = await shown.searchPages();
    return (older ?? this.#last?.get(path))?.render();
  }
}
