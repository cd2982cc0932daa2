/**
 * The word files of the search index: what notes have in each part of it, as lines that a reader's browser looks up.
 * They need the grams of all notes and nothing else of the site, so that a thread can make them while pages are made.
 */

import { PARTS, sectionMark, sectionsOf } from '../../templates/client/search-words.ts';
import { hash } from '../hash.ts';
import { compare, type NotePath } from '../paths.ts';
import { NameGrams } from './name-grams.ts';
import type { NoteParts } from './note-words.ts';
import type { OwnWords } from './own-words.ts';

/** What link adds to the grams of a note. */
export interface IndexedNote {
  path: NotePath;
  /** Under which the store has its grams. */
  key: string;
  /** Its own names, from front matter. */
  names: string;
  /** What each of its references is called. */
  refs: string[];
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
  /** Absent when its key is known. */
  text?: string;
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
  const byNumber: NoteParts[] = [];
  for (const [i, n] of order.entries()) byNumber[n] = own.notes[i]!;
  const added = addedGrams(notes, byNumber, grams);
  const count = notes.length <= 40 ? 16 : notes.length <= 160 ? 64 : PARTS;
  for (let n = 0; n < count; n++) {
    const parts = Array.from({ length: PARTS / count }, (_, i) => n + i * count);
    const texts = parts.flatMap((p) => [own.keyOf(p, order), JSON.stringify(added[p])]);
    const key = hash(engine, 'words', ...texts);
    yield known.has(key) ? { key } : { key, text: printWords(parts, byNumber, added) };
  }
}

/** @returns the numbers of notes, in the order of their paths: that in which `OwnWords` has them */
export function pathOrder(notes: Pick<IndexedNote, 'path'>[]): number[] {
  return notes.map((_, n) => n).sort((a, b) => compare(notes[a]!.path, notes[b]!.path));
}

/** Grams that are not the note's own text: number of the note, gram, marks of sections. */
type Added = [note: number, gram: string, marks: string][];

/** What front matter and other notes' names add, for each part. */
function addedGrams(notes: IndexedNote[], own: NoteParts[], grams: NameGrams): Added[] {
  const parts: Added[] = Array.from({ length: PARTS }, () => []);
  notes.forEach((note, n) => {
    const found = new Map<string, string>();
    for (const gram of grams.of(note.names)) found.set(gram, sectionMark(0));
    own[n]!.refs.forEach((refs, section) => {
      const mark = sectionMark(section + 1);
      for (const ref of refs)
        for (const gram of grams.of(note.refs[ref]!)) {
          const marks = found.get(gram) ?? '';
          if (!marks.endsWith(mark)) found.set(gram, marks + mark);
        }
    });
    for (const [gram, marks] of found) parts[grams.partOf(gram)]!.push([n, gram, marks]);
  });
  return parts;
}

/** The lines of one file. */
function printWords(parts: number[], own: NoteParts[], added: Added[]): string {
  const lines: string[] = [];
  for (const part of parts) {
    const places = new Map<string, { last: number; text: string }>();
    const put = (gram: string, note: number, marks: string) => {
      const place = places.get(gram);
      if (!place) places.set(gram, { last: note, text: note.toString(36) + marks });
      else {
        place.text += (note - place.last).toString(36) + marks;
        place.last = note;
      }
    };
    const more = added[part]!;
    let next = 0;
    for (const [n, note] of own.entries()) {
      if (more[next]?.[0] !== n) {
        note.each(part, (gram, marks) => put(gram, n, marks));
        continue;
      }
      const found = new Map<string, string>();
      note.each(part, (gram, marks) => found.set(gram, marks));
      for (; more[next]?.[0] === n; next++) {
        const [, gram, marks] = more[next]!;
        const known = found.get(gram);
        found.set(gram, known ? union(known, marks) : marks);
      }
      for (const [gram, marks] of found) put(gram, n, marks);
    }
    for (const [gram, { text }] of places) lines.push(`${gram}\t${text}\n`);
  }
  return lines.sort(compare).join('');
}

/** Marks of the sections that are in one list or the other. */
function union(a: string, b: string): string {
  const sections = [...new Set([...sectionsOf(a), ...sectionsOf(b)])].sort((x, y) => x - y);
  return sections.map(sectionMark).join('');
}
