/** A Hugo site: content with TOML, YAML or JSON front matter, page bundles, static files. */

import { basename, dirname, join } from 'node:path';
import { type NotePath, slugify, stem } from '../paths.ts';
import { walk } from '../read/walk.ts';
import { text } from '../schema.ts';
import { addressField, field } from './configuration.ts';
import { fieldText, printFront, readFront } from './front.ts';
import { emptyPlan, nameNote, type Plan, readNote, tell } from './plan.ts';
import { anything, readSettings, type Settings } from './settings.ts';

const CONFIGS = [
  'hugo.toml',
  'hugo.yaml',
  'hugo.yml',
  'hugo.json',
  'config.toml',
  'config.yaml',
  'config.yml',
  'config.json',
];

/** What is needed of a configuration. */
const CONFIG = { title: text, baseURL: text, languageCode: text, permalinks: anything };

type HugoConfig = Settings<typeof CONFIG>;

/**
 * @param folder the site: the one with `content/`
 * @throws Refused
 */
export function planHugo(folder: string): Plan {
  const plan = emptyPlan();
  const config = readSettings(folder, CONFIGS, CONFIG);
  const content = join(folder, 'content');
  const { files, diagnostics } = walk(content, 'content');
  tell(plan, diagnostics);
  // The folder of every leaf bundle: what lies in it belongs to its note.
  const bundles = new Set(
    files.filter((f) => /(?:^|\/)index\.(?:md|markdown)$/.test(f.path)).map((f) => dirname(f.path)),
  );
  for (const { path } of files) {
    const from = join(content, path);
    if (/(?:^|\/)_index\.(?:md|markdown)$/.test(path)) {
      plan.lost.push({
        file: path,
        what: 'the text of a section list; tags and categories make the lists here',
      });
    } else if (/\.(?:md|markdown)$/.test(path)) note(path, from, config, bundles, plan);
    else if (/\.html?$/.test(path))
      plan.lost.push({ file: path, what: 'HTML content is not taken; write it in Markdown' });
    else plan.files.push({ to: `posts/${path}`, from });
  }
  const statics = walk(join(folder, 'static'), 'static', true);
  tell(plan, statics.diagnostics);
  for (const { path } of statics.files) {
    plan.files.push({ to: `public/${path}`, from: join(folder, 'static', path) });
    plan.addresses.push({ old: `/${path}`, now: `/${path}` });
  }
  plan.files.unshift({ to: 'postil.yml', contents: configuration(config, plan) });
  return plan;
}

function note(path: string, from: string, config: HugoConfig, bundles: Set<string>, plan: Plan): void {
  const wanted = `posts/${path.replace(/\.markdown$/, '.md')}`;
  const text = readNote(plan, path, from, wanted);
  if (text === undefined) return;
  const front = readFront(jsonFront(text) ?? text);
  if ('problem' in front) {
    plan.lost.push({ file: path, what: front.problem });
    return;
  }
  const to = nameNote(plan, wanted);
  const { fields, body } = front;
  const bundle = /(?:^|\/)index\.(?:md|markdown)$/.test(path) && bundles.has(dirname(path));
  const name = bundle ? basename(dirname(path)) : basename(path).replace(/\.(?:md|markdown)$/, '');
  const folder = bundle ? dirname(dirname(path)) : dirname(path);
  const section = folder === '.' ? '' : folder.split('/')[0]!;
  const changes: string[] = [];
  if (text.startsWith('+++') || text.startsWith('{')) changes.push('front matter written as YAML');
  // Hugo keeps theme settings below `params`; taxonomies below `taxonomies` come from Zola.
  for (const group of ['params', 'taxonomies']) {
    const inner = fields.toJS()?.[group];
    if (typeof inner !== 'object' || inner === null) continue;
    for (const [key, value] of Object.entries(inner)) if (!fields.has(key)) fields.set(key, value);
    fields.delete(group);
    changes.push(`${group} lifted`);
  }
  const cover = fields.toJS()?.cover;
  if (typeof cover === 'object' && cover !== null) {
    const image = (cover as { image?: unknown }).image;
    if (typeof image === 'string' && image) fields.set('cover', image);
    else fields.delete('cover');
    changes.push('cover.image is cover');
  }
  const series = fields.toJS()?.series;
  if (Array.isArray(series)) {
    if (series[0]) fields.set('series', String(series[0]));
    else fields.delete('series');
  }
  const old = addressOf(name, folder, section, fields, config);
  const isNote = section !== '';
  if (!isNote) fields.set('type', 'page');
  else if (fields.has('type') && !['note', 'page', 'tag'].includes(String(fields.get('type'))))
    fields.delete('type');
  fields.delete('url');
  const slug = slugify(fieldText(fields, 'slug') ?? stem(to.slice('posts/'.length) as NotePath));
  if (fields.get('draft') !== true) {
    if (!isNote || old !== `/posts/${slug}/`) fields.set('permalink', old);
    plan.addresses.push({ old, now: old });
    for (const alias of list(fields.toJS()?.aliases))
      plan.addresses.push({ old: alias, now: old, note: 'an alias' });
  }
  plan.files.push({ to, contents: printFront({ fields, body: shortcodes(body) }) });
  for (const m of new Set([...body.matchAll(/\{\{[<%]\s*\/?\s*([\w-]+)/g)].map((m) => m[1]!))) {
    if (!KNOWN.has(m)) plan.lost.push({ file: path, what: `the shortcode {{< ${m} >}} stays as text` });
  }
  for (const what of changes) plan.changed.push({ file: to, what });
}

/** Shortcodes that Postil reads with `dialects: [hugo]`, or that are turned into Markdown here. */
const KNOWN = new Set(['figure', 'ref', 'relref', 'highlight', 'katex', 'youtube', 'vimeo']);

function shortcodes(body: string): string {
  return body
    .replace(/\{\{[<%]\s*youtube\s+"?([\w-]+)"?\s*[%>]\}\}/g, '<https://www.youtube.com/watch?v=$1>')
    .replace(/\{\{[<%]\s*vimeo\s+"?(\d+)"?\s*[%>]\}\}/g, '<https://vimeo.com/$1>');
}

/** Hugo's address: `url`, else the section's pattern, else the path. */
function addressOf(
  name: string,
  folder: string,
  section: string,
  fields: Parameters<typeof fieldText>[0],
  config: HugoConfig,
): string {
  const own = fieldText(fields, 'url');
  const tidy = (path: string) => {
    const clean = `/${path}`.replace(/\/{2,}/g, '/');
    return /\/$|\.\w+$/.test(clean) ? clean : `${clean}/`;
  };
  if (own && !/^https?:/.test(own)) return tidy(own);
  const slug = fieldText(fields, 'slug') ?? name;
  const of = (table: unknown, key: string) =>
    typeof table === 'object' && table !== null ? (table as Record<string, unknown>)[key] : undefined;
  const pattern = of(of(config.permalinks, 'page'), section) ?? of(config.permalinks, section);
  if (typeof pattern === 'string') {
    const [, year = '', month = '', day = ''] =
      /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(fieldText(fields, 'date') ?? '') ?? [];
    const values: Record<string, string> = {
      year,
      month: month.padStart(2, '0'),
      day: day.padStart(2, '0'),
      title: slugify((fieldText(fields, 'title') ?? name).toLowerCase()) ?? name,
      slug: slugify(slug.toLowerCase()) ?? slug,
      slugorfilename: slugify(slug.toLowerCase()) ?? slug,
      filename: name,
      contentbasename: name,
      slugorcontentbasename: slug,
      section,
      sections: folder,
    };
    return tidy(pattern.replace(/:([a-z]+)/g, (all, key: string) => values[key] ?? all));
  }
  const segment = (text: string) => text.toLowerCase().replace(/ /g, '-');
  return tidy([...(folder === '.' ? [] : folder.split('/').map(segment)), segment(slug)].join('/'));
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : typeof value === 'string' ? [value] : [])
    .map(String)
    .filter((v) => v.includes('/'));
}

/** JSON front matter as YAML, which it is. */
function jsonFront(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  const end = /^\}[ \t]*\n/m.exec(text);
  return end
    ? `---\n${text.slice(0, end.index + 1)}\n---\n${text.slice(end.index + end[0].length)}`
    : undefined;
}

function configuration({ title, baseURL, languageCode }: HugoConfig, plan: Plan): string {
  const address = baseURL && /^https?:\/\/(?!example\.)/.test(baseURL) ? baseURL : undefined;
  return `${[
    field('title', title || 'Notes'),
    addressField(plan, address, 'baseURL'),
    field('lang', languageCode && !/^zh/i.test(languageCode) ? 'en' : 'zh-CN'),
    field('dialects', ['obsidian', 'hugo']),
  ].join('\n')}\n`;
}
