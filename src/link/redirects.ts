/** Old addresses of notes: their aliases that are paths, `/2021/05/detr/` or `old/detr.html`. */

import { compare, isAddress, outputPath, parseUrl, type Url } from '../paths.ts';
import type { Addressed } from './addresses.ts';

export interface Redirect {
  from: Url;
  to: Addressed;
}

/** @returns the old addresses, in order; what cannot be one was told by compile */
export function redirectsOf(notes: Addressed[]): Redirect[] {
  const redirects: Redirect[] = [];
  for (const note of notes) {
    // `/x/` and `/x/index.html` are one file.
    const own = new Set([outputPath(note.url)]);
    for (const from of note.index.meta.aliases.filter(isAddress).map(parseUrl)) {
      if (from === undefined || own.has(outputPath(from))) continue;
      own.add(outputPath(from));
      redirects.push({ from, to: note });
    }
  }
  return redirects.sort((a, b) => compare(a.from, b.from));
}
