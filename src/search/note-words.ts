/**
 * The grams of a note's own text, made when it is compiled: for each part of the index, lines of a gram and the
 * sections it stands in. What comes from other notes and from front matter is added when the index is made.
 */

import { eachTexGram, PARTS, partOf, sectionMark } from '../../templates/client/search-words.ts';
import { remembered } from '../bounded-map.ts';
import type { Note } from '../model.ts';
import { tellGrams } from './grams.ts';
import { formulasIn, type SectionText, sectionTexts } from './note-text.ts';

/** Between the parts of a note's grams: neither text nor formulas have it, since a gram is letters. */
const BETWEEN = '\f';
const BETWEEN_BYTE = 12;

/** What the store keeps of a note for search. */
export interface Searchable {
  sections: SectionText[];
  /** For `NoteParts`, as UTF-8. */
  words: string;
}

/** Grams of formulas that were met before, in this process: notes of one field share half of theirs. */
const texGrams = remembered((tex) => {
  const grams = new Set<string>();
  eachTexGram(tex, (gram) => grams.add(gram));
  return [...grams];
}, 5_000);

/** Makes a note findable. The first section's number is 1: 0 are the note's names. */
export function searchable(note: Note): Searchable {
  const sections = sectionTexts(note);
  const found = new Map<string, { last: number; marks: string }>();
  sections.forEach((section, i) => {
    const mark = sectionMark(i + 1);
    const add = (gram: string) => {
      const known = found.get(gram);
      if (known === undefined) found.set(gram, { last: i, marks: mark });
      else if (known.last !== i) {
        known.last = i;
        known.marks += mark;
      }
    };
    tellGrams(section.heading, add);
    for (const piece of section.text) if (typeof piece === 'string') tellGrams(piece, add);
    for (const tex of formulasIn(section)) for (const gram of texGrams(tex)) add(gram);
  });
  const lines = Array<string>(PARTS).fill('');
  for (const [gram, { marks }] of found) lines[partOf(gram)] += `${gram}\t${marks}\n`;
  const refs = sections.map(({ text }) => text.filter((p) => typeof p === 'number'));
  return { sections, words: [JSON.stringify(refs), ...lines].join(BETWEEN) };
}

/** A note's grams, as `searchable` packed them. */
export class NoteParts {
  /** For each section, numbers of the references whose names it shows. */
  readonly refs: number[][];
  readonly #bytes: Buffer;
  /** Where each part begins. */
  readonly #starts = new Int32Array(PARTS + 1);

  constructor(words: Uint8Array) {
    this.#bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength);
    let part = 0;
    for (let at = 0; at < words.length; at++) if (words[at] === BETWEEN_BYTE) this.#starts[part++] = at + 1;
    this.#starts[PARTS] = words.length + 1;
    this.refs = JSON.parse(this.#bytes.toString('utf8', 0, this.#starts[0]! - 1)) as number[][];
  }

  /** @returns how many bytes the lines of a part are */
  lengthOf(number: number): number {
    return this.#starts[number + 1]! - 1 - this.#starts[number]!;
  }

  /** Copies the lines of a part, as bytes. @returns how many */
  copy(number: number, to: Uint8Array, at: number): number {
    return this.#bytes.copy(to, at, this.#starts[number]!, this.#starts[number + 1]! - 1);
  }

  /** Tells of every gram in a part, with the marks of its sections. */
  each(number: number, tell: (gram: string, marks: string) => void): void {
    const text = this.#bytes.toString('utf8', this.#starts[number]!, this.#starts[number + 1]! - 1);
    for (let start = 0; start < text.length; ) {
      const tab = text.indexOf('\t', start);
      const end = text.indexOf('\n', tab);
      tell(text.slice(start, tab), text.slice(tab + 1, end));
      start = end + 1;
    }
  }
}
