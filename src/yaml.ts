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
    const errors = (tabs.length > 0 ? tabs : doc.errors).slice(0, MAX_ERRORS).map((e) => ({
      ...reword(e.code, e.message),
      span: at(e.pos[0], e.pos[1]),
    }));
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

/** The parser's messages name tokens; ours name what to do. */
function reword(code: string, message: string): { message: string; hint?: string } {
  const plain = message.slice(0, 200).replace(/\s+/g, ' ').trim();
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'a value with “: ” in it needs quotes', hint: 'write title: "A: b"' };
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
