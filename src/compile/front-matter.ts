/**
 * Splits a note into front matter and body. gray-matter cuts; the `yaml` package reads; every other engine
 * is shut, because gray-matter runs `eval` on `---js` and reads `---toString` through the prototype chain.
 */

import matter from 'gray-matter';
import type { At } from '../diagnostics/define.ts';
import {
  frontMatterLanguage,
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
  const lines = text.split('\n');
  const opener = lines[0] ?? '';
  if (!opener.startsWith('---') || opener[3] === '-') return { ...none, diagnostics: [] };
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
