/** A Hexo blog: posts, drafts, pages, assets, and every address it had. */

import { basename, extname, join, posix } from 'node:path';
import { symlinkFolder } from '../diagnostics/messages.ts';
import { collisionKey, compare, type NotePath, parseUrl, slugify, stem, tagUrl, url } from '../paths.ts';
import { type FoundFile, walk } from '../read/walk.ts';
import { text, texts } from '../schema.ts';
import { table } from '../table.ts';
import { fieldText, printFront, readFront } from './front.ts';
import { undoBackslashes, undoMath, undoTags } from './hexo-text.ts';
import { emptyPlan, nameNote, type Plan, readNote, tell } from './plan.ts';
import { pathLike, readSettings, type Settings } from './settings.ts';

/** What is needed of `_config.yml`. */
const CONFIG = {
  title: text,
  description: text,
  author: text,
  url: text,
  language: texts,
  timezone: text,
  per_page: text,
  permalink: pathLike(':year/:month/:day/:title/'),
  tag_dir: pathLike('tags'),
  category_dir: pathLike('categories'),
  archive_dir: pathLike('archives'),
  default_category: text,
  source_dir: pathLike('source'),
  new_post_name: text,
};

type HexoConfig = Settings<typeof CONFIG>;

/** Hexo's own default (https://hexo.io/docs/permalinks). */
const DEFAULT_PERMALINK = ':year/:month/:day/:title/';

const isNote = ({ path }: FoundFile) => /\.(?:md|markdown)$/i.test(path);
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

const sourceOf = (config: HexoConfig) => inFolder(config.source_dir, 'source');

/** A folder as Hexo takes it: with slashes at its ends too. */
function inFolder(given: string | undefined, usual: string): string {
  return (given ?? usual).replace(/^(?:\.?\/)+|\/+$/g, '') || usual;
}

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
  const slugs = new Set([...names].map((n) => readName(n.replace(/^_(?:posts|drafts)\//, ''), config).title));
  const assets = assetsOf(files, names);
  const years = new Map<string, Set<string>>();
  const tags = new Set<string>();
  const categories = new Set<string>();
  for (const file of posts)
    post(file, source, config, slugs, assets.get(withoutExtension(file.path)), plan, {
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
  /** By what `post_link` names posts. */
  slugs: Set<string>,
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
  const { title, date } = readName(name, config);
  if (date !== undefined && fieldText(fields, 'date') === undefined) {
    fields.set('date', fields.createNode(date));
    changes.push('its date, which only its name had');
  }
  const address = addressOf(title, fields, config);
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
  const tagged = undoTags(front.body, folder, slugs);
  const { text: plain, count } = undoMath(tagged.text);
  if (count > 0)
    changes.push(`${count} formula${count === 1 ? '' : 's'} with Hexo's extra backslashes undone`);
  const { text, count: slashed } = undoBackslashes(plain);
  if (slashed > 0)
    changes.push(`${slashed} path${slashed === 1 ? '' : 's'} with / for the backslashes of Windows`);
  changes.push(...tagged.changes);
  for (const what of tagged.unknown) plan.lost.push({ file: file.path, what });
  const body = assets
    ? text.replace(
        /(!?\[[^[\]]*\]\()(?!\/|[a-z]+:|#)(?:\.\/)?([^)\s]+)/gi,
        (all, lead: string, path: string) =>
          assets.has(posix.normalize(decode(path))) ? `${lead}${encodeURI(folder)}/${path}` : all,
      )
    : text;
  if (body !== text) changes.push('pictures of its asset folder addressed by the folder');
  plan.files.push({ to, contents: printFront({ fields, body }) });
  for (const what of changes) plan.changed.push({ file: to, what });
  if (!published || address === undefined) return;
  for (const path of assets ?? []) {
    plan.addresses.push({
      old: `${address.replace(/[^/]*$/, '')}${path}`,
      now: `/files/${name}/${path}`,
      note: 'a file, which cannot redirect',
    });
  }
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
  const own = fieldText(front.fields, 'permalink');
  const old = own ? pageAddress(own) : path === name ? `/${name}.html` : `/${name}/`;
  const now = keepable(old);
  front.fields.set('permalink', now);
  const { text } = undoBackslashes(undoMath(undoTags(front.body, basename(name), new Set()).text).text);
  plan.files.push({
    to: nameNote(plan, wanted),
    contents: printFront({ fields: front.fields, body: text }),
  });
  plan.addresses.push(kept(old, now));
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

/** What may stand in a post's file name, as `new_post_name` has it. */
const IN_NAMES: Record<string, string> = table({
  year: '\\d{4}',
  month: '\\d{2}',
  day: '\\d{2}',
  i_month: '\\d{1,2}',
  i_day: '\\d{1,2}',
});

/** The name and the date of a post, which `new_post_name: :year-:month-:day-:title.md` keeps in its file name. */
function readName(name: string, config: HexoConfig): { title: string; date?: string } {
  const pattern = withoutExtension(config.new_post_name ?? ':title.md');
  const keys: string[] = [];
  const parts = pattern.split(/:(\w+)/).map((part, i) => {
    if (i % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    keys.push(part);
    return `(${IN_NAMES[part] ?? '.+?'})`;
  });
  const found = new RegExp(`^${parts.join('')}$`).exec(name)?.slice(1);
  const value = (...names: string[]) => found?.[keys.findIndex((key) => names.includes(key))];
  const [year, month, day] = [value('year'), value('month', 'i_month'), value('day', 'i_day')];
  return {
    title: value('title') ?? name,
    ...(year && month && day && { date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` }),
  };
}

/** Hexo's permalink of a post; nothing when it was made of a date that only the old disk knows. */
function addressOf(
  name: string,
  fields: Parameters<typeof fieldText>[0],
  config: HexoConfig,
): string | undefined {
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
  if (date.length === 0 && /:(?:year|(?:i_)?month|(?:i_)?day|hour|minute)\b/.test(pattern)) return undefined;
  const filled = pattern.replace(
    /:(i_month|i_day|post_title|abbrlink|category|minute|month|title|year|hour|name|day|id)\b/g,
    (_, k: string) => values[k]!,
  );
  const path = `/${filled}`.replace(/\/{2,}/g, '/');
  return /\/$|\.html$/.test(path) ? path : `${path}/`;
}

/** Tag, category and archive pages; months have no page of their own here. */
function lists(config: HexoConfig, plan: Plan, { years, tags, categories }: Lists): void {
  const tagDir = inFolder(config.tag_dir, 'tags');
  const categoryDir = inFolder(config.category_dir, 'categories');
  const archiveDir = inFolder(config.archive_dir, 'archives');
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
