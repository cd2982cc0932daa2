/** A Hexo blog: posts, drafts, pages, assets, and every address it had. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join, posix } from 'node:path';
import { symlinkFolder } from '../diagnostics/messages.ts';
import { OWN_PAGES } from '../own-pages.ts';
import { collisionKey, compare, type NotePath, parseUrl, slugify, stem, tagUrl, url } from '../paths.ts';
import { type FoundFile, walk } from '../read/walk.ts';
import { text, texts } from '../schema.ts';
import { table } from '../table.ts';
import { fieldText, printFront, readFront } from './front.ts';
import { framesOf, keepBreaks, mapAddresses, undoBackslashes, undoMath, undoTags } from './hexo-text.ts';
import { emptyPlan, nameNote, type Plan, readNote, tell } from './plan.ts';
import { anything, pathLike, readSettings, type Settings } from './settings.ts';
import { mapProse } from './text.ts';

/** What is needed of `_config.yml`. */
const CONFIG = {
  title: text,
  description: text,
  author: text,
  url: text,
  root: pathLike('/blog/'),
  language: texts,
  timezone: text,
  per_page: text,
  permalink: pathLike(':year/:month/:day/:title/'),
  tag_dir: pathLike('tags'),
  category_dir: pathLike('categories'),
  tag_map: anything,
  category_map: anything,
  filename_case: anything,
  new_post_name: pathLike(':title.md'),
  permalink_defaults: anything,
  archive_dir: pathLike('archives'),
  default_category: text,
  marked: anything,
  markdown: anything,
  source_dir: pathLike('source'),
};

type HexoConfig = Settings<typeof CONFIG>;

/** Hexo's own default (https://hexo.io/docs/permalinks). */
const DEFAULT_PERMALINK = ':year/:month/:day/:title/';

type Fields = Parameters<typeof fieldText>[0];

const isNote = ({ path }: FoundFile) => /\.(?:md|markdown)$/i.test(path);
const isHidden = ({ path }: FoundFile) => /(?:^|\/)_/.test(path);
const isBelowPosts = ({ path }: FoundFile) => /^_(?:posts|drafts)\//.test(path);

const readConfig = (folder: string): HexoConfig => readSettings(folder, ['_config.yml'], CONFIG);

/**
 * @param folder the blog: the one with `_config.yml`
 * @returns the folder in it that has the posts, as `_config.yml` names it
 * @throws Refused
 */
export function sourceFolder(folder: string): string {
  return sourceOf(readConfig(folder));
}

const sourceOf = (config: HexoConfig) => dir(config.source_dir, 'source');

/**
 * @param folder the blog: the one with `_config.yml` and `source/`
 * @throws Refused
 */
export function planHexo(folder: string): Plan {
  const plan = emptyPlan();
  const config = readConfig(folder);
  const label = sourceOf(config);
  const source = join(folder, label);
  const { files, diagnostics } = walk(source, label);
  tell(
    plan,
    // Without its posts nothing of a blog is left, which is more than a warning.
    diagnostics.map((d) =>
      d.id === 'fs/symlink' && [`${label}/_posts`, `${label}/_drafts`].includes(d.file!)
        ? symlinkFolder({ file: d.file! })
        : d,
    ),
  );
  const posts = files.filter((f) => isBelowPosts(f) && isNote(f));
  const names = new Set(posts.map((p) => withoutExtension(p.path)));
  const assets = assetsOf(files, names);
  const slugs = new Map([...names].map((n) => [partsOfName(below(n), config).title!, n]));
  const open = new Set(
    files.filter((f) => !isBelowPosts(f) && !isNote(f) && !isHidden(f)).map(({ path }) => path),
  );
  const seen: Seen = {
    years: new Map(),
    tags: new Map(),
    categories: new Map(),
    titles: new Set(),
    pages: new Map(),
    dead: [],
    breaks: showsBreaks(folder, config) ? { notes: 0, lines: 0 } : undefined,
  };
  for (const file of posts)
    post(file, source, config, slugs, assets.get(withoutExtension(file.path)), plan, seen);
  for (const file of files) {
    const from = join(source, file.path);
    if (isBelowPosts(file)) {
      if (!isNote(file)) besidePosts(file, from, names, plan);
    } else if (isHidden(file))
      plan.lost.push({ file: file.path, what: 'Hexo publishes nothing whose name begins with “_”' });
    else if (isNote(file)) page(file, source, plan, seen, slugs, open);
    else if (isOwn(`/${file.path.replace(/(^|\/)index\.html$/, '$1')}`)) leftOut(file, plan);
    else {
      plan.files.push({ to: `public/${file.path}`, from });
      plan.addresses.push({ old: `/${file.path}`, now: `/${file.path}` });
    }
  }
  for (const { file, target } of seen.dead)
    if (!seen.titles.has(target.replace(/#.*/, '')))
      plan.lost.push({ file, what: `{% post_link ${target} %} names no post` });
  if (seen.breaks && seen.breaks.lines > 0)
    plan.changed.push({
      file: '_config.yml',
      what: `Hexo shows each line of a paragraph on its own, and lines are joined here: ${counted(seen.breaks.lines, 'line end')} in ${counted(seen.breaks.notes, 'note')} got two blanks, which keeps the break; with “marked: {breaks: false}” in it none does`,
    });
  lists(config, plan, seen);
  ownAddresses(plan, config, seen);
  plan.files.unshift({ to: 'postil.yml', contents: configuration(config) });
  return plan;
}

/** Whether the site makes a page at this address itself. */
function isOwn(address: string): boolean {
  return OWN_PAGES.some(([own]) => collisionKey(own) === collisionKey(address));
}

function leftOut({ path }: FoundFile, plan: Plan): void {
  plan.lost.push({ file: path, what: 'left out: the site makes this page itself' });
}

/** Folders around a file: `a` and `a/b` of `a/b/c.png`. */
function foldersOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map((m) => path.slice(0, m.index));
}

/** What lies in the asset folder of each post, by the post's path without extension: paths below the folder. */
function assetsOf(files: FoundFile[], names: Set<string>): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>();
  for (const file of files.filter((f) => isBelowPosts(f) && !isNote(f)))
    for (const folder of foldersOf(file.path).filter((f) => names.has(f)))
      out.set(folder, (out.get(folder) ?? new Set()).add(file.path.slice(folder.length + 1)));
  return out;
}

/** A file below `_posts` that is no note: beside the notes, where their pictures are found by name. */
function besidePosts({ path }: FoundFile, from: string, names: Set<string>, plan: Plan): void {
  if (/\.html?$/i.test(path) && !foldersOf(path).some((f) => names.has(f)))
    plan.lost.push({ file: path, what: 'HTML content is not taken; write it in Markdown' });
  else plan.files.push({ to: `posts/${here(path)}`, from });
}

/** A path below `source/_posts` or `source/_drafts` as one below `posts/`. */
function here(path: string): string {
  return path.replace(/^_posts\//, '');
}

/** The part of a path below `_posts` or `_drafts`. */
function below(path: string): string {
  return path.replace(/^_(?:posts|drafts)\//, '');
}

/** Whether Hexo's renderer shows line ends in paragraphs, as all but pandoc do unless they are told otherwise. */
function showsBreaks(folder: string, { marked, markdown }: HexoConfig): boolean {
  const file = join(folder, 'package.json');
  if (existsSync(file) && /"hexo-renderer-pandoc"/.test(readFileSync(file, 'utf8'))) return false;
  const render = typeof markdown === 'object' && markdown !== null && 'render' in markdown && markdown.render;
  const isOff = (settings: unknown) => mapped('breaks', settings) === 'false';
  return !isOff(marked) && !isOff(render) && markdown !== 'commonmark';
}

/** Keeps the line ends of a text where Hexo showed them. */
function withBreaks(text: string, { breaks }: Seen): string {
  if (!breaks) return text;
  const kept = keepBreaks(text);
  breaks.lines += kept.count;
  if (kept.count > 0) breaks.notes++;
  return kept.text;
}

/** Makes a draft of what had a password. */
function hideSecret(fields: Fields, changes: string[]): void {
  if (fieldText(fields, 'password') === undefined) return;
  fields.delete('password');
  fields.set('draft', true);
  changes.push('it had a password: now a draft, since a published page cannot be secret');
}

/** Tells of frames, which vanish from pages. */
function tellFrames(file: string, text: string, plan: Plan): void {
  for (const host of framesOf(text))
    plan.lost.push({
      file,
      what: `a frame of ${host} is not shown; link to it, or put a film beside the note`,
    });
}

/** A page that lists posts. */
interface List {
  name: string;
  /** Its address in Hexo, if it has one there. */
  old?: string;
  now: string;
}

/** What was met in posts and pages. */
interface Seen {
  years: Map<string, Set<string>>;
  tags: Map<string, List>;
  categories: Map<string, List>;
  titles: Set<string>;
  /** Links that name no post by its file name; they may by its title. */
  dead: { file: string; target: string }[];
  /** Addresses in Hexo, by the note's file. */
  pages: Map<string, string>;
  /** Line ends that are breaks now; nothing where Hexo joined lines, as here. */
  breaks: { notes: number; lines: number } | undefined;
}

function post(
  file: FoundFile,
  root: string,
  config: HexoConfig,
  slugs: Map<string, string>,
  /** What lies in its asset folder. */
  assets: Set<string> | undefined,
  plan: Plan,
  seen: Seen,
): void {
  const draft = file.path.startsWith('_drafts/');
  const name = withoutExtension(below(file.path));
  const wanted = `posts/${withoutExtension(here(file.path))}.md`;
  const source = readNote(plan, file.path, join(root, file.path), wanted);
  if (source === undefined) return;
  const front = readFront(source);
  if ('problem' in front) {
    plan.lost.push({ file: file.path, what: front.problem });
    return;
  }
  const to = nameNote(plan, wanted);
  const { fields } = front;
  const changes: string[] = [];
  if (front.converted) changes.push('front matter written as YAML');
  hideSecret(fields, changes);
  for (const key of ['top', 'sticky']) {
    if (fields.get(key) === true) fields.set(key, 1);
    if (fields.get(key) === false) fields.delete(key);
  }
  if (['post', 'page'].includes(String(fields.get('layout')))) fields.delete('layout');

  const info = partsOfName(name, config);
  const day = dayOf(info);
  if (day && fieldText(fields, 'date') === undefined) {
    fields.set('date', fields.createNode(day));
    changes.push('its date is that of its file name');
  }
  const published = !draft && fields.get('published') !== false && fields.get('draft') !== true;
  const address = addressOf(info, fields, config);
  if (address !== undefined) seen.pages.set(to, address);
  const slug = slugify(fieldText(fields, 'slug') ?? stem(to.slice('posts/'.length) as NotePath));
  if (published) {
    const now = `/posts/${slug}/`;
    fields.delete('permalink');
    fields.delete('abbrlink');
    if (address === undefined)
      plan.lost.push({
        file: file.path,
        what: 'it has no date, of which its address was made: that changes',
      });
    else {
      const permalink = keepable(address);
      if (permalink !== now) fields.set('permalink', permalink);
      plan.addresses.push(kept(address, permalink));
    }
    const month = /^(\d{4})[-/](\d{1,2})/.exec(fieldText(fields, 'date') ?? '');
    if (month)
      seen.years.set(month[1]!, (seen.years.get(month[1]!) ?? new Set()).add(month[2]!.padStart(2, '0')));
    for (const tag of tagsOf(fields.toJS(), config)) seen.tags.set(`${tag.name}\n${tag.old}`, tag);
    for (const category of categoriesOf(fields.toJS(), config))
      seen.categories.set(`${category.name}\n${category.old}`, category);
    const unknown = /:\w+/.exec(address ?? '');
    if (unknown)
      plan.lost.push({
        file: file.path,
        what: `its address in Hexo is not known: “${unknown[0]}” of the permalink`,
      });
  }
  const folder = basename(name);
  seen.titles.add(fieldText(fields, 'title') ?? '');
  const tagged = undoTags(front.body, (path) => `${folder}/${path}`, finder(to, slugs));
  const { text: plain, count } = undoMath(tagged.text);
  if (count > 0) changes.push(`${counted(count, 'formula')} with Hexo's extra backslashes undone`);
  const { text, count: slashed } = undoBackslashes(plain);
  if (slashed > 0) changes.push(`${counted(slashed, 'path')} with / for the backslashes of Windows`);
  changes.push(...tagged.changes);
  for (const what of tagged.left) plan.lost.push({ file: file.path, what });
  for (const target of tagged.dead) seen.dead.push({ file: file.path, target });
  tellFrames(file.path, tagged.text, plan);
  const body =
    assets && text.includes('](')
      ? mapProse(text, (part) =>
          part.replace(
            /(!?\[[^[\]]*\]\()(?!\/|[a-z]+:|#)(?:\.\/)?([^)\s]+)/gi,
            (all, lead: string, path: string) =>
              assets.has(posix.normalize(decode(path)))
                ? `${lead}${encodeURIComponent(folder)}/${path}`
                : all,
          ),
        )
      : text;
  if (body !== text) changes.push('pictures of its asset folder addressed by the folder');
  plan.files.push({ to, contents: printFront({ fields, body: withBreaks(body, seen) }) });
  for (const what of changes) plan.changed.push({ file: to, what });
  if (!published || address === undefined) return;
  for (const path of assets ?? []) {
    plan.addresses.push({
      old: `${address.replace(/(?:\.html?|\/)$/, '')}/${path}`,
      now: `/files/${name}/${path}`,
      note: 'a file, which cannot redirect',
    });
  }
}

/** @returns what finds a post by its name in Hexo, or the end of it, and gives its path from the note `from` */
function finder(from: string, slugs: Map<string, string>): (name: string) => string | undefined {
  return (name) => {
    const found = slugs.get(name) ?? [...slugs.values()].find((path) => path.endsWith(`/${name}`));
    return found && posix.relative(posix.dirname(from), `posts/${here(found)}.md`);
  };
}

function page(
  file: FoundFile,
  root: string,
  plan: Plan,
  seen: Seen,
  slugs: Map<string, string>,
  /** Files that are at the same address as before. */
  open: Set<string>,
): void {
  const path = withoutExtension(file.path);
  const name = path.replace(/(?:^|\/)index$/, '');
  if (name === '') {
    plan.lost.push({ file: file.path, what: 'the front page is the index of notes here' });
    return;
  }
  const wanted = `posts/${name}.md`;
  const source = readNote(plan, file.path, join(root, file.path), wanted);
  if (source === undefined) return;
  const front = readFront(source);
  if ('problem' in front) {
    plan.lost.push({ file: file.path, what: front.problem });
    return;
  }
  const type = String(front.fields.get('type') ?? '');
  if (
    ['tags', 'categories', 'archives'].includes(name) ||
    ['tags', 'categories', 'archives'].includes(type)
  ) {
    plan.changed.push({ file: file.path, what: 'left out: the site makes this page itself' });
    return;
  }
  front.fields.set('type', 'page');
  const own = fieldText(front.fields, 'permalink');
  const old = own ? pageAddress(own) : path === name ? `/${name}.html` : `/${name}/`;
  const now = keepable(old);
  front.fields.set('permalink', now);
  if (isOwn(old)) {
    leftOut(file, plan);
    return;
  }
  const to = nameNote(plan, wanted);
  const changes: string[] = [];
  hideSecret(front.fields, changes);
  // Beside a page in Hexo is beside it on the site too.
  const around = posix.dirname(file.path);
  const besides = (address: string) => {
    const [, there = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address)!;
    const path = posix.join(around, decode(there));
    return !there.startsWith('/') && open.has(path) ? `/${encodeURI(path)}${rest}` : undefined;
  };
  const tagged = undoTags(front.body, (path) => besides(encodeURI(path)) ?? path, finder(to, slugs));
  const { text: plain } = undoBackslashes(undoMath(tagged.text).text);
  const body = withBreaks(plain, seen);
  const { text: contents, count } = mapAddresses(printFront({ fields: front.fields, body }), besides);
  if (count > 0) changes.push(`${counted(count, 'address', 'addresses')} of files beside it`);
  for (const what of [...changes, ...tagged.changes]) plan.changed.push({ file: to, what });
  for (const what of tagged.left) plan.lost.push({ file: file.path, what });
  for (const target of tagged.dead) seen.dead.push({ file: file.path, target });
  tellFrames(file.path, tagged.text, plan);
  plan.files.push({ to, contents });
  const { draft, published } = front.fields.toJS() as Record<string, unknown>;
  seen.pages.set(to, old);
  if (draft !== true && published !== false) plan.addresses.push(kept(old, now));
}

/** The address that a page names: what is no folder and has no extension gets one. */
function pageAddress(permalink: string): string {
  const path = `/${permalink.replace(/^\//, '')}`;
  return path.endsWith('/') || extname(path) ? path.replace(/\/index\.html$/, '/') : `${path}.html`;
}

/** The address that comes next to an old one, and can be a file name everywhere. */
function keepable(old: string): string {
  return parseUrl(old) ?? url(...old.split('/').flatMap((part) => slugify(part) ?? []));
}

function kept(old: string, now: string): Plan['addresses'][number] {
  const possible = parseUrl(old) !== undefined;
  return { old, now, ...(!possible && { note: 'the old one cannot be a file name everywhere' }) };
}

/**
 * Addresses of the site itself begin at its root here. Hexo wants the path that it lies below in them, which Postil puts in
 * when it prints, and takes relative ones from the page's address.
 */
function ownAddresses(plan: Plan, { url: site = '', root }: HexoConfig, { pages }: Seen): void {
  const base = `/${root ?? /^https?:\/\/[^/]+(\/.*)/.exec(site)?.[1] ?? ''}/`.replace(/\/{2,}/g, '/');
  const host = /^https?:(\/\/[^/]+)/.exec(site)?.[1];
  const now = new Map(plan.addresses.map((a) => [a.old, a.now]));
  const change = (address: string, page: string | undefined) => {
    const [, whole = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address)!;
    if (/^\.\.?\//.test(address)) {
      const there = page && posix.join(page.replace(/[^/]*$/, ''), decode(whole));
      const moved = there && (now.get(there) ?? now.get(`${there}/`));
      return moved && !moved.startsWith('/files/') ? encodeURI(moved) + rest : undefined;
    }
    const absolute = host !== undefined && whole.replace(/^https?:/, '').startsWith(`${host}${base}`);
    const path = absolute ? whole.slice(whole.indexOf(host) + host.length) : whole;
    if (!path.startsWith(base) || (!absolute && base === '/')) return undefined;
    const there = path.slice(base.length - 1);
    const moved = now.get(decode(there));
    // Another site may lie on the same host.
    if (absolute && moved === undefined) return undefined;
    return `${moved === undefined || moved === decode(there) ? there : encodeURI(moved)}${rest}`;
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

/** `1 note`, `3 notes`. */
function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

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
function partsOfName(
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
function dayOf({ year, month, i_month, day, i_day }: Record<string, string>): string | undefined {
  const [m, d] = [month ?? i_month, day ?? i_day];
  return year && m && d ? `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : undefined;
}

/** Hexo's permalink of a post; nothing when it was made of a date that only the old disk knows. */
function addressOf(info: Record<string, string>, fields: Fields, config: HexoConfig): string | undefined {
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

/** A value of a configuration's table. */
function mapped(name: string, map: unknown): string | undefined {
  if (typeof map !== 'object' || map === null || !Object.hasOwn(map, name)) return undefined;
  const value = (map as Record<string, unknown>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A tag or category in Hexo's addresses. */
function slugOf(name: string, map: unknown, config: HexoConfig): string {
  const text = mapped(name, map) || name;
  const slug = slugify(text) ?? text;
  const change = Number(config.filename_case);
  return change === 1 ? slug.toLowerCase() : change === 2 ? slug.toUpperCase() : slug;
}

/** A folder as Hexo takes it: with slashes at its ends too. */
function dir(given: string | undefined, usual: string): string {
  return (given ?? usual).replace(/^(?:\.?\/)+|\/+$/g, '') || usual;
}

/** Tag, category and archive pages; months have no page of their own here. */
function lists(config: HexoConfig, plan: Plan, { years, tags, categories }: Seen): void {
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

function configuration(config: HexoConfig): string {
  const language = config.language?.[0];
  const perPage = Number(config.per_page);
  const origin =
    config.url && /^https?:\/\//.test(config.url) && !/(?:example|yoursite|your-site)\.com/.test(config.url)
      ? config.url.replace(/\/?$/, '/')
      : undefined;
  const zones = [
    'Asia/Shanghai',
    'Asia/Hong_Kong',
    'Asia/Taipei',
    'Asia/Singapore',
    'Asia/Tokyo',
    'Asia/Seoul',
    'UTC',
  ];
  const lines = [
    `title: ${JSON.stringify(config.title || 'Postil')}`,
    ...(config.description ? [`description: ${JSON.stringify(config.description)}`] : []),
    ...(config.author ? [`author: ${JSON.stringify(config.author)}`] : []),
    ...(origin ? [`url: ${origin}`] : ['# url: https://example.org/']),
    `lang: ${language && !/^zh/i.test(language) ? 'en' : 'zh-CN'}`,
    ...(config.timezone && zones.includes(config.timezone) ? [`timezone: ${config.timezone}`] : []),
    ...(Number.isInteger(perPage) && perPage > 0 && perPage !== 10 ? [`perPage: ${perPage}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function withoutExtension(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const strings = (value: unknown) =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])
    .map((v) => String(v).trim())
    .filter(Boolean);

/** Pages of a post's tags. A text is one tag in Hexo; here commas part it. */
function tagsOf({ tags, tag }: Record<string, unknown>, config: HexoConfig): List[] {
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
function categoriesOf(fields: Record<string, unknown>, config: HexoConfig): List[] {
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
