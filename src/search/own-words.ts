/**
 * What the notes of a site have of their own in each part of the search index. It is laid out by parts while notes are
 * read, which takes longer than anything else that word files need, and can be done before the notes are linked.
 */

import { PARTS } from '../../templates/client/search-words.ts';
import { hash } from '../hash.ts';
import { grown } from './grown.ts';
import { BETWEEN_BYTE, cutWords, type RefPlace } from './note-words.ts';

/** Room for a part at first, in bytes. */
const ROOM = 4096;

/** The lines of all notes in one part, as UTF-8: those of each note, then `BETWEEN_BYTE`. */
class Part {
  bytes = Buffer.allocUnsafe(ROOM);
  length = 0;
  /** Places of the notes that have any. */
  readonly notes: number[] = [];

  /** @param end of the note's lines in `words`, which begin at `start` */
  add(note: number, words: Buffer, start: number, end: number): void {
    const needed = this.length + end - start + 1;
    if (needed > this.bytes.length) this.bytes = grown(this.bytes, this.length, needed);
    this.length += words.copy(this.bytes, this.length, start, end);
    this.bytes[this.length++] = BETWEEN_BYTE;
    this.notes.push(note);
  }
}

/** The lines of one part. */
export interface PartLines {
  /** UTF-8; not to be changed. */
  bytes: Buffer;
  /** The number of each note that has any, and where they begin: `BETWEEN_BYTE` ends them. In order of numbers. */
  notes: { number: number; start: number }[];
}

/** Notes are added in one order, and told apart afterwards by their places in it. */
export class OwnWords {
  /** For each note and each of its sections, the references whose names it shows. */
  readonly refs: RefPlace[][][] = [];
  readonly #parts = Array.from({ length: PARTS }, () => new Part());
  /** Of each part: hash of the lines that notes have there, one note after the other. */
  #digests: string[] = [];

  /**
   * Adds a note. What comes of all depends on the order in which they are added.
   *
   * @param words as `searchable` packed them
   */
  add(words: Uint8Array): void {
    const bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength);
    const starts = cutWords(bytes);
    const note = this.refs.length;
    this.refs.push(JSON.parse(bytes.toString('utf8', 0, starts[0]! - 1)) as RefPlace[][]);
    for (let part = 0; part < PARTS; part++) {
      const start = starts[part]!;
      const end = starts[part + 1]! - 1;
      if (end > start) this.#parts[part]!.add(note, bytes, start, end);
    }
  }

  /** To be called when all notes are added. */
  close(): void {
    this.#digests = this.#parts.map(({ bytes, length }) => hash(bytes.subarray(0, length)));
  }

  /**
   * @param places of some of the notes, in the order in which they are wanted
   * @returns the same as if they alone had been added
   */
  only(places: number[]): OwnWords {
    const some = new OwnWords();
    const now = new Map(places.map((place, i) => [place, i]));
    for (const place of places) some.refs.push(this.refs[place]!);
    for (const [number, { bytes, notes }] of this.#parts.entries()) {
      let start = 0;
      const found: { place: number; start: number; end: number }[] = [];
      for (const note of notes) {
        const end = bytes.indexOf(BETWEEN_BYTE, start);
        const place = now.get(note);
        if (place !== undefined) found.push({ place, start, end });
        start = end + 1;
      }
      found.sort((a, b) => a.place - b.place);
      for (const { place, start, end } of found) some.#parts[number]!.add(place, bytes, start, end);
    }
    some.close();
    return some;
  }

  /**
   * All that notes have of their own in a part; one that has nothing there leaves no trace.
   *
   * @param numbers of the notes
   * @returns a text that changes when it does
   */
  keyOf(part: number, numbers: number[]): string {
    const { notes } = this.#parts[part]!;
    // As they lie in memory: to print a quarter of a million of them took longer than all else.
    const those = new Uint32Array(notes.length);
    for (let i = 0; i < notes.length; i++) those[i] = numbers[notes[i]!]!;
    return hash(this.#digests[part]!, new Uint8Array(those.buffer));
  }

  /** @param numbers of the notes */
  lines(part: number, numbers: number[]): PartLines {
    const { bytes, length, notes } = this.#parts[part]!;
    let start = 0;
    const placed = notes.map((note) => {
      const here = { number: numbers[note]!, start };
      start = bytes.indexOf(BETWEEN_BYTE, start) + 1;
      return here;
    });
    return { bytes: bytes.subarray(0, length), notes: placed.sort((a, b) => a.number - b.number) };
  }
}
