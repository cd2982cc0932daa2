/** One page as one file: styles, fonts and pictures in it, scripts out of it. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, posix, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * @param out the built site
 * @param page path of the page in it
 * @param base the site's base path
 * @param origin where links to other pages lead, when the site knows its origin
 */
export function singleFile(out: string, page: string, base: string, origin: string | undefined): string {
  const html = readFileSync(join(out, page), 'utf8');
  const local = (address: string): string | undefined => {
    if (!address.startsWith(base) || address.startsWith('//')) return undefined;
    const path = decoded(address.slice(base.length).split(/[?#]/)[0]!);
    if (!path) return undefined;
    const file = join(out, path);
    // A note may have come from somebody else: nothing beside the site is put into what is sent.
    const inside = file.startsWith(join(out, sep));
    return inside && existsSync(file) && statSync(file).isFile() ? file : undefined;
  };
  const data = (file: string) =>
    `data:${TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream'};base64,${readFileSync(file).toString('base64')}`;
  const styles = (file: string) =>
    readFileSync(file, 'utf8').replace(
      /url\((["']?)(?!data:|#)([^"')]+)\1\)/g,
      (all, _quote, address: string) => {
        const target = posix.join(dirname(file), address.split(/[?#]/)[0]!);
        return existsSync(target) ? `url(${data(target)})` : all;
      },
    );
  return html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>/gi, '')
    .replace(/<link\b[^>]*>/g, (tag) => {
      const address = /href="([^"]*)"/.exec(tag)?.[1] ?? '';
      const file = local(address);
      if (/rel="stylesheet"/.test(tag)) return file ? `<style>${styles(file)}</style>` : '';
      return /rel="(?:canonical)"/.test(tag) ? tag : '';
    })
    .replace(/<source\b[^>]*>/g, (tag) => (/srcset=/i.test(tag) ? '' : tag))
    .replace(/ srcset="[^"]*"/g, '')
    .replace(/(<img\b[^>]*? src=")([^"]*)(")/g, (all, head: string, address: string, tail: string) => {
      const file = local(address);
      return file ? head + data(file) + tail : all;
    })
    .replace(
      /(<a\b[^>]*? href=")(\/(?!\/)[^"]*)(")/g,
      (_all, head: string, address: string, tail: string) => `${head}${origin ?? ''}${address}${tail}`,
    );
}

/** Nothing when it cannot be decoded: authors write HTML themselves. */
function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
