/** A Hexo blog: posts, drafts, pages, assets, and every address it had. */

import { basename, extname, join, posix } from 'node:path';
import { symlinkFolder } from '../diagnostics/messages.ts';
import { collisionKey, compare, type NotePath, parseUrl, slugify, stem, tagUrl, url } from '../paths.ts';
import { type FoundFile, walk } from '../read/walk.ts';
import { text, texts } from '../schema.ts';
import { fieldText, printFront, readFront } from './front.ts';
import { mapAddresses, undoBackslashes, undoMath, undoTags } from './hexo-text.ts';
import { emptyPlan, nameNote, type Plan, readNote, tell } from './plan.ts';
import { pathLike, readSettings, type Settings } from './settings.ts';
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
  archive_dir: pathLike('archives'),
  default_category: text,
  source_dir: pathLike('source'),
};

type HexoConfig = Settings<typeof CONFIG>;

/** Hexo's own default (https://hexo.io/docs/permalinks). */
const DEFAULT_PERMALINK = ':year/:month/:day/:title/';

const isNote = ({ path }: FoundFile) => /\.(?:md|markdown)$/i.test(path);
const isBelowPosts = ({ path }: FoundFile) => /^_(?:posts|drafts)\//.test(path);

/**
 * @param folder the blog: the one with `_config.yml` and `source/`
 * @throws Refused
 */
export function planHexo(folder: string): Plan {
  const plan = emptyPlan();
  const config = readSettings(folder, ['_config.yml'], CONFIG);
  const label = config.source_dir ?? 'source';
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
  const years = new Map<string, Set<string>>();
  const tags = new Set<string>();
  const categories = new Set<string>();
  for (const file of posts)
    post(file, source, config, names, assets.get(withoutExtension(file.path)), plan, {
      years,
      tags,
      categories,
    });
  for (const file of files) {
    const from = join(source, file.path);
    if (isBelowPosts(file)) {
      if (!isNote(file)) besidePosts(file, from, names, plan);
    } else if (/(?:^|\/)_/.test(file.path))
      plan.lost.push({ file: file.path, what: 'Hexo publishes nothing whose name begins with “_”' });
    else if (isNote(file)) page(file, source, plan);
    else {
      plan.files.push({ to: `public/${file.path}`, from });
      plan.addresses.push({ old: `/${file.path}`, now: `/${file.path}` });
    }
  }
  lists(config, plan, { years, tags, categories });
  ownAddresses(plan, config);
  plan.files.unshift({ to: 'postil.yml', contents: configuration(config) });
  return plan;
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

interface Lists {
  years: Map<string, Set<string>>;
  tags: Set<string>;
  categories: Set<string>;
}

function post(
  file: FoundFile,
  root: string,
  config: HexoConfig,
  names: Set<string>,
  /** What lies in its asset folder. */
  assets: Set<string> | undefined,
  plan: Plan,
  seen: Lists,
): void {
  const draft = file.path.startsWith('_drafts/');
  const name = withoutExtension(file.path.replace(/^_(?:posts|drafts)\//, ''));
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
  if (fieldText(fields, 'password') !== undefined) {
    fields.delete('password');
    fields.set('draft', true);
    changes.push('it had a password: now a draft, since a published page cannot be secret');
  }
  for (const key of ['top', 'sticky']) {
    if (fields.get(key) === true) fields.set(key, 1);
    if (fields.get(key) === false) fields.delete(key);
  }
  if (['post', 'page'].includes(String(fields.get('layout')))) fields.delete('layout');

  const published = !draft && fields.get('published') !== false && fields.get('draft') !== true;
  const address = addressOf(name, fields, config);
  const slug = slugify(fieldText(fields, 'slug') ?? stem(to.slice('posts/'.length) as NotePath));
  if (published) {
    const now = `/posts/${slug}/`;
    fields.delete('permalink');
    fields.delete('abbrlink');
    const possible = parseUrl(address);
    const kept = possible ?? url(...address.split('/').flatMap((part) => slugify(part) ?? []));
    if (kept !== now) fields.set('permalink', kept);
    plan.addresses.push({
      old: address,
      now: kept,
      ...(!possible && { note: 'the old one cannot be a file name everywhere' }),
    });
    const day = /^(\d{4})[-/](\d{1,2})/.exec(fieldText(fields, 'date') ?? '');
    if (day) seen.years.set(day[1]!, (seen.years.get(day[1]!) ?? new Set()).add(day[2]!.padStart(2, '0')));
    for (const tag of list(fields.toJS().tags)) seen.tags.add(tag);
    for (const path of paths(fields.toJS().categories)) {
      path.forEach((_, i) => {
        seen.categories.add(path.slice(0, i + 1).join('/'));
      });
    }
  }
  const folder = basename(name);
  const tagged = undoTags(front.body, folder, finder(to, names));
  const { text: plain, count } = undoMath(tagged.text);
  if (count > 0)
    changes.push(`${count} formula${count === 1 ? '' : 's'} with Hexo's extra backslashes undone`);
  const { text, count: slashed } = undoBackslashes(plain);
  if (slashed > 0)
    changes.push(`${slashed} path${slashed === 1 ? '' : 's'} with / for the backslashes of Windows`);
  changes.push(...tagged.changes);
  for (const what of tagged.unknown) plan.lost.push({ file: file.path, what });
  const body =
    assets && text.includes('](')
      ? mapProse(text, (part) =>
          part.replace(
            /(!?\[[^[\]]*\]\()(?!\/|[a-z]+:|#)(?:\.\/)?([^)\s]+)/gi,
            (all, lead: string, path: string) =>
              assets.has(posix.normalize(decode(path))) ? `${lead}${encodeURI(folder)}/${path}` : all,
          ),
        )
      : text;
  if (body !== text) changes.push('pictures of its asset folder addressed by the folder');
  plan.files.push({ to, contents: printFront({ fields, body }) });
  for (const what of changes) plan.changed.push({ file: to, what });
  if (!published) return;
  for (const path of assets ?? []) {
    plan.addresses.push({
      old: `${address.replace(/[^/]*$/, '')}${path}`,
      now: `/files/${name}/${path}`,
      note: 'a file, which cannot redirect',
    });
  }
}

/** @returns what finds a post by its path below `_posts`, or the end of it, from the note `from` */
function finder(from: string, names: Set<string>): (name: string) => string | undefined {
  return (name) => {
    const found = [...names].find((n) => n.endsWith(`/${name}`));
    return found && posix.relative(posix.dirname(from), `posts/${here(found)}.md`);
  };
}

function page(file: FoundFile, root: string, plan: Plan): void {
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
  const old = path === name ? `/${name}.html` : `/${name}/`;
  front.fields.set('permalink', old);
  const { text } = undoBackslashes(undoMath(undoTags(front.body, basename(name), () => undefined).text).text);
  plan.files.push({
    to: nameNote(plan, wanted),
    contents: printFront({ fields: front.fields, body: text }),
  });
  plan.addresses.push({ old, now: old });
}

/** Hexo wants the path that the site lies below in every address of a text; here it is put in when pages are printed. */
function ownAddresses(plan: Plan, { url: site = '', root }: HexoConfig): void {
  const base = `/${root ?? /^https?:\/\/[^/]+(\/.*)/.exec(site)?.[1] ?? ''}/`.replace(/\/{2,}/g, '/');
  const host = /^https?:(\/\/[^/]+)/.exec(site)?.[1];
  const now = new Map(plan.addresses.map((a) => [a.old, a.now]));
  const change = (address: string) => {
    const absolute = host !== undefined && address.replace(/^https?:/, '').startsWith(`${host}${base}`);
    const path = absolute ? address.slice(address.indexOf(host) + host.length) : address;
    if (!path.startsWith(base) || (!absolute && base === '/')) return undefined;
    const [, there = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(path.slice(base.length - 1))!;
    const moved = now.get(decode(there));
    // Another site may lie on the same host.
    if (absolute && moved === undefined) return undefined;
    return `${moved === undefined || moved === decode(there) ? there : encodeURI(moved)}${rest}`;
  };
  const written = [...(host ? [host] : []), ...(base === '/' ? [] : [base])];
  for (const file of plan.files) {
    if (!('contents' in file) || !file.to.startsWith('posts/')) continue;
    if (!written.some((a) => file.contents.includes(a))) continue;
    const { text, count } = mapAddresses(file.contents, change);
    file.contents = text;
    if (count > 0)
      plan.changed.push({
        file: file.to,
        what: `${count} address${count === 1 ? '' : 'es'} of the site itself written without ${base === '/' ? 'its host' : `“${base}”`}`,
      });
  }
}

/** Hexo's permalink of a post. */
function addressOf(name: string, fields: Parameters<typeof fieldText>[0], config: HexoConfig): string {
  const own = fieldText(fields, 'permalink');
  if (own) return `/${own.replace(/^\//, '')}${/\/$|\.html$/.test(own) ? '' : '/'}`;
  const date =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2}))?/.exec(fieldText(fields, 'date') ?? '') ??
    [];
  const two = (n: string | undefined) => (n ?? '').padStart(2, '0');
  const category = paths(fields.toJS().categories)[0] ?? [config.default_category ?? 'uncategorized'];
  const values: Record<string, string> = {
    year: date[1] ?? '',
    month: two(date[2]),
    i_month: String(Number(date[2] ?? 0) || ''),
    day: two(date[3]),
    i_day: String(Number(date[3] ?? 0) || ''),
    hour: two(date[4]),
    minute: two(date[5]),
    title: name,
    name: basename(name),
    post_title: slugify(fieldText(fields, 'title') ?? '') ?? '',
    category: category.map((c) => slugify(c) ?? c).join('/'),
    abbrlink: fieldText(fields, 'abbrlink') ?? '',
    id: fieldText(fields, 'id') ?? '',
  };
  const pattern = config.permalink ?? DEFAULT_PERMALINK;
  const filled = pattern.replace(
    /:(i_month|i_day|post_title|abbrlink|category|minute|month|title|year|hour|name|day|id)\b/g,
    (_, k: string) => values[k]!,
  );
  const path = `/${filled}`.replace(/\/{2,}/g, '/');
  return /\/$|\.html$/.test(path) ? path : `${path}/`;
}

/** Tag, category and archive pages; months have no page of their own here. */
function lists(config: HexoConfig, plan: Plan, { years, tags, categories }: Lists): void {
  // Hexo takes them with slashes at their ends too.
  const dir = (given: string | undefined, usual: string) =>
    (given ?? usual).replace(/^\/+|\/+$/g, '') || usual;
  const tagDir = dir(config.tag_dir, 'tags');
  const categoryDir = dir(config.category_dir, 'categories');
  const archiveDir = dir(config.archive_dir, 'archives');
  const written = new Set<string>();
  const moved = (old: string, now: string) => {
    if (old !== now && parseUrl(old) === undefined) {
      plan.addresses.push({ old, now, note: 'the old one cannot be a file name everywhere' });
      return;
    }
    plan.addresses.push({ old, now, ...(old !== now && { note: 'a page there leads on' }) });
    // On many disks `C` and `c` are one file.
    const file = collisionKey(old);
    if (old !== now && !written.has(file))
      plan.files.push({ to: `public${old}index.html`, contents: redirect(old, now) });
    written.add(file);
  };
  // Of several names with one address Hexo publishes one; here they are an error.
  const sharing = new Map<string, { now: string; names: string[]; old: Set<string> }>();
  const group = (name: string, old: string, now: string) => {
    const key = collisionKey(now);
    const known = sharing.get(key) ?? { now, names: [], old: new Set() };
    sharing.set(key, known);
    known.names.push(name);
    if (!known.old.has(old)) moved(old, now);
    known.old.add(old);
  };
  moved('/', '/');
  for (const tag of tags) group(tag, `/${tagDir}/${slugify(tag) ?? tag}/`, tagUrl(tag) ?? `/tags/${tag}/`);
  for (const path of categories) {
    const slugs = path
      .split('/')
      .map((c) => slugify(c) ?? c)
      .join('/');
    group(path, `/${categoryDir}/${slugs}/`, `/categories/${slugs}/`);
  }
  for (const { now, names } of sharing.values()) {
    if (names.length < 2) continue;
    const all = names.sort(compare).map((name) => `“${name}”`);
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

/** Tags as Hexo takes them: a text or a list. */
function list(value: unknown): string[] {
  if (typeof value === 'string')
    return value
      .split(/[,，]/)
      .map((t) => t.trim())
      .filter(Boolean);
  return Array.isArray(value) ? value.map((v) => String(v).trim()).filter(Boolean) : [];
}

/** Categories as Hexo takes them: one list is one path, a list of lists many. */
function paths(value: unknown): string[][] {
  if (Array.isArray(value) && value.some(Array.isArray))
    return value.map((v) => (Array.isArray(v) ? v.map(String) : [String(v)]));
  const path = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : [];
  return path.length > 0
    ? [
        path
          .flatMap((p) => p.split('/'))
          .map((p) => p.trim())
          .filter(Boolean),
      ]
    : [];
}
