/**
 * Splits a note into front matter and body. gray-matter cuts; the `yaml` package reads; every other engine
 * is shut, because gray-matter runs `eval` on `---js` and reads `---toString` through the prototype chain.
 */

import matter from 'gray-matter';
import type { At } from '../diagnostics/messages/define.ts';
import {
  frontMatterLanguage,
  frontMatterPlace,
  frontMatterShape,
  frontMatterUnclosed,
  frontMatterYaml,
} from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { parseYaml, type Yaml } from '../yaml.ts';

export interface FrontMatter {
  /** The fields, or `undefined` when there are none or they are broken. */
  fields: Extract<Yaml, { kind: 'map' }> | undefined;
  body: string;
  /** Lines of the file before the body: add it to a body line to get a file line. */
  bodyLine: number;
  diagnostics: Diagnostic[];
}

/** `---`, alone or with the language YAML. `----` and `---x` are Markdown or another language. */
const OPEN_YAML = /^---[ \t]*(?:ya?ml)?[ \t]*$/i;
const CLOSE = /^---[ \t]*$/;

/** What no note with front matter begins otherwise than with, ours or another's: any other note is all body. */
const MAY_OPEN = /^(?:[\s\-+;{"]|[\w-]+[ \t]*:)/;

/** Front matter of other tools: its first and its last line, and how a line with a field begins. */
const FOREIGN = [
  { open: /^\+\+\+$/, close: /^\+\+\+$/, field: /^["'\w.-]+\s*=/, language: 'TOML', tool: 'hugo' },
  { open: /^\{(?:\s*"[^}]*|)$/, close: /^\}$/, field: /^\{?\s*"[^"]+"\s*:/, language: 'JSON', tool: 'hugo' },
  {
    open: /^(?:;{3,}$|"[\w-]+"\s*:)/,
    close: /^;{3,}$/,
    field: /^"[^"]+"\s*:/,
    language: 'JSON',
    tool: 'hexo',
  },
] as const;

/** A field at the margin, and what may stand between two of them. */
const FIELD = /^[\w-]+[ \t]*:(?:[ \t]|$)/;
const BETWEEN = /^(?:[ \t]|-[ \t]|#|$)/;

/** What front matter hardly ever lacks, and running text (`Note: …`, `Status: …`) does not begin a line with. */
const TELLING =
  /^["'{\s]*(?:title|date|updated|tags?|categor(?:y|ies)|keywords|[Dd]raft|[Pp]ublish(?:ed)?|layout|permalink|slug|password|description|aliases)["']?[ \t]*[:=]/m;

const deny = () => {
  throw new Error('only YAML is read');
};
const shut = { parse: deny, stringify: deny };

/**
 * @param text the whole file, line ends `\n`, no BOM
 * @param file how messages name it
 */
export function splitFrontMatter(text: string, file: string): FrontMatter {
  const at: At = { file, text, line: 1, column: 1 };
  const none = { fields: undefined, body: text, bodyLine: 0 };
  if (!MAY_OPEN.test(text)) return { ...none, diagnostics: [] };
  const lines = text.split('\n');
  const opener = lines[0] ?? '';
  if (!opener.startsWith('---')) return { ...none, diagnostics: notRead(lines, at) };
  if (opener[3] === '-') return { ...none, diagnostics: [] };
  if (!OPEN_YAML.test(opener)) {
    const language = opener.slice(3).trim();
    return {
      ...none,
      diagnostics: [frontMatterLanguage({ ...at, column: 4, length: language.length }, language)],
    };
  }
  const close = lines.findIndex((line, i) => i > 0 && CLOSE.test(line));
  if (close === -1) {
    // A note that only begins with a thematic break has no `key:` line after it.
    if (!/^[\w-]+[ \t]*:/.test(lines[1] ?? '')) return { ...none, diagnostics: [] };
    return { ...none, diagnostics: [frontMatterUnclosed(at)] };
  }

  let yaml: ReturnType<typeof parseYaml> = { root: undefined, errors: [] };
  // By itself gray-matter would close at `---x` too: it gets the block that was just found, and its exact end.
  matter(['---', ...lines.slice(1, close), '---', ''].join('\n'), {
    language: 'yaml',
    delimiters: ['---', '---\n'],
    engines: {
      yaml: {
        parse(source: string) {
          yaml = parseYaml(source);
          return {};
        },
        stringify: deny,
      },
      javascript: shut,
      js: shut,
      json: shut,
      coffee: shut,
      toml: shut,
    },
  });
  const diagnostics = yaml.errors.map((e) =>
    frontMatterYaml(
      { ...at, line: e.span.line, column: e.span.column, length: e.span.length },
      e.message,
      e.hint,
    ),
  );
  const root = yaml.root;
  if (root && root.kind !== 'map') {
    const { line, column, length } = root.span;
    const found = root.kind === 'list' ? 'a list' : 'a plain text';
    diagnostics.push(frontMatterShape({ ...at, line, column, length }, found));
  }
  return {
    fields: root?.kind === 'map' ? root : undefined,
    body: lines.slice(close + 1).join('\n'),
    bodyLine: close + 1,
    diagnostics,
  };
}

/** What would be shown to readers: front matter of another tool, or of ours where it is none. Anything else is Markdown. */
function notRead(lines: string[], at: At): Diagnostic[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first === -1) return [];
  const opener = lines[first]!.trim();
  const here = { ...at, line: first + 1, column: lines[first]!.indexOf(opener) + 1 };
  for (const { open, close, field, language, tool } of FOREIGN) {
    if (!open.test(opener)) continue;
    const end = lines.findIndex((line, i) => i > first && close.test(line.trimEnd()));
    const between = lines.slice(first, Math.max(first, end));
    if (between.some((line) => field.test(line.trim())) && TELLING.test(between.join('\n')))
      return [frontMatterLanguage({ ...here, length: opener.length }, language, tool)];
  }
  const opened = opener === '---';
  const start = opened ? first + 1 : first;
  const end = lines.findIndex((line, i) => i > start && CLOSE.test(line));
  const fields = lines.slice(start, Math.max(start, end));
  // Without the first line of dashes, one field above a line of them is a heading, also behind paragraphs.
  const enough = opened || (fields.filter((line) => FIELD.test(line)).length > 1 && !fields.includes(''));
  if (!enough || !FIELD.test(fields[0] ?? '') || fields.at(-1)!.trim() === '') return [];
  if (!fields.every((line) => FIELD.test(line) || BETWEEN.test(line))) return [];
  if (!TELLING.test(fields.join('\n'))) return [];
  return [frontMatterPlace({ ...here, length: opener.length })];
}
