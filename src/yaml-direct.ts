/**
 * Reads plain YAML directly: lines of `name: value`, where a value is one word or more, a day, a number, or a list of
 * those in brackets. Front matter is mostly that, and the YAML parser takes half a millisecond for it. Anything else is
 * left to the parser. That both make the same tree is held by tests/yaml.test.ts.
 */

import type { Span, Yaml } from './yaml.ts';

/** Longer texts hold more than plain fields. */
const LONGEST = 4096;
const LINE = /^([A-Za-z][\w-]*): (\S.*)$/;
/** Words that no other reading is possible for: without `:` and `#`, quotes, and blanks at the end. */
const WORDS = /^\p{L}(?:[\p{L}\p{N}\p{P}\p{S} ](?<![:#"'\\]))*(?<! )$/u;
const ITEM = /^\p{L}(?:[\p{L}\p{N}\p{P}\p{S} ](?<![:#"'\\,[\]{}]))*$/u;
const DAY = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?$/;
const NUMBER = /^[1-9]\d{0,8}$/;
/** Words of YAML's core schema (1.2, 10.3) and those that older versions read so. */
const CORE = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** @returns the tree that the parser would make, or nothing when it should */
export function readPlainYaml(text: string): Extract<Yaml, { kind: 'map' }> | undefined {
  if (text.length > LONGEST) return undefined;
  const entries: { key: string; keySpan: Span; value: Yaml }[] = [];
  const keys = new Set<string>();
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  // What gray-matter cuts out begins behind the first marker, on its line.
  const first = lines[0] === '' ? 1 : 0;
  for (const [i, source] of lines.entries()) {
    if (i < first) continue;
    const m = LINE.exec(source);
    if (!m || CORE.test(m[1]!) || keys.has(m[1]!)) return undefined;
    const [, key = '', rest = ''] = m;
    keys.add(key);
    const value =
      rest[0] === '[' ? list(rest, i + 1, key.length + 3) : scalar(rest, i + 1, key.length + 3, WORDS);
    if (!value) return undefined;
    entries.push({ key, keySpan: { line: i + 1, column: 1, length: key.length }, value });
  }
  if (entries.length === 0) return undefined;
  return { kind: 'map', entries, span: { line: first + 1, column: 1, length: lines[first]!.length } };
}

function scalar(text: string, line: number, column: number, words: RegExp): Yaml | undefined {
  const span = { line, column, length: text.length };
  if (NUMBER.test(text)) return { kind: 'scalar', text, value: Number(text), span };
  if (!DAY.test(text) && (CORE.test(text) || !words.test(text))) return undefined;
  return { kind: 'scalar', text, value: text, span };
}

function list(text: string, line: number, column: number): Yaml | undefined {
  if (!text.endsWith(']')) return undefined;
  const items: Yaml[] = [];
  let at = 1;
  for (const part of text.slice(1, -1).split(',')) {
    const item = part.replace(/^ +| +$/g, '');
    const value = scalar(item, line, column + at + part.indexOf(item), ITEM);
    if (!value) return undefined;
    items.push(value);
    at += part.length + 1;
  }
  return { kind: 'list', items, span: { line, column, length: text.length } };
}
