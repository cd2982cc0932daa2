/** The Content-Security-Policy of a page, in its own `<meta>`: what the page uses works, and nothing else does. */

import type { Html } from './views.ts';

const MEDIA = /<(?:img|video|audio|source|track)\b[^>]*?\s(?:src|poster|srcset)="(https?:\/\/[^/"\s]+)/g;

/** Other hosts from which some HTML shows pictures, sound or video. */
export function mediaHosts(html: Html): string[] {
  return [...new Set([...html.matchAll(MEDIA)].map((m) => m[1]!))].sort();
}

/**
 * @param scripts other sources of scripts: hosts, or hashes in quotes
 * @param styles hashes, in quotes, of the style that stands in pages
 * @param connect hosts that scripts talk to
 * @param frames hosts of frames
 * @param media hosts of pictures, sound and video
 */
export function contentPolicy(
  scripts: string[],
  styles: string[],
  connect: string[] = [],
  frames: string[] = [],
  media: string[] = [],
): string {
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
