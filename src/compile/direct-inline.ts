/**
 * Running text, read without a tokenizer where there is only one way to read it: words, formulas between single
 * dollars, code, strong and emphasis around whole words, links, pictures, wikilinks, citations. Anything that could be
 * read in a second way is given up, and left to remark-parse.
 */

import type { PhrasingContent } from 'mdast';
import type { Point, Position } from 'unist';
import { isFormula } from '../dollars.ts';
import { parseCitation } from './citation.ts';

/** What a reader could take for something else: the start of a construct, or the end of one. */
const SPECIAL = /[\n\\`*_[\]!<&$~=^%#{:@\t\r\0]/g;
/** A letter, mark or digit: neither blank nor punctuation, so that marks beside it open or close. */
const WORD = /[\p{L}\p{N}]/u;
const ASCII_WORD = /[A-Za-z0-9]/;
/** A line that goes on a paragraph: what begins it begins no block. */
const GOES_ON = /^(?:[\p{L}\p{Ps}\p{Pi}，。；：、？！“‘《「【]|\*{1,2}[\p{L}\p{N}]|\$[^$\s]|\[)/u;
/** A line that begins with a number and then no `.` or `)`. */
const NUMBER = /^\d+(?![\d.)])/;
const LINK = /\]\(([^\s()<>\\&"'`$[\]]+)(?: "([^"\\&\n]+)")?\)/y;
const LABEL = /[^[\]\\`*_!<&$~=^%#{:@\n]+/y;

/** Thrown, and caught by `readInline`, where text can be read in more than one way. */
const GIVEN_UP = new Error('left to remark-parse');

/**
 * Reads one paragraph, heading or cell.
 *
 * @param source the whole note
 * @param from where the text begins, `to` where it ends, in UTF-16 units
 * @param line of its first character, from 1; `lineStart` is where that line begins in `source`
 * @returns the tree that remark-parse makes of it, places included, or nothing
 */
export function readInline(
  source: string,
  from: number,
  to: number,
  line: number,
  lineStart: number,
): PhrasingContent[] | undefined {
  const reader = new Reader(source, from, to, line, lineStart);
  try {
    return reader.read('');
  } catch (error) {
    if (error === GIVEN_UP) return undefined;
    throw error;
  }
}

class Reader {
  readonly #source: string;
  readonly #from: number;
  readonly #to: number;
  #at: number;
  #line: number;
  #lineStart: number;
  #lineEnd: number;
  #inLink = false;

  constructor(source: string, from: number, to: number, line: number, lineStart: number) {
    this.#source = source;
    this.#from = from;
    this.#to = to;
    this.#at = from;
    this.#line = line;
    this.#lineStart = lineStart;
    this.#lineEnd = this.#endOfLine();
  }

  /**
   * Reads to the end, or to the mark that closes what is being read.
   *
   * @param closer `*`, `**`, `]`, or empty for the end of the text
   */
  read(closer: string): PhrasingContent[] {
    const out: PhrasingContent[] = [];
    const source = this.#source;
    /** Where the text begins that no node holds yet. */
    let textFrom = this.#at;
    let textStart = this.#point();
    const flush = () => {
      if (this.#at > textFrom) out.push(this.#text(textFrom, textStart));
    };
    for (;;) {
      SPECIAL.lastIndex = this.#at;
      const m = SPECIAL.exec(source);
      const at = m && m.index < this.#to ? m.index : this.#to;
      this.#at = at;
      if (at === this.#to) {
        if (closer !== '') throw GIVEN_UP;
        flush();
        return out;
      }
      const mark = source[at]!;
      if (closer !== '' && this.#closes(closer, mark)) {
        flush();
        return out;
      }
      if (this.#isText(mark)) continue;
      flush();
      out.push(this.#construct(mark));
      textFrom = this.#at;
      textStart = this.#point();
    }
  }

  #closes(closer: string, mark: string): boolean {
    if (closer === ']') return mark === ']';
    if (mark !== '*') return false;
    // Runs of another length could pair in other ways.
    if (this.#run('*') !== closer.length || !WORD.test(this.#source[this.#at - 1]!)) throw GIVEN_UP;
    return true;
  }

  /** Whether a character that can begin something is only itself here; steps over it then. */
  #isText(mark: string): boolean {
    const { before, after } = this.#around();
    switch (mark) {
      case '\n':
        this.#newLine();
        return true;
      case '_':
        if (!ASCII_WORD.test(before) || !ASCII_WORD.test(after)) throw GIVEN_UP;
        break;
      case '~':
      case '=':
      case '%':
        if (before === mark || after === mark) throw GIVEN_UP;
        break;
      case '^':
        if (after === '[') throw GIVEN_UP;
        break;
      case '{':
        if (after === '%' || after === '{') throw GIVEN_UP;
        break;
      case '&':
        if (/[\w#]/.test(after)) throw GIVEN_UP;
        break;
      case '!':
        if (after === '[') return false;
        break;
      // A bare address.
      case ':':
        if (after === '/') throw GIVEN_UP;
        break;
      // No tag begins inside a word or an attribute: `C#`, `{#fig:x}`.
      case '#':
        if (!/[\p{L}\p{N}{]/u.test(before)) throw GIVEN_UP;
        break;
      case '@':
        if (/[\w.+-]/.test(before)) throw GIVEN_UP;
        break;
      case '$':
      case '`':
      case '*':
      case '[':
        return false;
      default:
        throw GIVEN_UP;
    }
    this.#at++;
    return true;
  }

  #construct(mark: string): PhrasingContent {
    switch (mark) {
      case '$':
        return this.#formula();
      case '`':
        return this.#code();
      case '*':
        return this.#emphasis();
      case '!':
        return this.#source[this.#at + 2] === '[' ? this.#wikilink(true) : this.#picture();
      default: {
        const next = this.#source[this.#at + 1];
        if (next === '[') return this.#wikilink(false);
        return next === '@' ? this.#citation() : this.#link();
      }
    }
  }

  /** No blank at either side, and nothing that could begin a block. */
  #newLine(): void {
    const next = this.#at + 1;
    const start = this.#source.slice(next, Math.min(next + 12, this.#to));
    if (this.#source[this.#at - 1] === ' ' || !(GOES_ON.test(start) || NUMBER.test(start))) throw GIVEN_UP;
    this.#at = next;
    this.#line++;
    this.#lineStart = next;
    this.#lineEnd = this.#endOfLine();
  }

  #endOfLine(): number {
    const end = this.#source.indexOf('\n', this.#at);
    return end === -1 ? this.#to : Math.min(end, this.#to);
  }

  #formula(): PhrasingContent {
    const end = this.#sameLine('$', this.#at + 1);
    const value = this.#source.slice(this.#at + 1, end);
    const before = this.#around().before;
    const after = this.#source[end + 1] ?? '';
    if (value === '' || before === '$' || after === '$' || value !== value.trim()) throw GIVEN_UP;
    if (value[0] === '`') throw GIVEN_UP;
    // A backslash before the dollar takes its meaning from one reader and not from the other.
    if (value.endsWith('\\') || !isFormula(before, value, end + 1 < this.#to ? after : '')) throw GIVEN_UP;
    return {
      type: 'inlineMath',
      value,
      data: {
        hName: 'code',
        hProperties: { className: ['language-math', 'math-inline'] },
        hChildren: [{ type: 'text', value }],
      },
      position: this.#past(end + 1),
    };
  }

  #code(): PhrasingContent {
    if (this.#source[this.#at + 1] === '`') throw GIVEN_UP;
    const end = this.#sameLine('`', this.#at + 1);
    const value = this.#source.slice(this.#at + 1, end);
    if (value === '' || /^ | $/.test(value) || this.#source[end + 1] === '`') throw GIVEN_UP;
    return { type: 'inlineCode', value, position: this.#past(end + 1) };
  }

  #emphasis(): PhrasingContent {
    const length = this.#run('*');
    const next = this.#source[this.#at + length] ?? '';
    if (length > 2 || this.#at + length >= this.#to || !WORD.test(next)) throw GIVEN_UP;
    const start = this.#point();
    this.#at += length;
    const children = this.read('*'.repeat(length));
    this.#at += length;
    const position = { start, end: this.#point() };
    return { type: length === 2 ? 'strong' : 'emphasis', children, position };
  }

  #wikilink(embed: boolean): PhrasingContent {
    const from = this.#at + (embed ? 3 : 2);
    const end = this.#sameLine(']', from);
    const value = this.#source.slice(from, end);
    if (value === '' || value.length > 1000 || value.includes('[') || this.#source[end + 1] !== ']')
      throw GIVEN_UP;
    if (this.#inLink) throw GIVEN_UP;
    return { type: 'wikilink', value, embed, position: this.#past(end + 2) };
  }

  #citation(): PhrasingContent {
    const end = this.#sameLine(']', this.#at + 1);
    const value = this.#source.slice(this.#at + 1, end);
    const after = this.#source[end + 1] ?? '';
    if (value.includes('[') || value.length > 400 || (after !== '' && '(['.includes(after))) throw GIVEN_UP;
    if (this.#inLink || !parseCitation(value)) throw GIVEN_UP;
    return { type: 'citation', value, position: this.#past(end + 1) };
  }

  #link(): PhrasingContent {
    const next = this.#source[this.#at + 1];
    if (
      this.#inLink ||
      next === '^' ||
      next === ']' ||
      next === ' ' ||
      /^\[x\]/i.test(this.#source.slice(this.#at, this.#at + 3))
    )
      throw GIVEN_UP;
    const start = this.#point();
    this.#at++;
    this.#inLink = true;
    const children = this.read(']');
    this.#inLink = false;
    return { type: 'link', ...this.#destination(), children, position: { start, end: this.#point() } };
  }

  #picture(): PhrasingContent {
    const start = this.#point();
    LABEL.lastIndex = this.#at + 2;
    const alt = LABEL.exec(this.#source)?.[0] ?? '';
    if (alt === '' || this.#inLink) throw GIVEN_UP;
    this.#at += 2 + alt.length;
    return { type: 'image', ...this.#destination(), alt, position: { start, end: this.#point() } };
  }

  /** > | [text](url "title")
   *           ^             */
  #destination(): { url: string; title: string | null } {
    LINK.lastIndex = this.#at;
    const m = LINK.exec(this.#source);
    if (!m || LINK.lastIndex > this.#to) throw GIVEN_UP;
    this.#at = LINK.lastIndex;
    return { url: m[1]!, title: m[2] ?? null };
  }

  /** Where a character next stands, on this line. */
  #sameLine(mark: string, from: number): number {
    const end = this.#source.indexOf(mark, from);
    if (end === -1 || end >= this.#lineEnd) throw GIVEN_UP;
    return end;
  }

  /** How often a mark stands here in a row. */
  #run(mark: string): number {
    let n = 1;
    while (this.#at + n < this.#to && this.#source[this.#at + n] === mark) n++;
    return n;
  }

  #around(): { before: string; after: string } {
    return {
      before: this.#at > this.#from ? this.#source[this.#at - 1]! : '',
      after: this.#at + 1 < this.#to ? this.#source[this.#at + 1]! : '',
    };
  }

  #text(from: number, start: Point): PhrasingContent {
    const value = this.#source.slice(from, this.#at);
    // The tree's own search for bare addresses (mdast-util-gfm-autolink-literal) would find this one.
    if (/www\./i.test(value)) throw GIVEN_UP;
    return { type: 'text', value, position: { start, end: this.#point() } };
  }

  /** Steps to a place on the same line; what lies between is the place of a node. */
  #past(end: number): Position {
    const start = this.#point();
    this.#at = end;
    return { start, end: this.#point() };
  }

  #point(): Point {
    return { line: this.#line, column: this.#at - this.#lineStart + 1, offset: this.#at };
  }
}
