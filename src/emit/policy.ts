/** The Content-Security-Policy of a page, in its own `<meta>`: what the page uses works, and nothing else does. */

import { PIECE } from '../html-tags.ts';
import type { Html } from './views.ts';

/** A whole tag, for an attribute may hold `>`; or what looks like one in an attribute, since authors may show any picture. */
const MEDIA = /<(?:img|video|audio|source|track)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|[^\s>"']+))?/g;
const ADDRESSES = new Set(['src', 'poster', 'srcset']);
const SRC = new Set(['src']);

/**
 * Other hosts from which some HTML shows pictures, sound or video.
 *
 * @returns sources of a policy, each once; one without a scheme has the page's
 */
export function mediaHosts(html: Html[]): string[] {
  return hostsOf(
    html.flatMap((part) => [...part.matchAll(MEDIA)].map(([, attributes]) => attributes!)),
    ADDRESSES,
  );
}

/**
 * Other hosts of which some HTML shows frames, as plugins that are trusted print them: authors can write none.
 *
 * @returns as `mediaHosts`
 */
export function frameHosts(html: Html[]): string[] {
  const shown = html.filter((part) => part.includes('<iframe'));
  // What an author wrote into an attribute is no frame.
  const tags = shown.flatMap((part) => [...part.matchAll(PIECE)]);
  return hostsOf(
    tags.flatMap(([, , name, attributes]) => (name === 'iframe' ? attributes! : [])),
    SRC,
  );
}

/** @param tags attributes of each tag */
function hostsOf(tags: string[], names: Set<string>): string[] {
  const hosts = new Set<string>();
  for (const attributes of tags) {
    if (!attributes.includes('//')) continue;
    for (const [, name, double, single] of attributes.matchAll(ATTRIBUTE)) {
      if (!names.has(name!)) continue;
      for (const address of (double ?? single ?? '').split(/[\s,]+/)) {
        const host = hostOf(address);
        if (host) hosts.add(host);
      }
    }
  }
  return [...hosts].sort();
}

/** @returns the source that allows an address; `undefined` for one of the site, or that no policy can name */
function hostOf(address: string): string | undefined {
  const start = /^(https?:)?\/\//i.exec(address);
  if (!start || !URL.canParse(address, 'https://site')) return undefined;
  const { host, origin } = new URL(address, 'https://site');
  // What a policy would read as more than a host.
  if (!/^[\w.-]+(?::\d+)?$/.test(host)) return undefined;
  return start[1] ? origin : host;
}

/** What a page uses that is not the site's own. */
export interface PolicySources {
  /** Sources of scripts: hosts, or hashes in quotes. */
  scripts: string[];
  /** Hashes, in quotes, of the style that stands in pages. */
  styles: string[];
  /** Hosts that scripts talk to. */
  connect: string[];
  /** Hosts of frames. */
  frames: string[];
  /** Hosts of pictures, sound and video. */
  media: string[];
}

/** @returns the policy that allows this, and what the site itself has */
export function contentPolicy({ scripts, styles, connect, frames, media }: PolicySources): string {
  const list = (name: string, ...sources: string[]) => [name, ...sources].join(' ');
  return [
    list('default-src', "'none'"),
    list('script-src', "'self'", ...scripts),
    // Formulas carry their sizes in attributes.
    list('style-src', "'self'", ...styles),
    list('style-src-attr', "'unsafe-inline'"),
    list('img-src', "'self'", 'data:', ...media),
    list('media-src', "'self'", ...media),
    list('font-src', "'self'", 'data:'),
    list('connect-src', "'self'", ...connect),
    list('worker-src', "'self'"),
    list('manifest-src', "'self'"),
    ...(frames.length > 0 ? [list('frame-src', ...frames)] : []),
    list('form-action', "'self'"),
    list('base-uri', "'none'"),
  ].join('; ');
}
