/**
 * Schemas for YAML maps: one table of fields gives the reader, the messages and the documentation.
 * Used for the front matter of notes and for `postil.yml`.
 */

import { suggest } from './diagnostics/suggest.ts';
import { shorten } from './shorten.ts';
import type { Span, Yaml } from './yaml.ts';

/** How a value is read. `expected` completes the sentence "must be …". */
export interface Kind<T> {
  expected: string;
  /**
   * @param report told of faults inside a value that is of this kind: of a group's fields
   * @returns the value, or `undefined` when the YAML is of another kind
   */
  read(yaml: Yaml, report?: SchemaReport): T | undefined;
  /** The same as JSON Schema, for editors; any value when it is not given. */
  json?: object;
  /** Words that are such a value, for "did you mean". */
  words?: Iterable<string>;
}

export interface Field<T> {
  kind: Kind<T>;
  /** Other names with the same meaning, best first. */
  aliases?: readonly string[];
  /**
   * Whether a value is plainly what another tool keeps under this name, as the table has it: it is left alone, as unknown
   * fields are.
   */
  foreign?: (name: string, value: Yaml, report: SchemaReport) => boolean;
  /** One line of documentation (Markdown). */
  doc: string;
}

export type Fields = Record<string, Field<unknown>>;
export type Values<F extends Fields> = { [K in keyof F]?: F[K] extends Field<infer T> ? T : never };

export interface SchemaReport {
  /** @param near words that may have been meant */
  wrongType(name: string, expected: string, found: string, span: Span, near?: string[]): void;
  /** @param known names that are, when they are not those of the whole map */
  unknown(name: string, span: Span, known?: string[]): void;
  conflict(used: string, ignored: string, span: Span): void;
  /** Of a value that is another tool's, where it may have been meant. */
  passedOver?(name: string, found: string, span: Span): void;
}

/**
 * Reads a YAML map by a table of fields.
 *
 * @param map the entries, in the order written
 * @param anyCase whether `Tags` is `tags`; of two spellings of a name, the first in the map counts
 * @returns the values that were given and right; faults go to `report`
 */
export function readFields<F extends Fields>(
  fields: F,
  map: Extract<Yaml, { kind: 'map' }>,
  report: SchemaReport,
  anyCase = false,
): Values<F> & { spans: Map<string, Span> } {
  const folded = (name: string) => (anyCase ? name.toLowerCase() : name);
  const names = new Map<string, { canonical: string; name: string; rank: number }>();
  for (const [canonical, field] of Object.entries(fields)) {
    [canonical, ...(field.aliases ?? [])].forEach((name, rank) => {
      names.set(folded(name), { canonical, name, rank });
    });
  }
  const chosen = new Map<string, { rank: number; name: string; nameSpan: Span; value: Yaml }>();
  for (const { key, keySpan, value: written } of map.entries) {
    const value = withoutEmpty(written);
    const known = names.get(folded(key));
    if (!known) {
      report.unknown(key, keySpan);
      continue;
    }
    if (fields[known.canonical]!.foreign?.(known.name, value, report)) continue;
    const other = chosen.get(known.canonical);
    if (other && JSON.stringify(plain(other.value)) !== JSON.stringify(plain(value))) {
      if (other.rank <= known.rank) report.conflict(other.name, key, keySpan);
      else report.conflict(key, other.name, other.nameSpan);
    }
    if (!other || known.rank < other.rank)
      chosen.set(known.canonical, { rank: known.rank, name: key, nameSpan: keySpan, value });
  }
  const out: Record<string, unknown> = Object.create(null);
  const spans = new Map<string, Span>();
  for (const [canonical, { name, value }] of chosen) {
    const kind = fields[canonical]!.kind;
    // An empty value (`tags:`) means the field is not given, as do an empty list and an empty text that it cannot have.
    if (isEmpty(value)) continue;
    const read = kind.read(value, report);
    if (read === undefined && isBlank(value)) continue;
    spans.set(canonical, value.span);
    if (read !== undefined) out[canonical] = read;
    else {
      const wrong = wrongPart(kind, value);
      const found = wrong === value ? describe(value) : `a list with ${describe(wrong)} in it`;
      const near = kind.words && wrong.kind === 'scalar' ? suggest(wrong.text, kind.words) : [];
      report.wrongType(name, kind.expected, found, wrong.span, near);
    }
  }
  return Object.assign(out, { spans }) as Values<F> & { spans: Map<string, Span> };
}

const isEmpty = (yaml: Yaml) => yaml.kind === 'scalar' && yaml.value === null;

const isBlank = (yaml: Yaml) =>
  isEmpty(yaml) ||
  (yaml.kind === 'list' && yaml.items.length === 0) ||
  (yaml.kind === 'scalar' && yaml.text === '');

/** A list without its empty items, which are as if they were not there: editors leave them behind. */
function withoutEmpty(yaml: Yaml): Yaml {
  if (yaml.kind !== 'list') return yaml;
  return { ...yaml, items: yaml.items.map(withoutEmpty).filter((item) => !isBlank(item)) };
}

/** What of a value is not of a kind: where lists are, the item without which it would be. */
function wrongPart(kind: Kind<unknown>, value: Yaml): Yaml {
  if (value.kind !== 'list' || kind.read({ ...value, items: [] }) === undefined) return value;
  const wrong = value.items.find((item) => kind.read({ ...value, items: [item] }) === undefined);
  return wrong ? wrongPart(kind, wrong) : value;
}

/** What a value is, for messages: `the number 42`, `a list`. */
export function describe(yaml: Yaml): string {
  if (yaml.kind === 'list') return 'a list';
  if (yaml.kind === 'map') return 'a group of fields';
  const text = shorten(yaml.text, 40);
  if (typeof yaml.value === 'number') return `the number ${text}`;
  if (typeof yaml.value === 'boolean') return `“${text}”`;
  return yaml.value === null ? 'empty' : `“${text}”`;
}

/**
 * KaTeX macros, of a site or a note. A parameter behind a blank (`\left| #1 \right|`) begins a comment for YAML.
 *
 * @param report told of macros that are no text, and of those that were cut so
 * @returns what they stand for, by their names with the backslash
 */
export function macrosOf(
  { entries }: Extract<Yaml, { kind: 'map' }>,
  report: Pick<SchemaReport, 'wrongType'>,
): Record<string, string> {
  const out: Record<string, string> = {};
  for (const { key, value } of entries) {
    const cut = value.kind === 'scalar' ? /^[1-9]/.exec(value.comment ?? '') : null;
    const expected = cut ? `in quotes, since “ #${cut[0]}” begins a comment` : 'text';
    if (cut || value.kind !== 'scalar')
      report.wrongType(`macros.${key}`, expected, describe(value), value.span);
    else out[key.startsWith('\\') ? key : `\\${key}`] = value.text;
  }
  return out;
}

/** The YAML as plain data. */
export function plain(yaml: Yaml): unknown {
  if (yaml.kind === 'scalar') return yaml.text;
  if (yaml.kind === 'list') return yaml.items.map(plain);
  return Object.fromEntries(yaml.entries.map((e) => [e.key, plain(e.value)]));
}

const scalar = (yaml: Yaml) => (yaml.kind === 'scalar' && yaml.value !== null ? yaml : undefined);

/** Text, as typed: `title: 123` is the text `123`. */
export const text: Kind<string> = {
  expected: 'text',
  json: { type: ['string', 'number', 'boolean'] },
  read: (yaml) => scalar(yaml)?.text.trim(),
};

/** A language tag (BCP 47, without its rarest forms); `zh_CN`, as operating systems write it, is `zh-CN`. */
export const language: Kind<string> = {
  expected: 'a language such as zh-CN or en',
  json: { type: 'string', examples: ['zh-CN', 'en'] },
  read: (yaml) => {
    const value = text.read(yaml)?.replaceAll('_', '-');
    return value !== undefined && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(value) ? value : undefined;
  },
};

export const flag: Kind<boolean> = {
  expected: 'true or false',
  json: { type: 'boolean' },
  read: (yaml) => {
    const value = scalar(yaml)?.value;
    return typeof value === 'boolean' ? value : undefined;
  },
};

export const integer: Kind<number> = {
  expected: 'a whole number',
  json: { type: 'integer' },
  read: (yaml) => {
    const value = scalar(yaml)?.value;
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
  },
};

/** A list of texts; one text alone is a list of one. */
export const texts: Kind<string[]> = {
  expected: 'text or a list of texts',
  json: { oneOf: [{ type: ['string', 'number'] }, { type: 'array', items: { type: ['string', 'number'] } }] },
  read: (yaml) => {
    if (yaml.kind === 'scalar') return yaml.value === null ? [] : [yaml.text.trim()];
    if (yaml.kind !== 'list') return undefined;
    const out: string[] = [];
    for (const item of yaml.items) {
      const one = scalar(item);
      if (!one) return undefined;
      out.push(one.text.trim());
    }
    return out;
  },
};

/** Any text of a closed list. */
export function oneOf<const T extends string>(...values: T[]): Kind<T> {
  return {
    expected: `one of ${values.join(', ')}`,
    json: { enum: values },
    words: values,
    read: (yaml) => values.find((v) => v === scalar(yaml)?.text),
  };
}

/** A map of its own fields. Faults in them are reported where they stand, as `group.field`. */
export function group<F extends Fields>(fields: F): Kind<Values<F>> {
  return {
    expected: `a group of ${Object.keys(fields).join(', ')}`,
    json: jsonObject(fields, true),
    read: (yaml, report = SILENT) => {
      if (yaml.kind !== 'map') return undefined;
      const { spans: _, ...values } = readFields(fields, yaml, {
        wrongType: (...fault) => report.wrongType(...fault),
        unknown: (name, span, known = Object.keys(fields)) => report.unknown(name, span, known),
        conflict: (...fault) => report.conflict(...fault),
      });
      return values as unknown as Values<F>;
    },
  };
}

/** For values that are asked of no author. */
export const SILENT: SchemaReport = { wrongType: () => {}, unknown: () => {}, conflict: () => {} };

/** A table of fields as JSON Schema (draft 2020-12), aliases included, for completion in editors. */
export function jsonSchema(fields: Fields, title: string, closed: boolean): object {
  const { type, ...rest } = jsonObject(fields, closed);
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, type, ...rest };
}

function jsonObject(fields: Fields, closed: boolean) {
  const properties: Record<string, object> = {};
  for (const [name, { kind, aliases, doc }] of Object.entries(fields)) {
    properties[name] = { ...kind.json, description: `${doc} (${kind.expected})` };
    for (const alias of aliases ?? []) {
      properties[alias] = { ...kind.json, description: `The same as “${name}”.` };
    }
  }
  return {
    type: 'object',
    properties,
    ...(closed && { additionalProperties: false }),
  };
}
