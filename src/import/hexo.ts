/** A Hexo blog: posts, drafts, pages, assets, and every address it had. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import { collisionKey, compare, parseUrl, slugify, tagUrl, url } from '../paths.ts';
import { type FoundFile, walk } from '../read/walk.ts';
import { fieldText, printFront, readFront } from './front.ts';
import { undoBackslashes, undoMath, undoTags } from './hexo-text.ts';
import { emptyPlan, filesBelow, type Plan } from './plan.ts';

interface HexoConfig {
  title?: string;
  description?: string;
  author?: string;
  url?: string;
  root?: string;
  language?: string | string[];
  timezone?: string;
  permalink?: string;
  per_page?: number;
  tag_dir?: string;
  category_dir?: string;
  archive_dir?: string;
  default_category?: string;
  source_dir?: string;
}

/** Hexo's own default (https://hexo.io/docs/permalinks). */
const DEFAULT_PERMALINK = ':year/:month/:day/:title/';

/** @param folder the blog: the one with `_config.yml` and `source/` */
export function planHexo(folder: string): Plan {
  const plan = emptyPlan();
  const configFile = join(folder, '_config.yml');
  const config =
    (existsSync(configFile) ? (parse(readFileSync(configFile, 'utf8')) as HexoConfig | null) : null) ?? {};
  const source = join(folder, config.source_dir ?? 'source');
  const { files } = walk(source, 'source');
  const posts = files.filter(
    (f) => /^_(?:posts|drafts)\//.test(f.path) && /\.(?:md|markdown)$/i.test(f.path),
  );
  const names = new Set(posts.map((p) => withoutExtension(p.path)));
  const years = new Map<string, Set<string>>();
  const tags = new Set<string>();
  const categories = new Set<string>();
  for (const file of posts) post(file, source, config, names, plan, { years, tags, categories });
  for (const file of files.filter((f) => !/(?:^|\/)_/.test(f.path))) {
    if (/\.(?:md|markdown)$/i.test(file.path)) page(file, source, plan);
    else {
      plan.files.push({ to: `public/${file.path}`, from: join(source, file.path) });
      plan.addresses.push({ old: `/${file.path}`, now: `/${file.path}` });
    }
  }
  lists(config, plan, { years, tags, categories });
  plan.files.unshift({ to: 'postil.yml', contents: configuration(config) });
  return plan;
}

interface Lists {
  years: Map<string, Set<string>>;
  tags: Set<string>;
  categories: Set<string>;
}

function post(
  file: FoundFile,
  source: string,
  config: HexoConfig,
  names: Set<string>,
  plan: Plan,
  seen: Lists,
): void {
  const draft = file.path.startsWith('_drafts/');
  const relative = file.path.replace(/^_(?:posts|drafts)\//, '');
  const name = withoutExtension(relative);
  const to = `posts/${draft ? '_drafts/' : ''}${name}.md`;
  const front = readFront(readFileSync(join(source, file.path), 'utf8'));
  if ('problem' in front) {
    plan.lost.push({ file: file.path, what: front.problem });
    return;
  }
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
  const slug = slugify(fieldText(fields, 'slug') ?? basename(name));
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
  const assets = `${withoutExtension(file.path)}/`;
  const folder = basename(name);
  const tagged = undoTags(front.body, folder, names);
  const { text: plain, count } = undoMath(tagged.text);
  if (count > 0)
    changes.push(`${count} formula${count === 1 ? '' : 's'} with Hexo's extra backslashes undone`);
  const { text, count: slashed } = undoBackslashes(plain);
  if (slashed > 0)
    changes.push(`${slashed} path${slashed === 1 ? '' : 's'} with / for the backslashes of Windows`);
  changes.push(...tagged.changes);
  for (const what of tagged.unknown) plan.lost.push({ file: file.path, what });
  const body = existsSync(join(source, assets))
    ? text.replace(
        /(!?\[[^\]]*\]\()(?!\/|[a-z]+:|#)(?:\.\/)?([^)\s]+)/gi,
        (all, lead: string, path: string) =>
          existsSync(join(source, assets, decode(path))) ? `${lead}${encodeURI(folder)}/${path}` : all,
      )
    : text;
  if (body !== text) changes.push('pictures of its asset folder addressed by the folder');
  plan.files.push({ to, contents: printFront({ fields, body }) });
  for (const what of changes) plan.changed.push({ file: to, what });
  assetsOf(source, assets, to.replace(/\.md$/, ''), published ? address : undefined, plan);
}

/** Files of a post's asset folder: beside the note, where its pictures are found by name. */
function assetsOf(source: string, folder: string, to: string, address: string | undefined, plan: Plan): void {
  if (!existsSync(join(source, folder))) return;
  for (const path of filesBelow(join(source, folder))) {
    if (/\.(?:md|markdown)$/i.test(path)) continue;
    plan.files.push({ to: `${to}/${path}`, from: join(source, folder, path) });
    if (address) {
      plan.addresses.push({
        old: `${address.replace(/[^/]*$/, '')}${path}`,
        now: `/files/${to.replace(/^posts\//, '')}/${path}`,
        note: 'a file, which cannot redirect',
      });
    }
  }
}

function page(file: FoundFile, source: string, plan: Plan): void {
  const front = readFront(readFileSync(join(source, file.path), 'utf8'));
  if ('problem' in front) {
    plan.lost.push({ file: file.path, what: front.problem });
    return;
  }
  const name = withoutExtension(file.path).replace(/(^|\/)index$/, '');
  const type = String(front.fields.get('type') ?? '');
  if (
    ['tags', 'categories', 'archives'].includes(name) ||
    ['tags', 'categories', 'archives'].includes(type)
  ) {
    plan.changed.push({ file: file.path, what: 'left out: the site makes this page itself' });
    return;
  }
  if (name === '') {
    plan.lost.push({ file: file.path, what: 'the front page is the index of notes here' });
    return;
  }
  front.fields.set('type', 'page');
  const old = withoutExtension(file.path).endsWith('index') ? `/${name}/` : `/${name}.html`;
  front.fields.set('permalink', old);
  const { text } = undoBackslashes(undoMath(undoTags(front.body, basename(name), new Set()).text).text);
  plan.files.push({ to: `posts/${name}.md`, contents: printFront({ fields: front.fields, body: text }) });
  plan.addresses.push({ old, now: old });
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
  const tagDir = config.tag_dir ?? 'tags';
  const categoryDir = config.category_dir ?? 'categories';
  const archiveDir = config.archive_dir ?? 'archives';
  const moved = (old: string, now: string) => {
    plan.addresses.push({ old, now, ...(old !== now && { note: 'a page there leads on' }) });
    if (old !== now) plan.files.push({ to: `public${old}index.html`, contents: redirect(now) });
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
function redirect(to: string): string {
  return `<!doctype html>\n<meta charset="utf-8">\n<title>→</title>\n<meta http-equiv="refresh" content="0; url=${encodeURI(to)}">\n<link rel="canonical" href="${encodeURI(to)}">\n<a href="${encodeURI(to)}">${encodeURI(to)}</a>\n`;
}

function configuration(config: HexoConfig): string {
  const language = Array.isArray(config.language) ? config.language[0] : config.language;
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
    ...(Number.isInteger(config.per_page) && config.per_page! > 0 && config.per_page !== 10
      ? [`perPage: ${config.per_page}`]
      : []),
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
