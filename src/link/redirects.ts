/** Old addresses of notes: their aliases that are paths, `/2021/05/detr/` or `old/detr.html`. */

import { compare, isAddress, parseUrl, type Url } from '../paths.ts';
import type { Addressed } from './addresses.ts';

export interface Redirect {
  from: Url;
  to: Addressed;
}

/** @returns the old addresses, in order; what cannot be one was told by compile */
export function redirectsOf(notes: Addressed[]): Redirect[] {
  const redirects: Redirect[] = [];
  for (const note of notes) {
    const own = new Set(note.index.meta.aliases.filter(isAddress).map(parseUrl));
    for (const from of own) {
      if (from !== undefined && from !== note.url) redirects.push({ from, to: note });
    }
  }
  return redirects.sort((a, b) => compare(a.from, b.from));
}
