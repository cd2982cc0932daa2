/**
 * Every kind of path, as a branded type, and every conversion between them. A plain string never becomes
 * a path except here, so that "is this encoded? has it the base path? is it inside?" is asked once.
 */

import { posix } from 'node:path';
import { previewAddress, searchedAddress } from '../templates/client/preview-file.ts';
import { remembered } from './bounded-map.ts';

/** A site asks for the same few names again and again: tags and titles are folded once, not for every note and link. */
const REMEMBERED = 1 << 15;

declare const brand: unique symbol;
type Branded<T extends string> = string & { readonly [brand]: T };

/** A note's file below `posts/`, with `/`, NFC: `vision/detr.md`. */
export type NotePath = Branded<'NotePath'>;
/** Any other file below `posts/`: `detr/matching.svg`. */
export type AssetPath = Branded<'AssetPath'>;
/** One path segment of an address, decoded: `detr`, `知识蒸馏`. */
export type Slug = Branded<'Slug'>;
/** An address on the site, decoded, without base path, starting with `/`: `/posts/detr/`. */
export type Url = Branded<'Url'>;

/** Most names: of letters whose kind need not be looked up, in their only Unicode form. */
const PLAIN_NAME = /^[\w\-.\u4e00-\u9fff]+$/;

/** Runs of anything but letters, digits, Chinese and `-_.` separate words in addresses. */
const SEPARATOR = /[^\p{L}\p{M}\p{N}\-_.]+/gu;

/** Files and folders whose names Windows or a URL cannot carry are refused rather than renamed. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** File systems take 255 bytes as a name, and a segment gets suffixes. */
export const MAX_SEGMENT_BYTES = 200;

/** A whole path is limited too (macOS takes some 1,000 bytes of it), and each level of a tag is a page that names all above it. */
export const MAX_PARTS = 32;
export const MAX_ADDRESS_BYTES = 600;

/** Whether segments are few and short enough for an address. */
function isShort(segments: string[]): boolean {
  return segments.length <= MAX_PARTS && Buffer.byteLength(segments.join('/')) <= MAX_ADDRESS_BYTES;
}

/**
 * Turns a name (a tag, a file name) into one path segment.
 *
 * @returns the segment, or `undefined` when nothing usable is left (`#`, `..`, 300 bytes and more).
 */
export const slugify = remembered((name): Slug | undefined => {
  const parted = PLAIN_NAME.test(name) ? name : name.normalize('NFC').replace(SEPARATOR, '-');
  const slug = parted.replace(/^-+|-+$/g, '');
  return isSegment(slug) ? (slug as Slug) : undefined;
}, REMEMBERED);

/** Whether `text` may stand as one segment of an output path, on every file system that people use. */
export const isSegment = remembered(
  (text): boolean =>
    text !== '' &&
    !/^\.+$/.test(text) &&
    (PLAIN_NAME.test(text) || !/[/\\:*?"<>|%#\p{Cc}\p{Cf}]/u.test(text)) &&
    !/[. ]$/.test(text) &&
    !WINDOWS_DEVICE.test(text) &&
    Buffer.byteLength(text) <= MAX_SEGMENT_BYTES,
  REMEMBERED,
);

/**
 * Reads an address that an author wrote (`permalink`, an alias that is a path).
 *
 * @returns the address, `/` at the end unless its last segment has an extension; `undefined` when it would
 * leave the site, is too long or cannot be a file name. Refused, never cleaned: a cleaned path hides what was meant.
 */
export function parseUrl(text: string): Url | undefined {
  const path = text.normalize('NFC').replace(/^\//, '');
  const segments = path.split('/');
  const folder = segments.at(-1) === '';
  if (folder) segments.pop();
  if (segments.length === 0) return '/' as Url;
  if (!isShort(segments) || !segments.every((s) => isSegment(s) && !s.startsWith('.'))) return undefined;
  const file = !folder && /\.\w+$/.test(segments.at(-1)!);
  return `/${segments.join('/')}${file ? '' : '/'}` as Url;
}

/** Endings of pages, which a part of an address with a dot in it may have without being a host or a file of another kind. */
const PAGE_END = /\.(?:x?html?|php\d?|aspx?|jsp|cgi|xml|json|txt)$/i;

/** `example.org/a`, `www.example.org`: an address on the web without `https://`. */
const HOST = /^(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$)/i;

/** Files that are no pages, at the end of a path on a disk. */
const OTHER_FILE =
  /\.(?:md|markdown|pdf|epub|docx?|xlsx?|pptx?|csv|bib|tex|zip|canvas|base|png|jpe?g|gif|webp|svg|mp[34]|m4a|mov|webm)$/i;

/**
 * Reads the address that a note asks for as its own.
 *
 * @param field `permalink`, or one of its other names, under which other tools also keep files
 * @returns as `parseUrl`; `undefined` also for what is plainly something else: a `[[link]]`, a host without `https://`, a
 * file that is no page
 */
export function noteUrl(text: string, field: string): Url | undefined {
  const [first = ''] = text.split('/', 1);
  if (/\[\[|\]\]/.test(text) || (field !== 'permalink' && OTHER_FILE.test(text))) return undefined;
  return HOST.test(first) && !PAGE_END.test(first) ? undefined : parseUrl(text);
}

/** Whether an alias is an address, not another name: `TCP/IP` is a name. */
export function isAddress(alias: string): boolean {
  return /^\/|\/$|\.html?$/i.test(alias);
}

/** Joins segments to an address: `url('tags', slug)` is `/tags/<slug>/`. */
export function url(...segments: string[]): Url {
  return (segments.length === 0 ? '/' : `/${segments.join('/')}/`) as Url;
}

/** The names in a tag, outermost first: `深度学习/蒸馏` is the tag 蒸馏 below 深度学习. */
export function tagPath(tag: string): string[] {
  return tag
    .split('/')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Address of a tag's page; `undefined` when it has no name, or one that no address can have. */
export function tagUrl(tag: string): Url | undefined {
  const slugs = slugsOf(tagPath(tag));
  return slugs && slugs.length > 0 ? url('tags', ...slugs) : undefined;
}

/** The segments for nested names, outermost first; `undefined` when no address can have them. */
export function slugsOf(names: string[]): Slug[] | undefined {
  const slugs = names.map(slugify);
  return slugs.includes(undefined) || !isShort(slugs as Slug[]) ? undefined : (slugs as Slug[]);
}

/** Address of a file beside the notes: `posts/detr/matching.svg` is `/files/detr/matching.svg`. */
export function assetUrl(path: AssetPath): Url {
  return `/files/${path}` as Url;
}

/** Address of one page of a list that starts at `first`: `/`, `/page/2/`. */
export function pageUrl(first: Url, page: number): Url {
  return page === 1 ? first : (`${first}page/${page}/` as Url);
}

/** The address of a note as Markdown: `/posts/detr/index.md`. */
export function markdownUrl(address: Url): Url {
  return (address.endsWith('/') ? `${address}index.md` : address.replace(/(?:\.\w+)?$/, '.md')) as Url;
}

/** The address of a note's picture, for sites that show one beside a link: `/posts/detr/og.png`. */
export function cardUrl(address: Url): Url {
  return (address.endsWith('/') ? `${address}og.png` : address.replace(/(?:\.\w+)?$/, '.og.png')) as Url;
}

/** The address of what a link's preview shows of a page: `/posts/detr/preview.json`. */
export const previewUrl = (address: Url): Url => previewAddress(address) as Url;

/** The address of what search shows of a note: `/posts/detr/search.json`. */
export const searchedUrl = (address: Url): Url => searchedAddress(address) as Url;

/** The file that a server answers an address with: `/posts/detr/` is `posts/detr/index.html`. */
export function outputPath(address: Url): string {
  const path = address.slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

/** An address in which nothing is to be encoded. */
const PLAIN = /^[\w/.~-]*$/;

/** An address as it stands in an attribute: base path in front, percent-encoded, with its fragment. */
export function href(address: Url, base: string, fragment = ''): string {
  const path = PLAIN.test(address) ? address : encodeURIComponent(address).replaceAll('%2F', '/');
  return base + path.slice(1) + (fragment ? `#${encodeFragment(fragment)}` : '');
}

/**
 * An address on the site as it is typed, without base path, percent-encoded or not.
 *
 * @returns its path, and the query and the fragment behind it as they are; `undefined` for one of another host
 */
export function typedAddress(text: string): { path: Url; rest: string } | undefined {
  if (!/^\/(?!\/)/.test(text)) return undefined;
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(text)!;
  return { path: decoded(path) as Url, rest };
}

/** @returns a text without its percent escapes; as it is, where a `%` encodes nothing */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The id of what an author calls `name`: ids that begin with `_` are the page's own (`_main`, `_search`). */
export function idFor(name: string): string {
  return name.startsWith('_') ? `-${name}` : name;
}

/** Percent-encodes a fragment; letters of every script stay readable, as in the id it points to. */
export function encodeFragment(fragment: string): string {
  return fragment.replace(/[^\p{L}\p{M}\p{N}\-_.:~!$&'()*+,;=@/?]/gu, (c) => encodeURIComponent(c));
}

/** Two addresses with one key would meet on a file system that folds case or Unicode form. */
export function collisionKey(address: string): string {
  return address.normalize('NFC').toLowerCase().normalize('NFC');
}

/** Folds what people do not see as a difference in a name: case, width, Unicode form, runs of blanks. */
export const fold = remembered(
  (name) => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim(),
  REMEMBERED,
);

/** Two tags with one key are one tag, spelt in two ways. */
export const spellingKey = (tag: string) => fold(tag).replace(/[\s\-_]+/g, '');

/**
 * Resolves a relative path that stands in a note, against the note's folder.
 *
 * @returns the path below `posts/`, or `undefined` when it leads out of it.
 */
export function resolveFrom(note: NotePath, target: string): string | undefined {
  if (target.includes('\\') || target.includes('\0')) return undefined;
  const joined = target.startsWith('/')
    ? posix.normalize(target.slice(1))
    : posix.normalize(posix.join(posix.dirname(note), target));
  if (joined === '..' || joined.startsWith('../') || posix.isAbsolute(joined)) return undefined;
  return joined.normalize('NFC');
}

/**
 * What a field of the front matter names, which Obsidian's editor writes as a link: `[[name]]`, `[[name#part|text]]`, and
 * with `!` in front.
 */
export function unlinked(text: string): string {
  return /^!?\[\[([^[\]|#]+)(?:[#|][^[\]]*)?\]\]$/.exec(text)?.[1]?.trim() ?? text;
}

/** Whether a note below `posts/` lies in a folder of drafts, as in Hexo. */
export function isDraftPath(path: string): boolean {
  return /(?:^|\/)_drafts\//.test(path);
}

/** The name of a note's file, or of its folder for `index.md`. */
export function noteName(path: NotePath): string {
  const base = posix.basename(path).replace(/\.md$/i, '');
  return base.toLowerCase() === 'index' && path.includes('/') ? posix.basename(posix.dirname(path)) : base;
}

/** The same without the date of Jekyll's `2021-09-07-title.md`: what addresses have, and links may. */
export function stem(path: NotePath): string {
  return noteName(path).replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '');
}

/** The folders that a note lies in, outermost first; one of its own (`detr/index.md`) is its name, and none of them. */
export function foldersAround(path: NotePath): string[] {
  return path.split('/').slice(0, /(?:^|\/)index\.md$/i.test(path) ? -2 : -1);
}

/** Compares by code unit: the same order on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
