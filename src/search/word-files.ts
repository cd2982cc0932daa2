/**
 * The word files of the search index: what notes have in each part of it, as lines that a reader's browser looks up.
 * They need the grams of all notes and nothing else of the site, so that a thread can make them while pages are made.
 */

import { PARTS, sectionMark } from '../../templates/client/search-words.ts';
import { hash } from '../hash.ts';
import { compare, type NotePath } from '../paths.ts';
import { firstInRun, lastInRun } from './grams.ts';
import { NameGrams } from './name-grams.ts';
import type { RefNames } from './note-text.ts';
import type { RefPlace } from './note-words.ts';
import type { OwnWords } from './own-words.ts';
import { Postings } from './postings.ts';

/** What link adds to the grams of a note. */
export interface IndexedNote {
  path: NotePath;
  /** Under which the store has its grams. */
  key: string;
  /** Its own names, from front matter. */
  names: string;
  refs: RefNames;
}

export interface WordsJob {
  /** In the order of their numbers. */
  notes: IndexedNote[];
  /** Hash of Postil's code. */
  engine: string;
  /** Keys of files that are there already: they are not printed again. */
  known: ReadonlySet<string>;
}

export interface WordFile {
  key: string;
  /** UTF-8; absent when its key is known. */
  contents?: Uint8Array;
}

/**
 * @param own grams of the notes
 * @param grams those of names, as far as they are known
 * @returns the files, in order of their numbers
 */
export function* wordFiles(
  job: WordsJob,
  own: OwnWords,
  grams: NameGrams = new NameGrams(),
): Generator<WordFile> {
  const { notes, engine, known } = job;
  const order = pathOrder(notes);
  const added = addedGrams(notes, order, own, grams);
  const count = notes.length <= 40 ? 16 : notes.length <= 160 ? 64 : PARTS;
  for (let n = 0; n < count; n++) {
    const parts = Array.from({ length: PARTS / count }, (_, i) => n + i * count);
    const texts = parts.flatMap((p) => [own.keyOf(p, order), JSON.stringify(added[p])]);
    const key = hash(engine, 'words', ...texts);
    yield known.has(key) ? { key } : { key, contents: printWords(parts, order, own, added) };
  }
}

/** @returns the numbers of notes, in the order of their paths: that in which `OwnWords` has them */
export function pathOrder(notes: Pick<IndexedNote, 'path'>[]): number[] {
  return notes.map((_, n) => n).sort((a, b) => compare(notes[a]!.path, notes[b]!.path));
}

/** Grams that are not the note's own text: number of the note, gram, marks of sections. */
type Added = [note: number, gram: string, marks: string][];

/** What front matter and other notes' names add, for each part. */
function addedGrams(notes: IndexedNote[], order: number[], own: OwnWords, grams: NameGrams): Added[] {
  const parts: Added[] = Array.from({ length: PARTS }, () => []);
  const refsOf: RefPlace[][][] = [];
  for (const [i, n] of order.entries()) refsOf[n] = own.refs[i]!;
  notes.forEach((note, n) => {
    const found = new Map<string, string>();
    for (const gram of grams.of(note.names)) found.set(gram, sectionMark(0));
    refsOf[n]!.forEach((refs, section) => {
      const mark = sectionMark(section + 1);
      const add = (gram: string) => {
        const marks = found.get(gram) ?? '';
        if (!marks.endsWith(mark)) found.set(gram, marks + mark);
      };
      for (const [ref, before, after] of refs) {
        const shown = note.refs.shown[ref]!;
        grams.of(shown).forEach(add);
        if (note.refs.cited[ref]) grams.of(note.refs.cited[ref]).forEach(add);
        edgesOf(shown, before, after).forEach(add);
      }
    });
    for (const [gram, marks] of found) parts[grams.partOf(gram)]!.push([n, gram, marks]);
  });
  return parts;
}

/** The pairs of a run of Chinese across the beginning or the end of a name: 由式 where 式 (4) stands behind 由. */
function edgesOf(name: string, before: string, after: string): string[] {
  const first = before && firstInRun(name);
  const last = after && lastInRun(name);
  return [...(first ? [before + first] : []), ...(last ? [last + after] : [])];
}

/** The lines of one file. */
function printWords(parts: number[], order: number[], own: OwnWords, added: Added[]): Buffer {
  const lines = parts.map((part) => own.lines(part, order));
  const postings = new Postings(Buffer.concat(lines.map(({ bytes }) => bytes)));
  let offset = 0;
  for (const [i, { bytes, notes }] of lines.entries()) {
    const more = added[parts[i]!]!;
    let next = 0;
    const addUpTo = (last: number) => {
      for (; next < more.length && more[next]![0] <= last; next++) {
        const [note, gram, marks] = more[next]!;
        postings.add(note, gram, marks);
      }
    };
    for (const { number, start } of notes) {
      addUpTo(number - 1);
      postings.addLines(number, offset + start);
    }
    addUpTo(order.length);
    offset += bytes.length;
  }
  return postings.print();
}
