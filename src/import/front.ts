/** Front matter of other tools: YAML, TOML or JSON in, YAML of ours out, comments kept where there were any. */

import { parse as parseToml } from 'smol-toml';
import { type Document, parseDocument, stringify } from 'yaml';

export interface Front {
  fields: Document;
  body: string;
  /** It was not YAML. */
  converted?: boolean;
}

/** @returns the fields and the body; `undefined` fields when the front matter cannot be read */
export function readFront(text: string): Front | { problem: string; body: string } {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const toml = /^\+\+\+[ \t]*\n([\s\S]*?)\n\+\+\+[ \t]*(?:\n|$)/.exec(source);
  if (toml) {
    try {
      return {
        fields: parseDocument(stringify(plainDates(parseToml(toml[1]!)))),
        body: source.slice(toml[0].length),
        converted: true,
      };
    } catch (error) {
      return { problem: `its TOML cannot be read: ${(error as Error).message.split('\n')[0]}`, body: source };
    }
  }
  const yaml = /^---[ \t]*\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/.exec(source);
  // Hexo also takes front matter without the first line of dashes.
  const bare = yaml ?? /^((?:[\w-]+:.*\n)(?:.*\n)*?)---[ \t]*(?:\n|$)/.exec(source);
  // Its JSON stands without braces; with them it is YAML.
  const json = /^(?:;{3,}[ \t]*\n)?(\s*"[\w-]+"[ \t]*:[\s\S]*?)\n;{3,}[ \t]*(?:\n|$)/.exec(source);
  const found = bare ?? json;
  if (!found) return { fields: parseDocument('{}'), body: source };
  const written = bare ? found[1]! : `{${found[1]!}}`;
  const fields = parseDocument(written, { strict: false, uniqueKeys: false });
  if (fields.errors.length > 0)
    return {
      problem: `its front matter cannot be read: ${fields.errors[0]!.message.split('\n')[0]}`,
      body: source,
    };
  return {
    fields: fields.contents === null ? parseDocument('{}') : fields,
    body: source.slice(found[0].length),
    converted: !bare,
  };
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
