/** Front matter of other tools: YAML, TOML or JSON in, YAML of ours out, comments kept where there were any. */

import { parse as parseToml } from 'smol-toml';
import { type Document, isMap, isScalar, type Node, parseDocument, stringify, visit } from 'yaml';
import { tooDeep } from '../yaml.ts';

export interface Front {
  fields: Document;
  body: string;
  /** It was not YAML. */
  converted?: boolean;
}

/**
 * @param text a whole note, line ends `\n`, no BOM
 * @param opened whether YAML begins with a line of dashes, which Hexo leaves to its authors
 * @returns the fields and the body; `problem` in words when the front matter cannot be read
 */
export function readFront(text: string, { opened = false } = {}): Front | { problem: string } {
  const front = anyFront(text, opened);
  if ('fields' in front) lowerNames(front.fields);
  return front;
}

function anyFront(text: string, opened: boolean): Front | { problem: string } {
  const toml = /^\+\+\+[ \t]*\n([\s\S]*?)\n\+\+\+[ \t]*(?:\n|$)/.exec(text);
  if (toml) {
    try {
      return {
        fields: parseDocument(stringify(plainDates(parseToml(toml[1]!)))),
        body: text.slice(toml[0].length),
        converted: true,
      };
    } catch (error) {
      return { problem: `its TOML cannot be read: ${(error as Error).message.split('\n')[0]}` };
    }
  }
  const yaml = /^---[ \t]*\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/.exec(text);
  // Hexo also takes front matter without the first line of dashes.
  const bare = opened ? yaml : (yaml ?? /^((?:[\w-]+:.*\n)(?:.*\n)*?)---[ \t]*(?:\n|$)/.exec(text));
  // Its JSON stands without braces; with them it is YAML.
  const json = /^(?:;{3,}[ \t]*\n)?(\s*"[\w-]+"[ \t]*:[\s\S]*?)\n;{3,}[ \t]*(?:\n|$)/.exec(text);
  const found = bare ?? json;
  if (!found) return { fields: parseDocument('{}'), body: text };
  const fields = fieldsOf(bare ? found[1]! : `{${found[1]!}}`);
  return typeof fields === 'string'
    ? { problem: fields }
    : { fields, body: text.slice(found[0].length), converted: !bare };
}

/** The names by which imports ask. As a build does, they read them in any case. */
const ASKED = new Set([
  ...['title', 'type', 'date', 'draft', 'publish', 'published', 'password', 'slug', 'abbrlink', 'permalink'],
  ...['url', 'path', 'aliases', 'cover', 'series', 'params', 'taxonomies'],
]);

function lowerNames({ contents }: Document): void {
  if (!isMap(contents)) return;
  const names = new Set(contents.items.map(({ key }) => (isScalar(key) ? key.value : undefined)));
  for (const { key } of contents.items) {
    if (!isScalar(key) || typeof key.value !== 'string') continue;
    const lower = key.value.toLowerCase();
    if (!ASKED.has(lower) || names.has(lower)) continue;
    key.value = lower;
    names.add(lower);
  }
}

/** The fields as a document that can be asked, changed and printed without an exception; or why not, in words. */
function fieldsOf(yaml: string): Document | string {
  const unreadable = (why: string) => `its front matter cannot be read: ${why.split('\n')[0]}`;
  if (tooDeep(yaml) !== undefined) return unreadable('it is nested too deeply');
  const fields: Document = parseDocument(yaml, {
    strict: false,
    uniqueKeys: false,
    // A field that is given another value keeps its tag, and a text is no `!!binary`.
    resolveKnownTags: false,
    logLevel: 'silent',
  });
  if (fields.errors.length > 0) return unreadable(fields.errors[0]!.message);
  if (fields.contents === null) return parseDocument('{}');
  if (!isMap(fields.contents)) return unreadable('there are no “key: value” lines in it');
  try {
    // An alias may name nothing, or so much that it fills the memory.
    fields.toJS();
    // What an alias names may be taken out by an import, and a field is asked for its value.
    visit(fields, {
      Alias(_, alias, around) {
        const named = alias.resolve(fields)!;
        if (around.includes(named)) throw new Error(`*${alias.source} stands for itself`);
        return named.clone() as Node;
      },
    });
  } catch (error) {
    return unreadable((error as Error).message);
  }
  return fields;
}

/** @returns the note as it is written: without front matter when there are no fields */
export function printFront({ fields, body }: Front): string {
  const empty = fields.toJS() === null || Object.keys(fields.toJS() as object).length === 0;
  if (empty) return body.trimStart();
  if (fields.contents && 'flow' in fields.contents) fields.contents.flow = false;
  return `---\n${fields.toString({ lineWidth: 0 })}---\n\n${body.trimStart()}`;
}

/** A field as text, or `undefined`. */
export function fieldText(fields: Document, name: string): string | undefined {
  const node = fields.get(name, true) as { source?: string; value?: unknown } | undefined;
  const value = node?.value;
  if (typeof value === 'string') return value;
  return value === undefined || value === null || typeof value === 'object'
    ? undefined
    : (node?.source ?? String(value));
}

/** TOML's dates as they were written; YAML would print a moment. */
function plainDates(value: unknown): unknown {
  if (value instanceof Date) {
    const written = String((value as Date & { toISOString(): string }).toISOString());
    return written
      .replace('T', ' ')
      .replace(/\.\d+/, '')
      .replace(/Z$/, (z) => ((value as { isLocal?: () => boolean }).isLocal?.() ? '' : z))
      .replace(/ 00:00:00$/, '');
  }
  if (Array.isArray(value)) return value.map(plainDates);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plainDates(v)]));
  }
  return value;
}
