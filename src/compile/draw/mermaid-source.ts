/**
 * Mermaid's flow charts as people write them, put into the forms that beautiful-mermaid reads: one statement a line
 * without `;`, arrows of one length with blanks around them, labels as `-->|text|`, names of nodes in ASCII. What is
 * not understood here stays as it was typed.
 */

import { hide, LEANING } from './mermaid-labels.ts';

/** The lines of a chart, each with the number (from 0) of the line that it was written on. */
export interface FlowLines {
  lines: string[];
  origin: number[];
  /** Which of the lines is no statement that is known here, if one is not: the library reads half of such lines. */
  unread: number | undefined;
}

const HEADER = /^\s*(graph|flowchart)(?:\s+(TD|TB|LR|BT|RL))?\s*(?:;(.*))?$/i;
/** Statements without arrows. */
const OTHER =
  /^(?:%%|(?:subgraph|end|classDef|class|style|linkStyle|direction|click|href|accTitle|accDescr)(?![\p{L}\p{N}_-]))/u;
const NAME = /^(?:[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*|[+*])/u;
/** Brackets of the shapes; longer ones first. */
const SHAPES: [open: string, close: string][] = [
  ['(((', ')))'],
  ['([', '])'],
  ['((', '))'],
  ['[[', ']]'],
  ['[(', ')]'],
  ['[/', '\\]'],
  ['[/', '/]'],
  ['[\\', '/]'],
  ['[\\', '\\]'],
  ['{{', '}}'],
  ['[', ']'],
  ['(', ')'],
  ['{', '}'],
  ['>', ']'],
];
const GROUP = /^subgraph\s+([^\s[]+)\s*(\[.*\])?$/;
/** A cross or a ring at an arrow's end is none that can be drawn. */
const ARROW = /^(<?)(-{2,}>|-{3,}(?![ox])|-\.+->|-\.+-(?![ox])|={2,}>|={3,}(?![ox]))[ \t]*(?:\|([^|]*)\|)?/;
const LABELLED =
  /^(<?)(?:--(?![ox]\s)[ \t]*([^\s>|-].*?|(?<=\s)-[^\s>-].*?)[ \t]*(-{2,}>|-{3,})|-\.[ \t]*([^\s>|.-].*?)[ \t]*(\.+->|\.+-)|==(?![ox]\s)[ \t]*([^\s>|=].*?)[ \t]*(={2,}>|={3,}))/;

type Part = { name: string; shape: string; after: string } | { arrow: string; label: string } | '&';

/** @returns the chart in the library's forms; `undefined` when the source is no flow chart */
export function flowLines(source: string): FlowLines | undefined {
  const written = source.split('\n');
  const at = written.findIndex((l) => l.trim() !== '' && !l.trim().startsWith('%%'));
  const header = HEADER.exec(written[at] ?? '');
  if (!header) return undefined;
  const [, kind, direction = 'TD', rest = ''] = header;
  const statements: { text: string; line: number; parts: Part[] | undefined }[] = [];
  for (const [line, text] of [
    [at, rest] as const,
    ...written.slice(at + 1).map((l, i) => [at + 1 + i, l] as const),
  ])
    for (const statement of cut(text)) {
      const trimmed = statement.trim();
      if (trimmed === '') continue;
      statements.push({ text: trimmed, line, parts: OTHER.test(trimmed) ? undefined : partsOf(trimmed) });
    }
  const names = new Names(source);
  for (const { parts } of statements)
    for (const part of parts ?? []) if (part !== '&' && 'name' in part) names.shape(part.name, part.shape);
  for (const { text } of statements) {
    const group = GROUP.exec(text)?.[1];
    if (group !== undefined) names.group(group);
  }
  const unread = statements.findIndex((s) => s.parts === undefined && !OTHER.test(s.text));
  return {
    lines: [
      `${kind} ${direction}`,
      ...statements.map((s) => (s.parts ? printed(s.parts, names) : other(s.text, names))),
    ],
    origin: [at, ...statements.map((s) => s.line)],
    unread: unread === -1 ? undefined : unread + 1,
  };
}

/** Nodes by ASCII names: the library knows no others. */
class Names {
  readonly #prefix: string;
  readonly #ascii = new Map<string, string>();
  readonly #shapes = new Map<string, string>();
  readonly #groups = new Set<string>();

  constructor(source: string) {
    let prefix = 'n_';
    while (source.includes(prefix)) prefix += '_';
    this.#prefix = prefix;
  }

  of(name: string): string {
    if (/^[\w-]+$/.test(name)) return name;
    let ascii = this.#ascii.get(name);
    if (ascii === undefined) {
      ascii = `${this.#prefix}${this.#ascii.size}`;
      this.#ascii.set(name, ascii);
    }
    return ascii;
  }

  shape(name: string, shape: string): void {
    if (shape !== '' && !this.#shapes.has(name)) this.#shapes.set(name, shape);
  }

  group(name: string): void {
    this.#groups.add(name);
  }

  /** A node that is only named shows its name. */
  node(name: string, shape: string): string {
    const ascii = this.of(name);
    if (shape !== '') return `${ascii}${shape}`;
    if (ascii === name || this.#groups.has(name)) return ascii;
    return `${ascii}${this.#shapes.get(name) ?? `[${name}]`}`;
  }
}

/** Statements of a line: cut at `;` outside brackets, bars and quotes. */
function cut(line: string): string[] {
  if (line.trim().startsWith('%%')) return [line];
  const out = [''];
  let depth = 0;
  let held = '';
  for (const c of line) {
    if (held !== '') held = c === held ? '' : held;
    else if (c === '"' || c === '|') held = c;
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    if (c === ';' && depth <= 0 && held === '') out.push('');
    else out[out.length - 1] += c;
  }
  return out;
}

/** A statement of nodes and arrows; `undefined` when it is another, or wrong. */
function partsOf(statement: string): Part[] | undefined {
  const parts: Part[] = [];
  let rest = statement;
  const skip = (length: number) => {
    rest = rest.slice(length).trimStart();
  };
  for (;;) {
    const name = NAME.exec(rest)?.[0];
    if (name === undefined) return undefined;
    rest = rest.slice(name.length);
    const shape = shapeAt(rest);
    rest = rest.slice(shape.length);
    const after = /^:::[\w-]+/.exec(rest)?.[0] ?? '';
    skip(after.length);
    parts.push({ name, shape: known(shape), after });
    if (rest === '') return parts;
    if (rest.startsWith('&')) {
      parts.push('&');
      skip(1);
      continue;
    }
    const found = ARROW.exec(rest) ?? LABELLED.exec(rest);
    if (!found) return undefined;
    skip(found[0].length);
    const [whole, start, ...groups] = found;
    const labelled = groups.length > 2;
    const label = labelled ? (groups[0] ?? groups[2] ?? groups[4]) : groups[1];
    const kind = whole[start!.length] === '=' ? '==' : whole[start!.length + 1] === '.' ? '-.-' : '--';
    const points = (labelled ? (groups[1] ?? groups[3] ?? groups[5]) : groups[0])!.endsWith('>');
    const arrow = points ? `${kind}>` : { '==': '===', '-.-': '-.-', '--': '---' }[kind];
    parts.push({ arrow: `${start}${arrow}`, label: label?.trim().replaceAll('|', hide) ?? '' });
  }
}

/** The brackets and what they hold, at the start of a text; else nothing. */
function shapeAt(text: string): string {
  let shape = '';
  let opened = '';
  for (const [open, close] of SHAPES) {
    // Trapezoids and parallelograms open alike: the nearer end closes them.
    if (!text.startsWith(open) || (shape !== '' && open !== opened)) continue;
    const from = open.length;
    const end = text[from] === '"' ? text.indexOf(`"${close}`, from + 1) + 1 : text.indexOf(close, from + 1);
    if (end <= from || (shape !== '' && end + close.length >= shape.length)) continue;
    shape = text.slice(0, end + close.length);
    opened = open;
  }
  return shape;
}

/** A parallelogram as the trapezoid that the library knows. */
function known(shape: string): string {
  const [, open, quote, label] = /^\[([/\\])("?)(.+)\1\]$/.exec(shape) ?? [];
  if (open === undefined) return shape;
  return `[${open}${quote}${LEANING}${label}${open === '/' ? '\\' : '/'}]`;
}

function printed(parts: Part[], names: Names): string {
  return parts
    .map((part) => {
      if (part === '&') return part;
      if ('arrow' in part) return part.label === '' ? part.arrow : `${part.arrow}|${part.label}|`;
      return names.node(part.name, part.shape) + part.after;
    })
    .join(' ');
}

/** Statements that name nodes or groups name them by the same names. */
function other(text: string, names: Names): string {
  const group = GROUP.exec(text);
  if (group && names.of(group[1]!) !== group[1])
    return `subgraph ${names.of(group[1]!)} ${group[2] ?? `[${group[1]}]`}`;
  const styled = /^(class|style)\s+([^\s:]+)\s+(.+)$/.exec(text);
  if (!styled) return text;
  return `${styled[1]} ${styled[2]!
    .split(',')
    .map((n) => names.of(n.trim()))
    .join(',')} ${styled[3]}`;
}
