/** One page as one file: styles, fonts and pictures in it, scripts out of it. */

import { extname, posix } from 'node:path';

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
 * @param html the page
 * @param read a file of the site by its path in the output folder: nothing else gets into what is sent, for a note
 * may have come from somebody else
 * @param base the site's base path
 * @param origin where links to other pages lead, when the site knows its origin
 */
export async function singleFile(
  html: string,
  read: (path: string) => Promise<Uint8Array | undefined>,
  base: string,
  origin: string | undefined,
): Promise<string> {
  /** Path in the site of an address, if it is one of the site's. */
  const pathOf = (address: string): string | undefined => {
    if (!address.startsWith(base) || address.startsWith('//')) return undefined;
    return decoded(address.slice(base.length).split(/[?#]/)[0]!);
  };
  const data = (path: string, bytes: Uint8Array) =>
    `data:${TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'};base64,${Buffer.from(bytes).toString('base64')}`;
  const style = async (path: string, css: string) =>
    replaceEach(css, /url\((["']?)(?!data:|#)([^"')]+)\1\)/g, async ([all, , address]) => {
      const target = posix.join(posix.dirname(path), address!.split(/[?#]/)[0]!);
      const bytes = await read(target);
      return bytes ? `url(${data(target, bytes)})` : all;
    });
  const bare = html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>/gi, '')
    .replace(/<source\b[^>]*>/g, (tag) => (/srcset=/i.test(tag) ? '' : tag))
    .replace(/ srcset="[^"]*"/g, '');
  const styled = await replaceEach(bare, /<link\b[^>]*>/g, async ([tag]) => {
    if (!/rel="stylesheet"/.test(tag)) return /rel="(?:canonical)"/.test(tag) ? tag : '';
    const path = pathOf(/href="([^"]*)"/.exec(tag)?.[1] ?? '');
    const bytes = path && (await read(path));
    return path && bytes ? `<style>${await style(path, Buffer.from(bytes).toString())}</style>` : '';
  });
  const whole = await replaceEach(
    styled,
    /(<img\b[^>]*? src=")([^"]*)(")/g,
    async ([all, head, address, tail]) => {
      const path = pathOf(address!);
      const bytes = path && (await read(path));
      return path && bytes ? head + data(path, bytes) + tail : all;
    },
  );
  return whole.replace(
    /(<a\b[^>]*? href=")(\/(?!\/)[^"]*)(")/g,
    (_all, head: string, address: string, tail: string) => `${head}${origin ?? ''}${address}${tail}`,
  );
}

/** `replaceAll` for what takes time to find. */
async function replaceEach(
  text: string,
  pattern: RegExp,
  by: (match: RegExpExecArray) => Promise<string>,
): Promise<string> {
  const made = await Promise.all([...text.matchAll(pattern)].map(by));
  return text.replace(pattern, () => made.shift()!);
}

/** Nothing when it cannot be decoded: authors write HTML themselves. */
function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
