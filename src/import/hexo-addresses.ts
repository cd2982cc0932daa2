/** The addresses that a Hexo blog had: of posts, pages and lists, and of what its texts link to. */

import { basename, extname, posix } from 'node:path';
import { counted } from '../counted.ts';
import { collisionKey, compare, decoded, parseUrl, slugify, tagUrl, url } from '../paths.ts';
import { table } from '../table.ts';
import { fieldText } from './front.ts';
import { DEFAULT_PERMALINK, dir, type HexoConfig, mapped } from './hexo-config.ts';
import { mapAddresses } from './hexo-text.ts';
import type { Plan } from './plan.ts';

export type Fields = Parameters<typeof fieldText>[0];

/** How parts of a file's name look. */
const SEGMENTS: Record<string, string> = table({
  year: '(\\d{4})',
  month: '(\\d{2})',
  day: '(\\d{2})',
  i_month: '(\\d{1,2})',
  i_day: '(\\d{1,2})',
  hash: '([\\da-f]{12})',
});

/** What Hexo reads in a file's name, as `new_post_name` says; `title` is always there. */
export function partsOfName(
  name: string,
  { new_post_name: pattern = ':title.md' }: HexoConfig,
): Record<string, string> {
  const keys: string[] = [];
  const source = withoutExtension(pattern)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:(\w*[^_\W])/g, (_, key: string) => {
      keys.push(key);
      return SEGMENTS[key] ?? '(.+?)';
    });
  const found = new RegExp(`^${source}$`).exec(name);
  const parts: Record<string, string> = table({});
  if (found) for (const [i, key] of keys.entries()) parts[key] = found[i + 1]!;
  parts.title ??= slugify(name) ?? name;
  return parts;
}

/** The day in a file's name, if it is there as a whole. */
export function dayOf({ year, month, i_month, day, i_day }: Record<string, string>): string | undefined {
  const [m, d] = [month ?? i_month, day ?? i_day];
  return year && m && d ? `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : undefined;
}

/** Hexo's permalink of a post; nothing when it was made of a date that only the old disk knows. */
export function addressOf(
  info: Record<string, string>,
  fields: Fields,
  config: HexoConfig,
): string | undefined {
  const own = fieldText(fields, 'permalink');
  if (own) return `/${own.replace(/^\//, '')}${/\/$|\.html$/.test(own) ? '' : '/'}`;
  const date =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(
      fieldText(fields, 'date') ?? '',
    ) ?? [];
  const two = (n: string | undefined) => (n ?? '').padStart(2, '0');
  const category = pathsOf(fields.toJS())[0];
  const values: Record<string, string> = table({
    year: date[1] ?? '',
    month: two(date[2]),
    i_month: String(Number(date[2] ?? 0) || ''),
    day: two(date[3]),
    i_day: String(Number(date[3] ?? 0) || ''),
    hour: two(date[4]),
    minute: two(date[5]),
    second: two(date[6]),
    title: info.title!,
    name: basename(info.title!),
    post_title: (slugify(fieldText(fields, 'title') ?? '') ?? '').toLowerCase(),
    category:
      category?.map((c) => slugOf(c, config.category_map, config)).join('/') ??
      config.default_category ??
      'uncategorized',
    abbrlink: fieldText(fields, 'abbrlink') ?? '',
  });
  const pattern = config.permalink ?? DEFAULT_PERMALINK;
  if (date.length === 0 && /:(?:year|(?:i_)?month|(?:i_)?day|hour|minute|second)\b/.test(pattern))
    return undefined;
  const filled = pattern.replace(
    /:(\w*[^_\W])/g,
    (all, k: string) =>
      values[k] ?? info[k] ?? fieldText(fields, k) ?? mapped(k, config.permalink_defaults) ?? all,
  );
  const path = `/${filled}`.replace(/\/{2,}/g, '/');
  return /\/$|\.html$/.test(path) ? path : `${path}/`;
}

/** The address that a page names: what is no folder and has no extension gets one. */
export function pageAddress(permalink: string): string {
  const path = `/${permalink.replace(/^\//, '')}`;
  return path.endsWith('/') || extname(path) ? path.replace(/\/index\.html$/, '/') : `${path}.html`;
}

/** The address that comes next to an old one, and can be a file name everywhere. */
export function keepable(old: string): string {
  return parseUrl(old) ?? url(...old.split('/').flatMap((part) => slugify(part) ?? []));
}

/** @returns a line of the report about an address and what it is now */
export function kept(old: string, now: string): Plan['addresses'][number] {
  const possible = parseUrl(old) !== undefined;
  return { old, now, ...(!possible && { note: 'the old one cannot be a file name everywhere' }) };
}

/** A page that lists posts. */
interface List {
  name: string;
  /** Its address in Hexo, if it has one there. */
  old?: string;
  now: string;
}

/** Pages that list posts, as they were met. */
export interface Lists {
  years: Map<string, Set<string>>;
  tags: Map<string, List>;
  categories: Map<string, List>;
}

/** A tag or category in Hexo's addresses. */
function slugOf(name: string, map: unknown, config: HexoConfig): string {
  const text = mapped(name, map) || name;
  const slug = slugify(text) ?? text;
  const change = Number(config.filename_case);
  return change === 1 ? slug.toLowerCase() : change === 2 ? slug.toUpperCase() : slug;
}

/** Pages of a post's tags. A text is one tag in Hexo; here commas part it. */
export function tagsOf({ tags, tag }: Record<string, unknown>, config: HexoConfig): List[] {
  const given = tags ?? tag;
  return strings(given).flatMap((name) => {
    const old = `/${dir(config.tag_dir, 'tags')}/${slugOf(name, config.tag_map, config)}/`;
    const names = Array.isArray(given) ? [name] : strings(name.split(/[,，、]/));
    return names.map((own, i) => ({
      name: own,
      ...(i === 0 && { old }),
      now: tagUrl(own) ?? `/tags/${own}/`,
    }));
  });
}

/** Pages of a post's categories, those around them too. Hexo takes a text for one name; here `/` parts it. */
export function categoriesOf(fields: Record<string, unknown>, config: HexoConfig): List[] {
  return pathsOf(fields).flatMap((path) => {
    const out: List[] = [];
    const old: string[] = [];
    const names: string[] = [];
    for (const name of path) {
      old.push(slugOf(name, config.category_map, config));
      const own = strings(name.split('/'));
      own.forEach((part, i) => {
        names.push(part);
        out.push({
          name: names.join('/'),
          ...(i === own.length - 1 && {
            old: `/${dir(config.category_dir, 'categories')}/${old.join('/')}/`,
          }),
          now: `/categories/${names.map((n) => slugify(n) ?? n).join('/')}/`,
        });
      });
    }
    return out;
  });
}

/** Categories as Hexo takes them: one list is one path, a list of lists many. */
function pathsOf({ categories, category }: Record<string, unknown>): string[][] {
  const given = categories ?? category;
  const many = Array.isArray(given) && given.some(Array.isArray) ? given : [given];
  return many.map(strings).filter((path) => path.length > 0);
}

const strings = (value: unknown) =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])
    .map((v) => String(v).trim())
    .filter(Boolean);

/** Tag, category and archive pages; months have no page of their own here. */
export function lists(config: HexoConfig, plan: Plan, { years, tags, categories }: Lists): void {
  const archiveDir = dir(config.archive_dir, 'archives');
  const pages = [...tags.values(), ...categories.values()];
  const taken = new Set(pages.map(({ now }) => collisionKey(now)));
  const written = new Set<string>();
  const moved = (old: string, now: string) => {
    if (old !== now && parseUrl(old) === undefined) {
      plan.addresses.push({ old, now, note: 'the old one cannot be a file name everywhere' });
      return;
    }
    // On many disks `C` and `c` are one file.
    const file = collisionKey(old);
    if (old !== now && taken.has(file)) {
      plan.addresses.push({ old, now, note: 'the old one is that of another page now' });
      return;
    }
    plan.addresses.push({ old, now, ...(old !== now && { note: 'a page there leads on' }) });
    if (old !== now && !written.has(file))
      plan.files.push({ to: `public${old}index.html`, contents: redirect(old, now) });
    written.add(file);
  };
  moved('/', '/');
  // Of several names with one address Hexo publishes one; here they are an error.
  const sharing = new Map<string, { now: string; names: Set<string>; old: Set<string> }>();
  for (const { name, old, now } of pages) {
    const key = collisionKey(now);
    const known = sharing.get(key) ?? { now, names: new Set(), old: new Set() };
    sharing.set(key, known);
    known.names.add(name);
    if (old === undefined) continue;
    if (!known.old.has(old)) moved(old, now);
    known.old.add(old);
  }
  for (const { now, names } of sharing.values()) {
    if (names.size < 2) continue;
    const all = [...names].sort(compare).map((name) => `“${name}”`);
    plan.lost.push({
      file: now,
      what: `${all.join(', ')} would share this address, with which the site is not built; rename all but one`,
    });
  }
  moved(`/${archiveDir}/`, '/archives/');
  for (const [year, months] of years) {
    moved(`/${archiveDir}/${year}/`, `/archives/${year}/`);
    for (const month of months) moved(`/${archiveDir}/${year}/${month}/`, `/archives/${year}/`);
  }
}

/** A page that leads on, without script; relative, so that it works below any base path. */
function redirect(from: string, to: string): string {
  const address = encodeURI(`${posix.relative(from, to)}/`);
  return `<!doctype html>\n<meta charset="utf-8">\n<title>→</title>\n<meta http-equiv="refresh" content="0; url=${address}">\n<link rel="canonical" href="${address}">\n<a href="${address}">${encodeURI(to)}</a>\n`;
}

/**
 * Addresses of the site itself begin at its root here. Hexo wants the path that it lies below in them, which Postil puts in
 * when it prints, and takes relative ones from the page's address.
 */
export function ownAddresses(
  plan: Plan,
  { url: site = '', root }: HexoConfig,
  pages: ReadonlyMap<string, string>,
): void {
  const base = `/${root ?? /^https?:\/\/[^/]+(\/.*)/.exec(site)?.[1] ?? ''}/`.replace(/\/{2,}/g, '/');
  const host = /^https?:(\/\/[^/]+)/.exec(site)?.[1];
  const now = new Map(plan.addresses.map((a) => [a.old, a.now]));
  const change = (address: string, page: string | undefined) => {
    const [, whole = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address)!;
    if (/^\.\.?\//.test(address)) {
      const there = page && posix.join(page.replace(/[^/]*$/, ''), decoded(whole));
      const moved = there && (now.get(there) ?? now.get(`${there}/`));
      return moved && !moved.startsWith('/files/') ? encodeURI(moved) + rest : undefined;
    }
    const absolute = host !== undefined && whole.replace(/^https?:/, '').startsWith(`${host}${base}`);
    const path = absolute ? whole.slice(whole.indexOf(host) + host.length) : whole;
    if (!path.startsWith(base) || (!absolute && base === '/')) return undefined;
    const there = path.slice(base.length - 1);
    const moved = now.get(decoded(there));
    // Another site may lie on the same host.
    if (absolute && moved === undefined) return undefined;
    return `${moved === undefined || moved === decoded(there) ? there : encodeURI(moved)}${rest}`;
  };
  const written = ['../', './', ...(host ? [host] : []), ...(base === '/' ? [] : [base])];
  for (const file of plan.files) {
    if (!('contents' in file) || !file.to.startsWith('posts/')) continue;
    if (!written.some((a) => file.contents.includes(a))) continue;
    const page = pages.get(file.to);
    const { text, count } = mapAddresses(file.contents, (address) => change(address, page));
    file.contents = text;
    if (count > 0)
      plan.changed.push({
        file: file.to,
        what: `${counted(count, 'address', 'addresses')} of the site itself written from its root`,
      });
  }
}

/** @returns a file's path without its extension */
export function withoutExtension(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}
