/** What is needed of Hexo's `_config.yml`, and what becomes of it. */

import { text, texts } from '../schema.ts';
import { addressField, field } from './configuration.ts';
import type { Plan } from './plan.ts';
import { anything, pathLike, readSettings, type Settings } from './settings.ts';

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

export type HexoConfig = Settings<typeof CONFIG>;

/** Hexo's own default (https://hexo.io/docs/permalinks). */
export const DEFAULT_PERMALINK = ':year/:month/:day/:title/';

/** @throws Refused */
export const readConfig = (folder: string): HexoConfig => readSettings(folder, ['_config.yml'], CONFIG);

/**
 * @param folder the blog: the one with `_config.yml`
 * @returns the folder in it that has the posts, as `_config.yml` names it
 * @throws Refused
 */
export function sourceFolder(folder: string): string {
  return sourceOf(readConfig(folder));
}

/** The folder that has the posts. */
export const sourceOf = (config: HexoConfig) => dir(config.source_dir, 'source');

/** A folder as Hexo takes it: with slashes at its ends too. */
export function dir(given: string | undefined, usual: string): string {
  return (given ?? usual).replace(/^(?:\.?\/)+|\/+$/g, '') || usual;
}

/** A value of a configuration's table. */
export function mapped(name: string, map: unknown): string | undefined {
  if (typeof map !== 'object' || map === null || !Object.hasOwn(map, name)) return undefined;
  const value = (map as Record<string, unknown>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** @returns the text of `postil.yml` for the blog; the plan says what of it could not be taken */
export function configuration(config: HexoConfig, plan: Plan): string {
  const language = config.language?.[0];
  const perPage = Number(config.per_page);
  const address =
    config.url && /^https?:\/\//.test(config.url) && !/(?:example|yoursite|your-site)\.com/.test(config.url)
      ? config.url
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
    field('title', config.title || 'Postil'),
    ...(config.description ? [field('description', config.description)] : []),
    ...(config.author ? [field('author', config.author)] : []),
    addressField(plan, address, '_config.yml'),
    field('lang', language && !/^zh/i.test(language) ? 'en' : 'zh-CN'),
    ...(config.timezone && zones.includes(config.timezone) ? [field('timezone', config.timezone)] : []),
    ...(Number.isInteger(perPage) && perPage > 0 && perPage !== 10 ? [field('perPage', perPage)] : []),
  ];
  return `${lines.join('\n')}\n`;
}
