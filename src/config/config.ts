/** `postil.yml` → Config. One table of fields reads, checks and documents it; an absent file is all defaults. */

import type { At } from '../diagnostics/messages/define.ts';
import {
  configCname,
  configConflict,
  configNoUrl,
  configType,
  configUnknown,
  configYaml,
  notUtf8,
} from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import {
  DIALECTS,
  type Diagnostic,
  type Dialect,
  MATH_OUTPUTS,
  type MathOutput,
  type Place,
} from '../model.ts';
import { placeAt } from '../place.ts';
import {
  describe,
  type Field,
  flag,
  group,
  integer,
  type Kind,
  language,
  macrosOf,
  oneOf,
  readFields,
  SILENT,
  text,
  texts,
} from '../schema.ts';
import { table } from '../table.ts';
import { parseYaml, type Span, type Yaml } from '../yaml.ts';
import { type Analytics, analytics, type Comments, comments, type Licence, licence, og } from './features.ts';
import { CONFIG_FILE } from './file.ts';
import { type ThemeTokens, theme } from './theme.ts';

/** One line of `plugins:`. */
export interface PluginEntry {
  /** Name of an npm package, or path of a file of the site. */
  use: string;
  /** Which tree it works on. */
  at: 'remark' | 'rehype';
  /** What it prints is not sanitised. */
  trusted: boolean;
  options: unknown;
}

/** A link of the bar. */
export interface NavLink {
  label: string;
  to: string;
  /** Where the address stands in `postil.yml`. */
  place: Place;
}

export interface Config {
  title: string;
  description: string;
  /** Origin, without path and slash: `https://example.org`; undefined when unknown. */
  origin: string | undefined;
  /** Base path, with `/` at both ends. */
  base: string;
  author: string;
  lang: string;
  /** Offset that dates without one get: `+08:00`. */
  timezone: string;
  permalink: string;
  nav: NavLink[] | undefined;
  publish: 'all' | 'explicit';
  /** Notes on an index page. */
  perPage: number;
  math: { macros: Record<string, string>; output: MathOutput };
  /** Other tools whose syntax notes may use. */
  dialects: Dialect[];
  plugins: PluginEntry[];
  /** Address to which a note's path in the site's folder is added, for a link with which to change it. */
  edit: string | undefined;
  /** Readers can search the notes. */
  search: boolean;
  /** Pages that were read can be read again without a network. */
  offline: boolean;
  /** Bibliography files, from the site's folder; undefined: `posts/papers.bib`, if there is one. */
  bibliography: string[] | undefined;
  /** Variables of the style sheet that the site sets. */
  theme: ThemeTokens & { dark?: ThemeTokens };
  /** What follows is off unless it is set. */
  comments: Comments | undefined;
  analytics: Analytics | undefined;
  licence: Licence | undefined;
  /** A box below each note that says how to cite it. */
  citation: boolean;
  /** Every note as Markdown beside its page, and `llms.txt`. */
  markdown: boolean;
  og: { image?: string; images?: boolean };
}

/** @returns the address, or `undefined` when it is no http address or holds more than origin and path */
export function parseAddress(value: string): string | undefined {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.username || url.search || url.hash ? undefined : value;
}

/** @returns the address of a site, or `undefined` when it is none, or its path is no base path */
export function parseOrigin(value: string): string | undefined {
  const address = parseAddress(value);
  return address !== undefined && baseOf(address) !== undefined ? address : undefined;
}

/** @returns the base path that an address ends in */
function baseOf(address: string): string | undefined {
  try {
    return parseBase(decodeURI(new URL(address).pathname));
  } catch {
    // A `%` that encodes nothing.
    return undefined;
  }
}

const origin: Kind<string> = {
  expected: 'an address such as https://example.org or https://example.org/notes/',
  json: { type: 'string', pattern: '^https?://' },
  read: (yaml) => {
    const value = text.read(yaml);
    return value === undefined ? undefined : parseOrigin(value);
  },
};

/** `/notes/`; slashes at the ends are added. */
const basePath: Kind<string> = {
  expected: 'a path such as /notes/',
  json: { type: 'string' },
  read: (yaml) => {
    const value = text.read(yaml);
    return value === undefined ? undefined : parseBase(value);
  },
};

/** @returns the base path with `/` at both ends, or `undefined` when it is none */
export function parseBase(value: string): string | undefined {
  const path = `/${value.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  return /^\/(?:[\p{L}\p{N}\-._~]+\/)*$/u.test(path) && !/\/\.\.?\//.test(path) ? path : undefined;
}

const offset: Kind<string> = {
  expected: 'an offset such as +08:00, or Asia/Shanghai, or UTC',
  json: { type: 'string' },
  read: (yaml) => {
    const value = text.read(yaml);
    if (value === undefined) return undefined;
    if (value === 'Z' || /^(?:etc\/)?(?:utc|gmt)$/i.test(value)) return 'Z';
    if (/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(value)) return value;
    return FIXED_ZONES[value.toLowerCase()];
  },
};

/** Zones without daylight saving time: their names are as good as an offset. */
const FIXED_ZONES: Record<string, string> = table({
  'asia/shanghai': '+08:00',
  'asia/chongqing': '+08:00',
  'asia/hong_kong': '+08:00',
  'asia/macau': '+08:00',
  'asia/taipei': '+08:00',
  'asia/singapore': '+08:00',
  'asia/tokyo': '+09:00',
  'asia/seoul': '+09:00',
  'asia/kolkata': '+05:30',
});

const permalink: Kind<string> = {
  expected:
    'a pattern such as /posts/:slug/ made of :slug (or :title), :path, :category, :year, :month and :day',
  read: (yaml) => {
    const value = text.read(yaml);
    if (!value?.startsWith('/') || !/:(?:slug|title|path)\b/.test(value)) return undefined;
    const rest = value.replace(/:(?:slug|title|path|category|year|month|day)\b/g, 'x');
    return /^(?:\/[\w\-.]+)+\/?$/.test(rest) && !/\/\.\.?(?:\/|$)/.test(rest) ? value : undefined;
  },
};

const NAV_ADDRESS = 'an address that begins with / (of this site), http:// or https://';

const nav: Kind<NavLink[]> = {
  expected: 'a list such as “- 标签: /tags/”',
  json: { type: 'array', items: { type: 'object' } },
  read: (yaml, report) => {
    if (yaml.kind !== 'list') return undefined;
    const out: NavLink[] = [];
    for (const item of yaml.items) {
      const entry = item.kind === 'map' && item.entries.length === 1 ? item.entries[0]! : undefined;
      const to = entry && text.read(entry.value);
      if (!to) return undefined;
      if (/^(?:\/(?!\/)|https?:\/\/)/.test(to)) out.push({ label: entry.key, to, place: entry.value.span });
      else report?.wrongType(entry.key, NAV_ADDRESS, describe(entry.value), entry.value.span);
    }
    return out;
  },
};

const macros: Kind<Record<string, string>> = {
  expected: 'a group of macros and what they stand for',
  json: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
  read: (yaml, report = SILENT) => (yaml.kind === 'map' ? macrosOf(yaml, report) : undefined),
};

const mathOptions = group({
  macros: { kind: macros, doc: 'KaTeX macros for all notes.' },
  output: {
    kind: oneOf(...MATH_OUTPUTS),
    doc: 'What formulas are printed as. Default: `htmlAndMathml`.',
  },
});

const dialectList: Kind<Dialect[]> = {
  expected: 'a list of hexo, obsidian and hugo',
  read: (yaml) => {
    const names = texts.read(yaml);
    return names?.every((n) => DIALECTS.includes(n as Dialect))
      ? DIALECTS.filter((d) => names.includes(d))
      : undefined;
  },
};

/** An entry of `plugins:` that is more than a name. */
const plugin = group({
  use: { kind: text, doc: 'Name of an npm package, or path of a file of the site.' },
  at: { kind: oneOf('remark', 'rehype'), doc: 'Which tree it works on.' },
  options: {
    kind: { expected: 'anything', read: (yaml) => ({ value: data(yaml) }) },
    doc: 'What it is given.',
  },
  trusted: { kind: flag, doc: 'What it prints is not sanitised.' },
});

const plugins: Kind<PluginEntry[]> = {
  expected:
    'a list of packages or files, each by its name or as a group of “use”, “at”, “options” and “trusted”',
  read: (yaml, report) => {
    if (yaml.kind !== 'list') return undefined;
    const out: PluginEntry[] = [];
    for (const item of yaml.items) {
      const { use, at, options, trusted = false } = plugin.read(item, report) ?? { use: text.read(item) };
      if (!use) return undefined;
      const tree = at ?? (/(?:^|[/-])rehype-/.test(use) ? 'rehype' : 'remark');
      out.push({ use, at: tree, trusted, options: options?.value });
    }
    return out;
  },
};

/** YAML as the values it means: numbers and booleans are no text to a plugin. */
function data(yaml: Yaml): unknown {
  if (yaml.kind === 'scalar') return yaml.value;
  if (yaml.kind === 'list') return yaml.items.map(data);
  return Object.fromEntries(yaml.entries.map((e) => [e.key, data(e.value)]));
}

/** `https://github.com/me/notes/edit/main/`; the slash at the end is added. */
const editAddress: Kind<string> = {
  expected: 'an address such as https://github.com/me/notes/edit/main/',
  json: { type: 'string', pattern: '^https?://' },
  read: (yaml) => {
    const value = text.read(yaml);
    const whole = value !== undefined && parseAddress(value);
    return whole ? whole.replace(/\/*$/, '/') : undefined;
  },
};

/** Every key of `postil.yml`, with its documentation. */
export const CONFIG_FIELDS = {
  title: { kind: text, doc: 'Title of the site. Default: `Postil`.' },
  description: { kind: text, doc: 'One sentence about the site, for feeds and search engines.' },
  url: {
    kind: origin,
    doc: 'Address of the site: `https://example.org`. A path in it is the base path, unless `base` says another. `public/CNAME` gives it too.',
  },
  base: { kind: basePath, doc: 'Path below which the site lies: `/notes/`. Default: `/`. `--base` wins.' },
  author: { kind: text, doc: 'Author of the site, for feeds.' },
  lang: {
    // Which languages there are words for is known when the site's own templates are.
    kind: language,
    doc: 'Language of the interface and of notes that say nothing: `zh-CN` (default), `en`, or one for which the site has a file of words (docs/themes.md).',
  },
  timezone: {
    kind: offset,
    doc: 'Offset for dates that have none: `+08:00` (default), `Z`, or a zone without daylight saving time such as `Asia/Shanghai`.',
  },
  permalink: {
    kind: permalink,
    doc: 'Pattern of notes’ addresses. Default: `/posts/:slug/`. Also `:path`, `:category`, `:year`, `:month`, `:day`.',
  },
  nav: { kind: nav, doc: 'Links of the bar: a list of `label: /address/`.' },
  publish: {
    kind: oneOf('all', 'explicit'),
    doc: '`explicit` publishes only notes with `publish: true`. Default: `all`.',
  },
  perPage: { kind: integer, doc: 'Notes on one index page. Default: 10.' },
  math: {
    kind: mathOptions,
    doc: '`macros:` KaTeX macros for all notes, for example `\\R: \\mathbb{R}`; where ` #1` stands in one, it needs quotes. `output:` what formulas are printed as: `htmlAndMathml` (default), or `mathml` alone, which the browser draws; see docs/markdown.md.',
  },
  bibliography: {
    kind: texts,
    doc: 'BibTeX files, from the site’s folder: `refs/zotero.bib`, or a list. Default: `posts/papers.bib`.',
  },
  dialects: {
    kind: dialectList,
    doc: 'Other tools whose syntax notes may use: a list of `hexo`, `obsidian`, `hugo`. Default: `[obsidian]`.',
  },
  plugins: {
    kind: plugins,
    doc: 'remark and rehype plugins: a list of npm packages or files of the site, with `use`, `at` (`remark` or `rehype`), `options` and `trusted`. See docs/plugins.md.',
  },
  edit: {
    kind: editAddress,
    doc: 'Where the source of a note can be changed: `https://github.com/me/notes/edit/main/`. Every note then ends with a link there.',
  },
  search: {
    kind: flag,
    doc: 'Readers can search the notes. Default: `true`. With `false` there is no index, no page and no button for it.',
  },
  offline: {
    kind: flag,
    doc: 'Pages that were read can be read again without a network, by a service worker. Default: `true`. With `false` the worker that readers still have is taken away.',
  },
  theme: {
    kind: theme,
    doc: 'Colours, fonts and width of the text: variables of the style sheet, those of the dark in `dark:`. See docs/themes.md.',
  },
  comments: {
    kind: comments,
    doc: 'Discussions of GitHub below notes, through giscus; loaded only when a reader asks for them. The ids may be called `repo-id` and `category-id`. `comments: false` in a note turns them off there. Default: none.',
  },
  analytics: {
    kind: analytics,
    doc: 'Counts views without cookies: `{ goatcounter: code }`, `{ plausible: example.org }` or `{ umami: id }`. No script of theirs is loaded. Default: none.',
  },
  licence: {
    kind: licence,
    aliases: ['license'],
    doc: 'Licence of the notes, named below each: `CC-BY-4.0`, or `{ name: …, url: … }`. Default: none.',
  },
  citation: {
    kind: flag,
    doc: 'A box below each note that says how to cite it, with BibTeX. Default: `false`.',
  },
  markdown: {
    kind: flag,
    doc: 'Every note as Markdown at `<its address>index.md`, without comments, and `llms.txt`, which lists them. Default: `false`.',
  },
  og: {
    kind: og,
    doc: 'Pictures that other sites show beside a link: `image: og.png` (a file of `public/`) for the whole site, `images: true` for one a note, with its title, where the note has no `cover`. Default: a plain one.',
  },
} as const satisfies Record<string, Field<unknown>>;

/** @returns the one domain that `public/CNAME` says, or what is wrong with it: GitHub takes nothing else */
function readCname(text: string): string | Diagnostic {
  const words = [...text.matchAll(/\S+/g)];
  const isBare = (word: string) => /^[a-z\d.-]+$/i.test(word) && URL.canParse(`https://${word}/`);
  const wrong = words.find(([word]) => !isBare(word)) ?? words[1];
  if (words.length === 1 && !wrong) return words[0]![0];
  const [said = ''] = wrong ?? [];
  const at: At = {
    file: 'public/CNAME',
    text,
    ...placeAt(text, wrong?.index ?? 0),
    length: Math.max(1, said.length),
  };
  const first = words[0]?.[0] ?? '';
  const address = /^[a-z]+:\/\//i.test(first) ? first : `https://${first}`;
  return configCname(at, said, URL.canParse(address) ? new URL(address).hostname : undefined);
}

/**
 * Reads the configuration.
 *
 * @param yml contents of `postil.yml`, or `undefined` when there is none
 * @param cname contents of `public/CNAME`, or `undefined`
 * @param over address and base path from the command line; they win
 * @returns the configuration and what is wrong with it; on errors the configuration holds the defaults
 */
export function readConfig(
  yml: string | undefined,
  cname: string | undefined,
  over: { url?: string | undefined; base?: string | undefined } = {},
): { config: Config; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const source = (yml ?? '').replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  const here = (span: Span): At => ({
    file: CONFIG_FILE,
    text: source,
    line: span.line,
    column: span.column,
    length: span.length,
  });
  // What a reader of UTF-8 puts in place of bytes that are none.
  const lost = source.indexOf('\uFFFD');
  if (lost !== -1) {
    const before = source.slice(0, lost);
    const at = { file: CONFIG_FILE, ...placeAt(source, lost) };
    diagnostics.push(notUtf8(at, Buffer.byteLength(before)));
  }
  // Nothing that such a text says would be worth a message.
  const { root, errors } = parseYaml(lost === -1 ? source : '');
  for (const e of errors) diagnostics.push(configYaml(here(e.span), e.message, e.hint));
  let map: Extract<Yaml, { kind: 'map' }> = {
    kind: 'map',
    entries: [],
    span: { line: 1, column: 1, length: 1 },
  };
  if (root?.kind === 'map') map = root;
  else if (root)
    diagnostics.push(configType(here(root.span), CONFIG_FILE, '“key: value” lines', describe(root)));

  const v = readFields(CONFIG_FIELDS, map, {
    wrongType: (name, expected, found, span, near) =>
      diagnostics.push(configType(here(span), name, expected, found, near)),
    conflict: (used, ignored, span) =>
      diagnostics.push(configConflict(here(span), `“${used}”`, `“${ignored}”`)),
    unknown: (name, span, known = Object.keys(CONFIG_FIELDS)) =>
      diagnostics.push(configUnknown(here(span), name, suggest(name, known))),
  });
  if (v.perPage !== undefined && (v.perPage < 1 || v.perPage > 1000)) {
    diagnostics.push(
      configType(here(v.spans.get('perPage')!), 'perPage', 'between 1 and 1000', String(v.perPage)),
    );
  }

  const path = v.url === undefined ? '/' : baseOf(v.url);
  if (v.base !== undefined && path !== '/' && path !== v.base)
    diagnostics.push(configConflict(here(v.spans.get('url')!), '“base”', 'the path of “url”'));
  const domain = cname === undefined ? undefined : readCname(cname.replace(/^\uFEFF/, ''));
  if (typeof domain === 'object') diagnostics.push(domain);
  const given = over.url ?? (typeof domain === 'string' ? `https://${domain}/` : v.url);
  const url = given === undefined ? undefined : new URL(given);
  if (!url && diagnostics.length === 0) {
    diagnostics.push(configNoUrl(yml === undefined ? {} : { file: CONFIG_FILE }));
  }
  const config: Config = {
    title: v.title ?? 'Postil',
    description: v.description ?? '',
    origin: url?.origin,
    base:
      over.base ??
      (over.url ? undefined : v.base) ??
      (given === undefined ? undefined : baseOf(given)) ??
      '/',
    author: v.author ?? '',
    lang: v.lang ?? 'zh-CN',
    timezone: v.timezone ?? '+08:00',
    permalink: v.permalink ?? '/posts/:slug/',
    nav: v.nav,
    publish: v.publish ?? 'all',
    perPage: Math.min(1000, Math.max(1, v.perPage ?? 10)),
    math: { macros: v.math?.macros ?? {}, output: v.math?.output ?? 'htmlAndMathml' },
    dialects: v.dialects ?? ['obsidian'],
    plugins: v.plugins ?? [],
    edit: v.edit,
    search: v.search ?? true,
    offline: v.offline ?? true,
    bibliography: v.bibliography,
    theme: v.theme ?? {},
    comments: v.comments,
    analytics: v.analytics,
    licence: v.licence,
    citation: v.citation ?? false,
    markdown: v.markdown ?? false,
    og: v.og ?? {},
  };
  return { config, diagnostics };
}
