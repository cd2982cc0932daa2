/** Files that browsers run, or show as documents with scripts in them: by the media type that servers give to a name. */

import { mimes } from 'mrmime';
import { table } from '../table.ts';

/** Types that servers know, and mrmime does not. */
const MORE: Record<string, string> = table({
  cdxml: 'application/vnd.chemdraw+xml',
  cjs: 'application/javascript',
  dae: 'model/vnd.collada+xml',
  dtb: 'application/x-dtbook+xml',
  es: 'text/javascript',
  htc: 'text/x-component',
  jsm: 'text/javascript',
  kml: 'application/vnd.google-earth.kml+xml',
  mht: 'multipart/related',
  mhtml: 'multipart/related',
  mml: 'application/mathml+xml',
  musicxml: 'application/vnd.recordare.musicxml+xml',
  ncx: 'application/x-dtbncx+xml',
  swf: 'application/x-shockwave-flash',
  xbl: 'application/xml',
  xdp: 'application/vnd.adobe.xdp+xml',
  xhtm: 'application/xhtml+xml',
  xul: 'application/vnd.mozilla.xul+xml',
});

/** XML is active whatever it is for: an element of XHTML in it is one. */
const ACTIVE =
  /^(?:text\/html|(?:text|application)\/(?:xml|xsl|(?:java|ecma)script)|[^/]+\/[^/]+\+xml|multipart\/related|text\/x-component|application\/x-shockwave-flash)$/;

/**
 * @param path of a file, or its name
 * @returns whether it would be a page or a script of its own, with the rights of the site; not so a drawing that is called
 *   `.svg`, which is cleaned
 */
export function isActive(path: string): boolean {
  const [, ...endings] = path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .split('.');
  if (endings.at(-1) === 'svg') return false;
  // Where the last ending says nothing, some servers ask the one before it.
  const types = endings.map(
    (ending) => MORE[ending] ?? (Object.hasOwn(mimes, ending) ? mimes[ending] : undefined),
  );
  return ACTIVE.test(types.findLast((type) => type !== undefined) ?? '');
}
