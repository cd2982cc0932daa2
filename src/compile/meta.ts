/** Front matter under its canonical names. The names and aliases are those that notes bring along from other tools. */

import type { At } from '../diagnostics/messages/define.ts';
import {
  addressElsewhere,
  frontMatterConflict,
  frontMatterControl,
  frontMatterDirection,
  frontMatterPassword,
  frontMatterPrivate,
  frontMatterType,
  frontMatterUnknown,
  slugInvalid,
} from '../diagnostics/messages.ts';
import { editDistance } from '../diagnostics/suggest.ts';
import { arxivId, bareDoi } from '../identifiers.ts';
import {
  type Diagnostic,
  type Meta,
  type NoteIndex,
  type Paper,
  type PaperKind,
  RELATION_KINDS,
  type Result,
} from '../model.ts';
import { isAddress, isSegment, noteUrl, parseUrl, tagPath, unlinked } from '../paths.ts';
import {
  describe,
  type Fields,
  flag,
  integer,
  type Kind,
  language,
  macrosOf,
  oneOf,
  readFields,
  type SchemaReport,
  text,
  texts,
} from '../schema.ts';
import type { Span, Yaml } from '../yaml.ts';
import { date } from './dates.ts';

/** A name, or a path of names, and where it stands. */
interface Placed<T> {
  name: T;
  place: Span;
}

const tagNamed = (text: string) => unlinked(text.trim()).replace(/^#/, '');

/** Tags: a list, or one text in which commas separate (Jekyll also separates by blanks; Chinese tags do not need it). */
const tagList: Kind<Placed<string>[]> = {
  expected: texts.expected,
  json: texts.json!,
  read: (yaml) => {
    const list = texts.read(yaml);
    const split = yaml.kind === 'scalar' ? list?.flatMap((t) => t.split(/[,，、]/)) : list;
    const placeOf = (i: number) => (yaml.kind === 'list' ? yaml.items[i]! : yaml).span;
    const tags = split?.map((t, i) => ({ name: tagNamed(t), place: placeOf(i) }));
    const seen = new Set(['']);
    return tags?.filter(({ name }) => !seen.has(name) && seen.add(name));
  },
};

/** Other names and old addresses. */
const aliasList: Kind<Placed<string>[]> = {
  expected: texts.expected,
  json: texts.json!,
  read: (yaml) =>
    texts
      .read(yaml)
      ?.map((name, i) => ({ name, place: (yaml.kind === 'list' ? yaml.items[i]! : yaml).span })),
};

/** Hexo's rules: `[A, B]` is one path A/B; a list of lists is many paths; `A/B` is a path too. */
const categoryList: Kind<Placed<string[]>[]> = {
  expected: 'a category, a path of categories, or a list of paths',
  json: { oneOf: [{ type: 'string' }, { type: 'array' }] },
  read: (yaml) => {
    const many = yaml.kind === 'list' && yaml.items.some((i) => i.kind === 'list');
    const items = many ? yaml.items : [yaml];
    const paths = items.map((i) => manyNamed.read(i));
    if (!paths.every((p) => p !== undefined)) return undefined;
    const split = paths.map((path, i) => ({ name: path.flatMap(tagPath), place: items[i]!.span }));
    return split.filter(
      ({ name }, i) => name.length > 0 && split.findIndex((p) => p.name.join('/') === name.join('/')) === i,
    );
  },
};

/** A name without what is written around it. */
const bare = (of: (text: string) => string): Kind<string> => ({
  ...text,
  read: (yaml) => {
    const value = text.read(yaml);
    return value === undefined ? undefined : of(value);
  },
});

/** What is named: a note, a paper, a file, a series. */
const named: Kind<string> = bare(unlinked);
const manyNamed: Kind<string[]> = { ...texts, read: (yaml) => texts.read(yaml)?.map(unlinked) };

/** The cover's address; PaperMod writes `cover: {image: a.png, alt: …}`. */
const coverImage: Kind<string> = {
  expected: 'the path of a picture',
  json: { oneOf: [{ type: 'string' }, { type: 'object' }] },
  read: (yaml) => named.read(yaml.kind === 'map' ? (entryOf(yaml, 'image') ?? yaml) : yaml),
};

/** Butterfly's `top_img: false` and `cover: false`: no picture there; and a colour instead of one. */
const noPicture = (_: string, value: Yaml) =>
  value.kind === 'scalar' &&
  (value.value === false ||
    /^(?:(?:linear|radial|conic)-gradient\(|#[0-9a-f]{3,8}$|rgba?\()/i.test(value.text));

/** On or off; al-folio's `toc: {sidebar: left}` says where, which means on. */
const shown: Kind<boolean> = {
  expected: flag.expected,
  json: { oneOf: [{ type: 'boolean' }, { type: 'object' }] },
  read: (yaml) => (yaml.kind === 'map' ? true : flag.read(yaml)),
};

/** @param key in small letters */
const entryOf = (map: Extract<Yaml, { kind: 'map' }>, key: string) =>
  map.entries.find((e) => e.key.toLowerCase() === key)?.value;

const address: Kind<string> = {
  expected: 'an http or https address',
  json: { type: 'string', pattern: '^https?://' },
  read: (yaml) => {
    const value = text.read(yaml);
    return value !== undefined && /^https?:\/\/[^\s"<>\\]+$/i.test(value) ? value : undefined;
  },
};

/** The fields of `paper:`. */
export const PAPER_FIELDS = {
  key: { kind: text, doc: 'Citation key.' },
  title: { kind: text, doc: 'Title of the paper.' },
  authors: { kind: texts, aliases: ['author'], doc: 'Authors, in order.' },
  venue: {
    kind: text,
    aliases: ['journal', 'conference'],
    doc: 'Conference or journal; the other two names say which it is, of a `venue` its own name tells.',
  },
  year: { kind: integer, doc: 'Year of publication.' },
  arxiv: { kind: bare(arxivId), doc: 'arXiv id or address, in quotes or not: `2005.12872`.' },
  doi: { kind: bare(bareDoi), doc: 'DOI, with or without `https://doi.org/`.' },
  code: { kind: address, doc: 'Address of the code.' },
  pdf: { kind: address, doc: 'Address of the PDF.' },
  url: { kind: address, doc: 'Address of the paper’s own page.' },
} as const;

/** What a paper was published as, where the name under which its venue stands says so. */
function kindSaid(
  item: Extract<Yaml, { kind: 'map' }>,
  { venue, arxiv }: Pick<Paper, 'venue' | 'arxiv'>,
): PaperKind | undefined {
  if (venue === undefined) return undefined;
  const names = item.entries.filter((e) => text.read(e.value) === venue).map((e) => e.key.toLowerCase());
  if (!names.includes('journal')) return names.includes('conference') ? 'proceedings' : undefined;
  // Many a tool gives a preprint a journal called arXiv.
  if (/^arxiv\b/i.test(venue) && arxiv) return 'preprint';
  return /^arxiv$/i.test(venue) ? undefined : 'article';
}

/** The fields of an entry of `results:`. */
export const RESULT_FIELDS = {
  dataset: { kind: text, doc: 'Data set and split: `COCO val2017`.' },
  metric: { kind: text, doc: 'Metric: `box AP`.' },
  value: { kind: text, doc: 'The number, as printed.' },
  backbone: { kind: text, doc: 'Backbone.' },
  setting: { kind: text, doc: 'What else matters: epochs, input size.' },
  source: { kind: text, doc: 'Where the number stands: `DETR, Tab. 1`.' },
} as const;

const maps: Kind<Extract<Yaml, { kind: 'map' }>[]> = {
  expected: 'a group of fields, or a list of such groups',
  json: { type: ['object', 'array'] },
  read: (yaml) => {
    const items = yaml.kind === 'list' ? yaml.items : [yaml];
    return items.every((i) => i.kind === 'map') ? items : undefined;
  },
};

const anything: Kind<Yaml> = { expected: 'anything', read: (yaml) => yaml };

const fieldGroup: Kind<Extract<Yaml, { kind: 'map' }>> = {
  expected: 'a group of fields',
  json: { type: 'object' },
  read: (yaml) => (yaml.kind === 'map' ? yaml : undefined),
};

const startsWith = (value: Yaml, pattern: RegExp) => value.kind === 'scalar' && pattern.test(value.text);

/*
 * What notes bring along from vaults under names that mean something else here. A value that may be a slip is none of
 * these, and neither `draft` nor `publish` passes over anything but a day: what keeps a note out is never guessed.
 */

/** A link, or a list of them, where no name is wanted. */
const isLink = (value: Yaml): boolean =>
  value.kind === 'list'
    ? value.items.length > 0 && value.items.every(isLink)
    : startsWith(value, /^!?\[\[[^[\]]+\]\]$/);

/** A text that is none of some words, nor nearly. */
const isOther = (value: Yaml, words: readonly string[]) =>
  value.kind === 'scalar' &&
  typeof value.value === 'string' &&
  words.every((word) => editDistance(value.text.toLowerCase(), word, 1) > 1);

/** A remark where true or false is wanted. */
const isRemark = (_: string, value: Yaml) =>
  isLink(value) ||
  isOther(value, ['true', 'false', 'yes', 'no', 'on', 'off', 'none', 'disabled', '否', '关闭']);

/** What somebody weighed: `72.5 kg`, `high`. */
const isMeasure = (name: string, value: Yaml) =>
  isLink(value) ||
  (name === 'weight' &&
    value.kind === 'scalar' &&
    (typeof value.value === 'string' || typeof value.value === 'number') &&
    !/^[-+]?\d+$/.test(value.text));

/** When a thing came out: a day, a month or a year, in digits or with an English month, or a link to its note. */
const isDay = (value: Yaml) =>
  value.kind === 'scalar' &&
  /^(?:\d{4}-\d\d|(?=(?:.*\D)?\d{4}(?!\d))(?:\d(?:st|nd|rd|th)?|[\s,./年月日-]|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?)+$)/i.test(
    unlinked(value.text.trim()),
  );

/** What is no address on the site, under names that other tools give to other things. */
function isElsewhere(name: string, value: Yaml, report: SchemaReport): boolean {
  if (name === 'permalink' || (value.kind === 'scalar' && value.value === null)) return false;
  if (name === 'url' && startsWith(value, /^https?:\/\//)) return true;
  if (value.kind === 'scalar' && noteUrl(value.text.trim(), name) !== undefined) return false;
  report.passedOver?.(name, describe(value), value.span);
  return true;
}

const linked = (_: string, value: Yaml) => isLink(value);

const TYPES = ['note', 'page', 'tag'] as const;

/** The table of front matter: names, aliases, kinds, documentation. */
export const META_FIELDS = {
  title: {
    kind: text,
    doc: 'Title; else the first `# heading`, else the file name, with a date that is in front of it.',
  },
  type: {
    kind: oneOf(...TYPES),
    foreign: (_: string, value: Yaml) =>
      value.kind !== 'scalar' || isLink(value) || isOther(value, TYPES) || /^posts?$/.test(value.text),
    doc: '`page` stands at its own path, outside index and feeds; `tag` introduces the tag of its title. A list, a `[[link]]` or another word is another tool’s.',
  },
  slug: {
    kind: text,
    aliases: ['abbrlink'],
    doc: 'Last part of the address; else from the file name, without a date and a hyphen in front of it (`2021-09-07-title.md`).',
  },
  permalink: {
    kind: text,
    aliases: ['url', 'path'],
    foreign: isElsewhere,
    doc: 'Whole address, instead of the site’s pattern. A `url` on another site says where a clipping is from; any other `url` or `path` that is no address here is passed over with a warning.',
  },
  date: {
    kind: date,
    aliases: ['created', 'pubDatetime', 'pubDate'],
    doc: 'When it was read: `2021-09-07` or `2021-09-07 22:00:00`; else the date in front of the file name (`2021-09-07-title.md`, `2021-09-07 Title.md`, `2021-09-07.md`).',
  },
  updated: {
    kind: date,
    aliases: ['lastmod', 'last_modified_at', 'modified', 'last-modified', 'modDatetime'],
    doc: 'Last change of substance.',
  },
  draft: { kind: flag, doc: '`true` keeps the note out of the site.' },
  publish: {
    kind: flag,
    aliases: ['published'],
    foreign: (name: string, value: Yaml) => name === 'published' && isDay(value),
    doc: '`false` keeps the note out; `true` lets it in under `publish: explicit`. A day, a month or a year in `published` is another tool’s.',
  },
  tags: { kind: tagList, aliases: ['tag', 'keywords'], doc: 'A list of tags.' },
  categories: {
    kind: categoryList,
    aliases: ['category'],
    doc: 'A path of categories, or a list of paths (Hexo’s rules).',
  },
  description: {
    kind: text,
    aliases: ['summary', 'excerpt', 'abstract'],
    doc: 'The note’s own claim in one sentence; stands under the title.',
  },
  aliases: {
    kind: aliasList,
    aliases: ['alias', 'redirect_from'],
    doc: 'Other names for links; with a `/` in it, an old address.',
  },
  cover: {
    kind: coverImage,
    aliases: ['image', 'img', 'socialImage', 'ogImage', 'thumbnail', 'top_img'],
    foreign: noPicture,
    doc: 'A picture of the note, in `posts/` or `public/`: stands beside it in lists. One of another host is left out.',
  },
  sticky: {
    kind: integer,
    aliases: ['top', 'weight'],
    foreign: isMeasure,
    doc: 'Notes with a higher number come first on the index.',
  },
  series: { kind: named, doc: 'Name of the series the note belongs to.' },
  toc: {
    kind: shown,
    aliases: ['enableToc', 'ShowToc'],
    foreign: isRemark,
    doc: '`false` leaves the table of contents out.',
  },
  comments: {
    kind: flag,
    aliases: ['giscus_comments'],
    foreign: isRemark,
    doc: '`false` leaves comments out, where the site has them.',
  },
  lang: {
    kind: language,
    aliases: ['language'],
    foreign: (name: string, value: Yaml) =>
      isLink(value) || (name === 'language' && language.read(value) === undefined),
    doc: 'Language of the note when it is not the site’s: `en`. A `language` by its name is another tool’s.',
  },
  cssclasses: {
    kind: texts,
    aliases: ['cssclass'],
    doc: 'Classes for the note’s article, of letters of English, digits, `-` and `_`. For the style sheet each has `css-` in front, so that none is one of Postil’s own: `wide` is `.css-wide`.',
  },
  depth: {
    kind: text,
    aliases: ['status'],
    foreign: (name: string, value: Yaml) => name === 'status' && value.kind === 'list',
    doc: 'How closely it was read: `精读` or `略读`.',
  },
  paper: {
    kind: maps,
    aliases: ['papers'],
    foreign: linked,
    doc: 'The paper that is read, or a list of them.',
  },
  results: { kind: maps, foreign: linked, doc: 'Numbers that the note reports.' },
  'builds-on': { kind: manyNamed, doc: 'Notes or papers that this one builds on.' },
  compares: { kind: manyNamed, doc: 'Notes or papers that it compares itself with.' },
  uses: { kind: manyNamed, doc: 'Notes or papers that it uses.' },
  refutes: { kind: manyNamed, doc: 'Notes or papers that it refutes.' },
  improves: { kind: manyNamed, doc: 'Notes or papers that it improves.' },
  translationOf: { kind: named, doc: 'Slug of the note that this one translates.' },
  macros: {
    kind: fieldGroup,
    doc: "KaTeX macros of this note: `\\R: \\mathbb{R}`. Where ` #1` stands in one, it needs quotes (`'…'`): to YAML, that begins a comment. In double quotes, YAML takes two backslashes for one.",
  },
  password: { kind: anything, doc: 'Refused: a published page cannot be secret.' },
} as const;

/** Fields of other tools that mean nothing here and are no misspelling either. */
const IGNORED = new Set([
  'layout',
  'math',
  'katex',
  'mathjax',
  'mermaid',
  'id',
  'uid',
  'top_img',
  'copyright',
  'author',
  'authors',
  'cssclass',
  'tagline',
  'icon',
  'order',
  'outline',
  'sidebar',
  'noindex',
  'hidden',
  'highlight',
  'status',
  'rating',
  'source',
  'texts',
]);

export interface ReadMeta {
  meta: Omit<Meta, 'title'> & { title: string | undefined };
  macros: Record<string, string>;
  namePlaces: NoteIndex['namePlaces'];
  diagnostics: Diagnostic[];
}

/**
 * Validates front matter.
 *
 * @param fields the YAML map, or `undefined` for a note without front matter
 * @param at file and text for messages
 */
export function readMeta(fields: Extract<Yaml, { kind: 'map' }> | undefined, at: At): ReadMeta {
  const diagnostics: Diagnostic[] = [];
  const here = (span: Span): At => ({ ...at, line: span.line, column: span.column, length: span.length });
  const typed = ({ line, column }: Span) => at.text?.split('\n')[line - 1]?.slice(column - 1) ?? '';
  const report = {
    wrongType: (name: string, expected: string, found: string, span: Span) => {
      const placeholder = /^\{\{.*?\}\}/.exec(typed(span))?.[0];
      const what = placeholder ? `the placeholder “${placeholder}” of a template` : found;
      diagnostics.push(frontMatterType(here(span), name, expected, what));
    },
    conflict: (used: string, ignored: string, span: Span) =>
      void diagnostics.push(frontMatterConflict(here(span), used, ignored)),
    passedOver: (name: string, found: string, span: Span) =>
      void diagnostics.push(addressElsewhere(here(span), name, found)),
    unknown: (name: string, span: Span) => {
      if (IGNORED.has(name.toLowerCase())) return;
      const near = nearest(name, META_FIELDS);
      if (!near) return;
      const value = map.entries.find((e) => e.keySpan === span)?.value;
      const said = keepsOut(name, near, value) ? frontMatterPrivate : frontMatterUnknown;
      diagnostics.push(said(here(span), name, near));
    },
  };
  const within = (table: Fields) => ({
    ...report,
    unknown: (name: string, span: Span) => {
      const near = nearest(name, table);
      if (near) diagnostics.push(frontMatterUnknown(here(span), name, near));
    },
  });
  const map = fields ?? { kind: 'map' as const, entries: [], span: { line: 1, column: 1, length: 1 } };
  checkControls(map, '', (field, code, span) =>
    diagnostics.push(
      (DIRECTION.test(code) ? frontMatterDirection : frontMatterControl)(here(span), field, code),
    ),
  );
  const v: Mutable<ReturnType<typeof readFields<typeof META_FIELDS>>> = readFields(
    META_FIELDS,
    map,
    report,
    true,
  );
  const spanOf = (name: string) => v.spans.get(name) ?? map.span;

  if (v.password !== undefined) diagnostics.push(frontMatterPassword(here(spanOf('password'))));
  if (v.slug !== undefined && !isSegment(v.slug)) {
    diagnostics.push(slugInvalid(here(spanOf('slug')), 'slug', v.slug));
    delete v.slug;
  }
  if (v.permalink !== undefined && noteUrl(v.permalink, 'permalink') === undefined) {
    diagnostics.push(slugInvalid(here(spanOf('permalink')), 'permalink', v.permalink));
    delete v.permalink;
  }
  for (const { name, place } of v.aliases ?? [])
    if (isAddress(name) && parseUrl(name) === undefined)
      diagnostics.push(slugInvalid(here(place), 'alias', name));

  const papers: Paper[] = [];
  for (const item of v.paper ?? []) {
    const p = readFields(PAPER_FIELDS, item, within(PAPER_FIELDS), true);
    if (p.title === undefined) {
      diagnostics.push(frontMatterType(here(item.span), 'paper', 'given a title', 'without one'));
      continue;
    }
    const { spans: _, title, authors, ...rest } = p;
    const kind = kindSaid(item, p);
    papers.push({ title, authors: authors ?? [], ...rest, ...(kind && { kind }) } as Paper);
  }
  const results: Result[] = [];
  for (const item of v.results ?? []) {
    const r = readFields(RESULT_FIELDS, item, within(RESULT_FIELDS), true);
    const { dataset, metric, value } = r;
    if (!dataset || !metric || value === undefined) {
      const missing = Object.entries({ dataset, metric, value }).flatMap(([name, v]) => (v ? [] : [name]));
      diagnostics.push(
        frontMatterType(
          here(item.span),
          'results',
          'given a dataset, a metric and a value',
          `without ${missing.join(' and ')}`,
        ),
      );
      continue;
    }
    const { spans: _, ...rest } = r;
    results.push(rest as Result);
  }

  const macros = v.macros ? macrosOf(v.macros, report) : {};

  const aliases = (v.aliases ?? []).filter((a) => a.name !== '');
  // The keys stay in one order, so that the same note gives the same bytes in the store.
  const meta: ReadMeta['meta'] = {
    title: v.title,
    type: v.type ?? 'note',
    publish: v.draft === true || v.publish === false ? 'no' : v.publish === true ? 'yes' : 'unset',
    ...(v.slug !== undefined && { slug: v.slug }),
    ...(v.permalink !== undefined && { permalink: v.permalink }),
    ...(v.date && { date: v.date }),
    ...(v.updated && { updated: v.updated }),
    ...(v.description && { description: v.description }),
    tags: v.tags?.map((t) => t.name) ?? [],
    categories: v.categories?.map((c) => c.name) ?? [],
    aliases: aliases.map((a) => a.name),
    ...(v.series && { series: v.series }),
    ...(v.depth && { depth: v.depth }),
    ...(v.cover && { cover: { target: v.cover, place: v.spans.get('cover')! } }),
    ...(v.lang && { lang: v.lang }),
    sticky: v.sticky ?? 0,
    toc: v.toc ?? true,
    comments: v.comments ?? true,
    cssclasses: (v.cssclasses ?? []).filter((c) => /^[\w-]+$/.test(c)),
    papers,
    results,
    relations: RELATION_KINDS.flatMap((kind) => {
      const place = v.spans.get(kind) ?? { line: 1, column: 1, length: 1 };
      return (v[kind] ?? []).map((target) => ({ kind, target, place }));
    }),
    ...(v.translationOf && {
      translationOf: { target: v.translationOf, place: v.spans.get('translationOf')! },
    }),
  };
  const namePlaces = {
    tags: v.tags?.map((t) => t.place) ?? [],
    categories: v.categories?.map((c) => c.place) ?? [],
    aliases: aliases.map((a) => a.place),
  };
  return { meta, macros, namePlaces, diagnostics };
}

/**
 * @param fields the front matter of `text`
 * @returns where it names a tag, without quotes, `#` and brackets; nothing when it does not, or with escapes
 */
export function placeOfTag(
  fields: Extract<Yaml, { kind: 'map' }> | undefined,
  text: string,
  tag: string,
): Span | undefined {
  const lines = text.split('\n');
  for (const name of ['tags', ...META_FIELDS.tags.aliases]) {
    const value = fields && entryOf(fields, name);
    for (const { span } of value?.kind === 'list' ? value.items : value ? [value] : []) {
      const source = lines[span.line - 1]!.slice(span.column - 1, span.column - 1 + span.length);
      const quote = /^["']/.test(source) ? 1 : 0;
      const inner = source.slice(quote, source.length - quote);
      for (const part of inner.matchAll(value!.kind === 'list' ? /.+/g : /[^,，、]+/g)) {
        const start = /^\s*(?:#|!?\[\[\s*)?/.exec(part[0])![0].length;
        if (tagNamed(part[0]) !== tag) continue;
        return { line: span.line, column: span.column + quote + part.index + start, length: tag.length };
      }
    }
  }
  return undefined;
}

/** @returns the name of a field that is so near to another that it was probably meant */
function nearest(name: string, fields: Fields): string | undefined {
  return Object.entries(fields)
    .flatMap(([key, { aliases = [] }]) => [key, ...aliases])
    .find(
      (known) =>
        known.length > 3 &&
        // Two letters of a short word make another word: “pages” is no misspelt “papers”.
        editDistance(name.toLowerCase(), known.toLowerCase(), 2) <= (known.length > 7 ? 2 : 1),
    );
}

/** Words that only look like a misspelt `draft`. */
const NO_DRAFT = /^(?:craft|drift|graft)$/i;

/** Whether a misspelt field was to keep the note out of the site. */
function keepsOut(name: string, near: string, value: Yaml | undefined): boolean {
  if (value?.kind !== 'scalar' || NO_DRAFT.test(name)) return false;
  if (near === 'draft') return /^(?:true|yes|on)$/i.test(value.text);
  return /^publish(?:ed)?$/.test(near) && /^(?:false|no|off)$/i.test(value.text);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Marks that turn the direction of the text after them; written as `U+202E`. */
const DIRECTION = /^U\+20(?:2[A-E]|6[6-9])$/;

/** C0 controls and lone surrogates never mean what was typed; a line break in a block text does. */
function checkControls(
  yaml: Yaml,
  path: string,
  found: (field: string, code: string, span: Span) => void,
): void {
  if (yaml.kind === 'list') for (const item of yaml.items) checkControls(item, path, found);
  else if (yaml.kind === 'map') {
    for (const { key, value } of yaml.entries) checkControls(value, path ? `${path}.${key}` : key, found);
  } else {
    const bad =
      /[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\t|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(
        yaml.text,
      );
    if (bad) found(path, `U+${bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`, yaml.span);
  }
}
