/** YAML as a plain tree that keeps what authors typed and where, for front matter and `postil.yml`. */

import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument } from 'yaml';
import { readPlainYaml } from './yaml-direct.ts';

/** 1-based line and column, and the length on that line. */
export interface Span {
  line: number;
  column: number;
  length: number;
}

export type Yaml =
  /**
   * `text` is the source for plain scalars: `2301.00010` keeps its last zero. `comment` is what stands behind a value
   * without quotes, after its `#`.
   */
  | { kind: 'scalar'; text: string; value: unknown; span: Span; comment?: string }
  | { kind: 'list'; items: Yaml[]; span: Span }
  | { kind: 'map'; entries: { key: string; keySpan: Span; value: Yaml }[]; span: Span };

export interface YamlError {
  message: string;
  hint?: string;
  span: Span;
}

/** How much a document may hold. Aliases may make a small file large; more nodes than this is an attack or a mistake. */
export interface YamlLimits {
  /** Characters. */
  length: number;
  nodes: number;
}

/** For front matter and `postil.yml`. */
const LIMITS: YamlLimits = { length: 65_536, nodes: 10_000 };
const MAX_DEPTH = 32;
/** Tokens open at once: a field’s name and value are two of a level. */
const DEEP = 3 * MAX_DEPTH;
/** Each one is looked for in the whole document. */
const MAX_ALIASES = 100;
/** Further ones follow from those before. */
const MAX_ERRORS = 20;
/** Longer lines are not written out in a hint. */
const LONG = 120;
/** A text no longer than this, with few brackets, cannot nest so deeply that it harms the parser. */
const SHALLOW = 1000;

/**
 * Parses a YAML 1.2 document of the core schema. Never throws on content.
 *
 * @param text the YAML
 * @returns the tree (`undefined` for an empty document or one with errors) and every error found
 */
export function parseYaml(text: string, limits = LIMITS): { root: Yaml | undefined; errors: YamlError[] } {
  const plain = readPlainYaml(text);
  return plain ? { root: plain, errors: [] } : parseAnyYaml(text, limits);
}

/** The same, always by the parser. */
export function parseAnyYaml(text: string, limits = LIMITS): { root: Yaml | undefined; errors: YamlError[] } {
  const lines = new LineCounter();
  const at = (start: number, end: number): Span => {
    const { line, col } = lines.linePos(start);
    const eol = text.indexOf('\n', start);
    return { line, column: col, length: Math.max(1, Math.min(end, eol === -1 ? text.length : eol) - start) };
  };
  const whole: Span = { line: 1, column: 1, length: 1 };
  const refuse = (message: string, span: Span) => ({ root: undefined, errors: [{ message, span }] });
  if (text.length > limits.length) return refuse('the YAML is too long', whole);
  const deep = tooDeep(text);
  if (deep !== undefined) {
    lines.lineStarts = [0, ...[...text.matchAll(/\n/g)].map((m) => m.index + 1)];
    return refuse('the YAML is nested too deeply', at(deep, deep + 1));
  }
  const doc = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  });
  if (doc.errors.length > 0) {
    // A tab ends the block it stands in for the parser, which then finds faults that are none.
    const tabs = doc.errors.filter((e) => e.code === 'TAB_AS_INDENT');
    const errors = (tabs.length > 0 ? tabs : withoutEchoes(doc.errors.slice(0, 10 * MAX_ERRORS), text))
      .slice(0, MAX_ERRORS)
      .map((e) => {
        const [start, end] = e.code === MISPLACED ? fieldBefore(text, e.pos[1]) : e.pos;
        return { ...reword(e.code, e.message, text, start), span: at(start, end) };
      });
    return { root: undefined, errors };
  }

  let nodes = 0;
  let aliases = 0;
  const errors: YamlError[] = [];
  const spanOf = (node: Node | null | undefined): Span =>
    node?.range ? at(node.range[0], node.range[1]) : whole;
  const convert = (node: unknown, depth: number): Yaml => {
    if (isAlias(node)) aliases++;
    if (++nodes > limits.nodes || depth > MAX_DEPTH || aliases > MAX_ALIASES) {
      if (errors.length === 0)
        errors.push({ message: 'the YAML expands to too many values', span: spanOf(node as Node) });
      return { kind: 'scalar', text: '', value: null, span: whole };
    }
    if (isAlias(node)) {
      const target = node.resolve(doc);
      if (target) return convert(target, depth + 1);
      errors.push({ message: `the alias *${node.source} has no anchor`, span: spanOf(node) });
      return { kind: 'scalar', text: '', value: null, span: spanOf(node) };
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => ({
        key: isScalar(key) ? scalarText(key.value, key.source) : String(key),
        keySpan: spanOf(key as Node),
        value: convert(value, depth + 1),
      }));
      return { kind: 'map', entries, span: spanOf(node) };
    }
    if (isSeq(node)) {
      return { kind: 'list', items: node.items.map((i) => convert(i, depth + 1)), span: spanOf(node) };
    }
    if (isScalar(node)) {
      return {
        kind: 'scalar',
        text: scalarText(node.value, node.source),
        value: node.value,
        span: spanOf(node),
        ...(node.comment && node.type === 'PLAIN' && { comment: node.comment }),
      };
    }
    return { kind: 'scalar', text: '', value: null, span: whole };
  };
  if (!doc.contents) return { root: undefined, errors };
  const root = convert(doc.contents, 0);
  return errors.length > 0 ? { root: undefined, errors } : { root, errors };
}

function scalarText(value: unknown, source: string | undefined): string {
  return typeof value === 'string' ? value : (source ?? (value === null ? '' : String(value)));
}

/**
 * Where the nesting goes too deep: far deeper it overflows the parser’s stack, or ends the whole process in one of its
 * expressions, before it is an error. The lexer goes through a text of any depth, and knows quotes and comments.
 *
 * @returns the offset, or `undefined` when the parser can read the text
 */
export function tooDeep(text: string): number | undefined {
  if (text.length <= SHALLOW && text.split(/[[{]/).length <= MAX_DEPTH) return undefined;
  let offset = 0;
  let line = 0;
  let open = 0;
  /** Columns at which the blocks around begin. */
  const blocks: number[] = [];
  for (const token of new Lexer().lex(text)) {
    // The lexer’s own marks stand nowhere in the text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    if (token === '[' || token === '{') open++;
    else if (token === ']' || token === '}') open = Math.max(0, open - 1);
    else if (open === 0 && token.trim() !== '') {
      const column = offset - line;
      while (blocks.length > 0 && blocks.at(-1)! >= column) blocks.pop();
      blocks.push(column);
    }
    if (open + blocks.length > DEEP) return offset;
    offset += token.length;
    if (token.includes('\n')) line = offset - token.length + token.lastIndexOf('\n') + 1;
  }
  return undefined;
}

/** A field that does not begin where those around it do: not one of the parser's codes. */
const MISPLACED = 'MISPLACED';

type Found = { code: string; message: string; pos: [number, number] };

/** One error a fault: of a line that is indented too far the parser says two things, of a value with two “: ” one each. */
function withoutEchoes(errors: readonly Found[], text: string): Found[] {
  const fields = new Set(errors.filter((e) => e.code === 'MULTILINE_IMPLICIT_KEY').map((e) => e.pos[0]));
  const values = new Set(errors.filter((e) => e.code === 'BLOCK_AS_IMPLICIT_KEY').map((e) => e.pos[0]));
  const lines = new Set<number>();
  return errors.flatMap((e) => {
    const [start, end] = e.pos;
    if (e.code === 'BLOCK_AS_IMPLICIT_KEY') {
      const line = text.lastIndexOf('\n', start - 1);
      if (fields.has(start) || lines.has(line)) return [];
      lines.add(line);
    }
    if (e.code === 'MULTILINE_IMPLICIT_KEY' && values.has(start)) return [{ ...e, code: MISPLACED }];
    if (e.code !== 'BAD_INDENT' || !e.message.startsWith('All mapping items')) return [e];
    // At the beginning of the line.
    const colon = text.slice(end).search(/:(?:\s|$)/);
    return [{ ...e, code: MISPLACED, pos: [start, colon === -1 ? end : end + colon] }];
  });
}

/** @returns the field on the line of an offset, up to there */
function fieldBefore(text: string, end: number): [number, number] {
  const line = text.lastIndexOf('\n', end - 1) + 1;
  return [line + /^[\s-]*/.exec(text.slice(line, end))![0].length, end];
}

/** How the field whose value begins at an offset would be written with quotes; not of a long line. */
function quoted(text: string, start: number): string | undefined {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const [whole = ''] = text.slice(line).split('\n', 1);
  if (whole.length > LONG) return undefined;
  const key = text.slice(line, start).replace(/^[\s?-]*/, '');
  const value = whole
    .slice(start - line)
    .replace(/\s#.*$/, '')
    .trim();
  // In single quotes a backslash is one.
  return key + (/["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`);
}

/** The parser's messages name tokens; ours name what to do. */
function reword(
  code: string,
  message: string,
  text: string,
  start: number,
): { message: string; hint?: string } {
  const plain = message.slice(0, 200).replace(/\s+/g, ' ').trim();
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'a value with “: ” in it needs quotes',
        hint: `write ${quoted(text, start) ?? 'it in quotes'}`,
      };
    case MISPLACED:
      return {
        message: 'this field does not begin in the column of those before it',
        hint: 'move it there; a value of several lines with “: ” in it needs quotes',
      };
    case 'TAB_AS_INDENT':
      return { message: 'tabs cannot indent YAML', hint: 'use spaces' };
    case 'DUPLICATE_KEY':
      return { message: 'the same field stands here twice', hint: 'keep one of them' };
    case 'MISSING_CHAR':
    case 'BAD_INDENT': {
      const open =
        /^Missing closing (["'])/.exec(plain)?.[1] ?? /^Flow \w+ .*end with a ([\]}])/.exec(plain)?.[1];
      if (open === undefined) return { message: plain };
      const what = open === ']' ? 'bracket [' : open === '}' ? 'brace {' : `quote ${open}`;
      return { message: `a ${what} is not closed before this place` };
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return { message: 'the field before this one runs on into it', hint: 'put each field on its own line' };
    case 'BAD_SCALAR_START':
    case 'UNEXPECTED_TOKEN':
      return { message: plain, hint: 'put the value in quotes' };
    default:
      return { message: plain };
  }
}
