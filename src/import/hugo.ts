/** A Hugo site: content with TOML, YAML or JSON front matter, page bundles, static files. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { slugify } from '../paths.ts';
import { walk } from '../read/walk.ts';
import { fieldText, printFront, readFront } from './front.ts';
import { emptyPlan, type Plan } from './plan.ts';

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

interface HugoConfig {
  title?: string;
  baseURL?: string;
  languageCode?: string;
  permalinks?: Record<string, unknown>;
}

/** @param folder the site: the one with `content/` */
export function planHugo(folder: string): Plan {
  const plan = emptyPlan();
  const config = readConfig(folder);
  const content = join(folder, 'content');
  const { files } = walk(content, 'content');
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
  const statics = walk(join(folder, 'static'), 'static');
  for (const { path } of statics.files) {
    plan.files.push({ to: `public/${path}`, from: join(folder, 'static', path) });
    plan.addresses.push({ old: `/${path}`, now: `/${path}` });
  }
  plan.files.unshift({ to: 'postil.yml', contents: configuration(config) });
  return plan;
}

function note(path: string, from: string, config: HugoConfig, bundles: Set<string>, plan: Plan): void {
  const text = readFileSync(from, 'utf8');
  const front = readFront(jsonFront(text) ?? text);
  if ('problem' in front) {
    plan.lost.push({ file: path, what: front.problem });
    return;
  }
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
  const slug = slugify(fieldText(fields, 'slug') ?? name) ?? name;
  if (fields.get('draft') !== true) {
    if (!isNote || old !== `/posts/${slug}/`) fields.set('permalink', old);
    plan.addresses.push({ old, now: old });
    for (const alias of list(fields.toJS()?.aliases))
      plan.addresses.push({ old: alias, now: old, note: 'an alias' });
  }
  const to = `posts/${path.replace(/\.markdown$/, '.md')}`;
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
  const patterns = config.permalinks ?? {};
  const page = patterns.page;
  const of = (table: unknown) =>
    typeof table === 'object' && table !== null ? (table as Record<string, unknown>)[section] : undefined;
  const pattern = of(page) ?? of(patterns);
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

function readConfig(folder: string): HugoConfig {
  const file = CONFIGS.map((c) => join(folder, c)).find(existsSync);
  if (!file) return {};
  const text = readFileSync(file, 'utf8');
  try {
    return (file.endsWith('.toml') ? parseToml(text) : parseYaml(text)) as HugoConfig;
  } catch {
    return {};
  }
}

function configuration({ title, baseURL, languageCode }: HugoConfig): string {
  const origin =
    baseURL && /^https?:\/\/(?!example\.)/.test(baseURL) ? baseURL.replace(/\/?$/, '/') : undefined;
  return `${[
    `title: ${JSON.stringify(title || 'Notes')}`,
    origin ? `url: ${origin}` : '# url: https://example.org/',
    `lang: ${languageCode && !/^zh/i.test(languageCode) ? 'en' : 'zh-CN'}`,
    'dialects: [obsidian, hugo]',
  ].join('\n')}\n`;
}
