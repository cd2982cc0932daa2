/**
 * Which notes have which grams, in one file of the search index, put together on bytes: a thousand notes have half a
 * million such pairs, and what a string for each of them costs is most of what the index costs.
 */

import { sectionMark, sectionsOf } from '../../templates/client/search-words.ts';
import { compare } from '../paths.ts';
import { grown } from './grown.ts';
import { BETWEEN_BYTE, LINE_END, TAB } from './note-words.ts';

const NONE = -1;
/** Of a note's number in base 36, with a sign that it does not have. */
const MOST_DIGITS = 8;

/** What is printed, of one part after the other: large buffers take time to make. */
let out = Buffer.allocUnsafe(1 << 16);

/** The grams of one file. What is added to a gram must come in the order of the notes’ numbers. */
export class Postings {
  /** Lines of notes as `OwnWords` has them; behind them, what was added. */
  #bytes: Buffer;
  #length: number;
  /** Grams by their hash, with open addressing; its length is a power of two. */
  #table = new Int32Array(128).fill(NONE);
  /** Of each gram: its hash, where it begins and ends in the bytes, its first and its last posting. */
  readonly #hashes: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #firsts: number[] = [];
  readonly #lasts: number[] = [];
  /** Of each posting: the note's number, where its marks begin and end, and the next one of its gram. */
  readonly #notes: number[] = [];
  readonly #marks: number[] = [];
  readonly #marksEnds: number[] = [];
  readonly #nexts: number[] = [];

  /** @param bytes of the lines of notes, part after part; not changed */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#length = bytes.length;
  }

  /**
   * Adds what a note has in a part. In each part, notes come in the order of their numbers, and their lines before what is
   * added to them.
   *
   * @param start where they begin in the bytes
   */
  addLines(note: number, start: number): void {
    const bytes = this.#bytes;
    for (let at = start; bytes[at] !== BETWEEN_BYTE; at++) {
      const begin = at;
      let hash = BASIS;
      for (; bytes[at] !== TAB; at++) hash = Math.imul(hash ^ bytes[at]!, PRIME);
      const gram = this.#find(hash, begin, at);
      const marks = at + 1;
      while (bytes[at] !== LINE_END) at++;
      this.#post(gram, note, marks, at);
    }
  }

  /** Adds marks to those that a note has under a gram. */
  add(note: number, gram: string, marks: string): void {
    const begin = this.#append(gram);
    const end = this.#length;
    let hash = BASIS;
    for (let at = begin; at < end; at++) hash = Math.imul(hash ^ this.#bytes[at]!, PRIME);
    const id = this.#find(hash, begin, end);
    const last = this.#lasts[id]!;
    if (last === NONE || this.#notes[last] !== note) {
      this.#post(id, note, this.#append(marks), this.#length);
      return;
    }
    const known = this.#bytes.toString('latin1', this.#marks[last], this.#marksEnds[last]);
    const all = union(known, marks);
    if (all === known) return;
    this.#marks[last] = this.#append(all);
    this.#marksEnds[last] = this.#length;
  }

  /** @returns a line for each gram, sorted: the gram, a tab, of each note its number less the one before, and its marks */
  print(): Buffer {
    const grams = this.#starts.map((start, id) => this.#bytes.toString('utf8', start, this.#ends[id]));
    const sorted = grams.map((_, id) => id).sort((a, b) => compare(grams[a]!, grams[b]!));
    let at = 0;
    for (const id of sorted) {
      at = this.#copy(this.#starts[id]!, this.#ends[id]!, at);
      out[at++] = TAB;
      let before = 0;
      for (let p = this.#firsts[id]!; p !== NONE; p = this.#nexts[p]!) {
        const note = this.#notes[p]!;
        at = printNumber(note - before, at);
        before = note;
        at = this.#copy(this.#marks[p]!, this.#marksEnds[p]!, at);
      }
      out[at++] = LINE_END;
    }
    return Buffer.from(out.subarray(0, at));
  }

  /** Copies bytes to `out`, which has room for a number and two signs then. @returns where they end */
  #copy(start: number, end: number, to: number): number {
    const bytes = this.#bytes;
    const needed = to + end - start + MOST_DIGITS + 2;
    if (needed > out.length) out = grown(out, to, needed);
    let at = to;
    for (let from = start; from < end; from++) out[at++] = bytes[from]!;
    return at;
  }

  #post(gram: number, note: number, start: number, end: number): void {
    const posting = this.#notes.push(note) - 1;
    this.#marks.push(start);
    this.#marksEnds.push(end);
    this.#nexts.push(NONE);
    const last = this.#lasts[gram]!;
    if (last === NONE) this.#firsts[gram] = posting;
    else this.#nexts[last] = posting;
    this.#lasts[gram] = posting;
  }

  /** @returns a gram's number, a new one when it was not met before */
  #find(hash: number, start: number, end: number): number {
    const most = this.#table.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & most; ; slot = (slot + 1) & most) {
      const id = this.#table[slot]!;
      if (id !== NONE) {
        if (this.#hashes[id] === hash && this.#isSame(id, start, end)) return id;
        continue;
      }
      const fresh = this.#hashes.push(hash) - 1;
      this.#starts.push(start);
      this.#ends.push(end);
      this.#firsts.push(NONE);
      this.#lasts.push(NONE);
      this.#table[slot] = fresh;
      if (2 * fresh > most) this.#grow();
      return fresh;
    }
  }

  #isSame(id: number, start: number, end: number): boolean {
    const bytes = this.#bytes;
    let other = this.#starts[id]!;
    if (this.#ends[id]! - other !== end - start) return false;
    for (let at = start; at < end; at++) if (bytes[at] !== bytes[other++]) return false;
    return true;
  }

  #grow(): void {
    const most = 2 * this.#table.length - 1;
    this.#table = new Int32Array(most + 1).fill(NONE);
    for (const [id, hash] of this.#hashes.entries()) {
      let slot = (hash ^ (hash >>> 15)) & most;
      while (this.#table[slot] !== NONE) slot = (slot + 1) & most;
      this.#table[slot] = id;
    }
  }

  /** @returns where the text begins */
  #append(text: string): number {
    const start = this.#length;
    const end = start + Buffer.byteLength(text);
    if (end > this.#bytes.length) this.#bytes = grown(this.#bytes, start, end);
    this.#bytes.write(text, start);
    this.#length = end;
    return start;
  }
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 32 bits. */
const BASIS = 0x811c_9dc5 | 0;
const PRIME = 16_777_619;

/** Writes a number in base 36 to `out`. @returns where it ends */
function printNumber(number: number, start: number): number {
  let end = start + 1;
  for (let rest = number; rest >= 36; rest = Math.trunc(rest / 36)) end++;
  let rest = number;
  for (let at = end - 1; at >= start; at--) {
    const digit = rest % 36;
    out[at] = digit < 10 ? 48 + digit : 87 + digit;
    rest = Math.trunc(rest / 36);
  }
  return end;
}

/** Marks of the sections that are in one list or the other. */
function union(a: string, b: string): string {
  if (a.includes('_') || b.includes('_')) {
    const sections = [...new Set([...sectionsOf(a), ...sectionsOf(b)])].sort((x, y) => x - y);
    return sections.map(sectionMark).join('');
  }
  // Of the first sections, a letter each, in order.
  let all = '';
  let next = 0;
  for (const mark of b) {
    while (next < a.length && a[next]! < mark) all += a[next++];
    if (a[next] === mark) next++;
    all += mark;
  }
  return all + a.slice(next);
}
