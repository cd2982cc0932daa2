/** Old addresses of notes: their aliases that are paths, `/2021/05/detr/` or `old/detr.html`. */

import type { Place } from '../model.ts';
import { compare, isAddress, outputPath, parseUrl, type Url } from '../paths.ts';
import type { Addressed } from './addresses.ts';

export interface Redirect {
  from: Url;
  to: Addressed;
  /** Where the alias stands. */
  place: Place;
}

/** @returns the old addresses, in order; what cannot be one was told by compile */
export function redirectsOf(notes: Addressed[]): Redirect[] {
  const redirects: Redirect[] = [];
  for (const note of notes) {
    const { meta, namePlaces } = note.index;
    // `/x/` and `/x/index.html` are one file.
    const own = new Set([outputPath(note.url)]);
    meta.aliases.forEach((alias, i) => {
      const from = isAddress(alias) ? parseUrl(alias) : undefined;
      if (from === undefined || own.has(outputPath(from))) return;
      own.add(outputPath(from));
      redirects.push({ from, to: note, place: namePlaces.aliases[i]! });
    });
  }
  return redirects.sort((a, b) => compare(a.from, b.from));
}
