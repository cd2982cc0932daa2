/** Old addresses of notes: their aliases that are paths, `/2021/05/detr/` or `old/detr.html`. */

import { slugInvalid } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { compare, parseUrl, type Url } from '../paths.ts';
import type { Addressed } from './addresses.ts';

export interface Redirect {
  from: Url;
  to: Addressed;
}

/** Whether an alias is an address, not another name: `TCP/IP` is a name. */
export function isAddress(alias: string): boolean {
  return /^\/|\/$|\.html?$/i.test(alias);
}

/** @returns the old addresses, by address; one that cannot be one is reported */
export function redirectsOf(notes: Addressed[]): { redirects: Redirect[]; diagnostics: Diagnostic[] } {
  const redirects: Redirect[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const note of notes) {
    for (const alias of note.index.meta.aliases.filter(isAddress)) {
      const from = parseUrl(alias);
      if (from === undefined) {
        diagnostics.push(slugInvalid({ file: `posts/${note.index.path}` }, 'alias', alias));
      } else if (from !== note.url && !redirects.some((r) => r.from === from && r.to === note)) {
        redirects.push({ from, to: note });
      }
    }
  }
  redirects.sort((a, b) => compare(a.from, b.from));
  return { redirects, diagnostics };
}
