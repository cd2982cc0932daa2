/** The links of the bar, which stand on every page. */

import type { At } from '../diagnostics/messages/define.ts';
import { navMissing } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Diagnostic } from '../model.ts';
import { typedAddress } from '../paths.ts';
import { siteAddress, type World } from './resolve.ts';

export interface NavAddress {
  /** As typed: an address on the site, or one of another host. */
  to: string;
  at: At;
}

/** @returns what leads to no page of the site and to no file that is published */
export function checkNav(links: NavAddress[], world: Pick<World, 'addresses' | 'publicFiles'>): Diagnostic[] {
  const leads = (to: string) => siteAddress(to, world) !== undefined;
  return links.flatMap(({ to, at }) => {
    const path = typedAddress(to)?.path;
    if (path === undefined || leads(path)) return [];
    // With the base path, which is put in front of all of them.
    const behind = path.replace(/^\/[^/]+/, '');
    return navMissing(
      at,
      to,
      behind !== '/' && leads(behind) ? [behind] : suggest(path, world.addresses.all()),
    );
  });
}
