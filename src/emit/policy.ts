/** The Content-Security-Policy of a page, in its own `<meta>`: what the page uses works, and nothing else does. */

import type { Html } from './views.ts';

const MEDIA = /<(?:img|video|audio|source|track)\b[^>]*?\s(?:src|poster|srcset)="(https?:\/\/[^/"\s]+)/g;

/** Other hosts from which some HTML shows pictures, sound or video. */
export function mediaHosts(html: Html): string[] {
  return [...new Set([...html.matchAll(MEDIA)].map((m) => m[1]!))].sort();
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
