/** One page as one file: styles, fonts and pictures in it, scripts out of it. */

import { extname, posix } from 'node:path';
import { attributesOf, mapAttributes, PIECE } from '../html-tags.ts';

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
  const link = async (attributes: Map<string, string>, tag: string) => {
    const rel = attributes.get('rel');
    if (rel !== 'stylesheet') return rel === 'canonical' ? tag : '';
    const path = pathOf(attributes.get('href') ?? '');
    const bytes = path && (await read(path));
    return path && bytes ? `<style>${await style(path, Buffer.from(bytes).toString())}</style>` : '';
  };
  const picture = async (attributes: Map<string, string>, tag: string) => {
    const path = pathOf(attributes.get('src') ?? '');
    const bytes = path && (await read(path));
    return mapAttributes(tag, (name, value) => {
      if (name === 'srcset') return undefined;
      return name === 'src' && path && bytes ? data(path, bytes) : value;
    });
  };
  let policed = false;
  const whole = await replaceEach(html, PIECE, async ([tag, raw, name]) => {
    if (raw) return raw.toLowerCase() === 'script' ? '' : tag;
    if (!name) return tag;
    switch (name.toLowerCase()) {
      case 'script':
        return '';
      case 'link':
        return link(attributesOf(tag), tag);
      case 'img':
        return picture(attributesOf(tag), tag);
      case 'source':
        return attributesOf(tag).has('srcset') ? '' : tag;
      case 'a':
        return mapAttributes(tag, (name, value) =>
          name === 'href' && /^\/(?!\/)/.test(value) ? (origin ?? '') + value : value,
        );
      case 'meta': {
        const attributes = attributesOf(tag);
        if (attributes.get('http-equiv')?.toLowerCase() !== 'content-security-policy') return tag;
        policed = true;
        return policy(attributes.get('content') ?? '');
      }
      default:
        return tag;
    }
  });
  return policed ? whole : whole.replace(/^\s*(?:<!doctype[^>]*>)?/i, (start) => start + policy(''));
}

/**
 * The policy of the file: nothing runs in it, and nothing is loaded but what is in it.
 *
 * @param page that of the page: the hosts of its pictures, sound and video stay
 */
function policy(page: string): string {
  const hosts = (name: string) =>
    (new RegExp(`(?:^|;)\\s*${name}\\s([^;]*)`).exec(page)?.[1] ?? '')
      .split(/\s+/)
      .filter((source) => /^(?:https?:\/\/)?[\w.-]+(?::\d+)?$/.test(source));
  const content = [
    "default-src 'none'",
    ['img-src', 'data:', ...hosts('img-src')].join(' '),
    ...(hosts('media-src').length > 0 ? [['media-src', ...hosts('media-src')].join(' ')] : []),
    "style-src 'unsafe-inline'",
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${content.join('; ')}">`;
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
