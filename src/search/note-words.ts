/**
 * The grams of a note's own text, made when it is compiled: for each part of the index, lines of a gram and the
 * sections it stands in. What comes from other notes and from front matter is added when the index is made.
 */

import { PARTS, sectionMark } from '../../templates/client/search-words.ts';
import type { Note } from '../model.ts';
import { firstInRun, lastInRun } from './grams.ts';
import { grown } from './grown.ts';
import { type Gram, MetGrams } from './met-grams.ts';
import { formulasIn, packSections, type SectionText, sectionTexts } from './note-text.ts';

/** Between the parts of a note's grams: neither text nor formulas have it (`\f`), since a gram is letters. */
export const BETWEEN_BYTE = 12;
/** Behind a gram, and behind its marks. */
export const TAB = 9;
export const LINE_END = 10;
/** Ends a list of grams. */
const NONE = -1;

/** What the store keeps of a note for search. */
export interface Searchable {
  /** What is shown of it, as `packSections` packs it. */
  sections: string;
  /** For `OwnWords`: UTF-8. */
  words: Uint8Array;
}

const met = new MetGrams();
let notes = 0;
/** What is packed, of one note after the other. */
let out = Buffer.allocUnsafeSlow(1 << 16);

/** Makes a note findable. The first section's number is 1: 0 are the note's names. */
export function searchable(note: Note): Searchable {
  const sections = sectionTexts(note);
  const number = ++notes;
  const found: Gram[] = [];
  met.forget();
  sections.forEach((section, i) => {
    const mark = sectionMark(i + 1);
    const add = (gram: Gram) => {
      if (gram.note !== number) {
        gram.note = number;
        gram.marks = mark;
        found.push(gram);
      } else if (gram.section !== i) gram.marks += mark;
      gram.section = i;
    };
    met.each(section.heading, add);
    for (const piece of section.text) if (typeof piece === 'string') met.each(piece, add);
    for (const tex of formulasIn(section)) met.ofFormula(tex).forEach(add);
  });
  const refs = sections.map(({ text }) => placesOf(text));
  return { sections: packSections(sections), words: pack(JSON.stringify(refs), found) };
}

/** A reference whose name stands in a text, with the Chinese characters before and behind it, or nothing. */
export type RefPlace = [ref: number, before: string, after: string];

function placesOf(text: SectionText['text']): RefPlace[] {
  const words = (i: number) => (typeof text[i] === 'string' ? text[i] : '');
  return text.flatMap((part, i): RefPlace[] =>
    typeof part === 'number' ? [[part, lastInRun(words(i - 1)), firstInRun(words(i + 1))]] : [],
  );
}

/** @returns the head, then the lines of each part, in the order of the grams: on bytes, since a note has hundreds of lines */
function pack(head: string, grams: Gram[]): Uint8Array {
  const { bytes } = met;
  const firsts = new Int32Array(PARTS).fill(NONE);
  const nexts = new Int32Array(grams.length);
  let length = Buffer.byteLength(head) + PARTS;
  for (let i = grams.length - 1; i >= 0; i--) {
    const { part, start, end, marks } = grams[i]!;
    nexts[i] = firsts[part]!;
    firsts[part] = i;
    length += end - start + marks.length + 2;
  }
  if (length > out.length) out = grown(out, 0, length);
  let at = out.write(head);
  for (const first of firsts) {
    out[at++] = BETWEEN_BYTE;
    for (let i = first; i !== NONE; i = nexts[i]!) {
      const { start, end, marks } = grams[i]!;
      for (let from = start; from < end; from++) out[at++] = bytes[from]!;
      out[at++] = TAB;
      for (let mark = 0; mark < marks.length; mark++) out[at++] = marks.charCodeAt(mark);
      out[at++] = LINE_END;
    }
  }
  return Uint8Array.prototype.slice.call(out, 0, at);
}

/**
 * @param words as `searchable` packed them
 * @returns where each part begins, and behind the last one where another would: a part ends one byte before the next
 */
export function cutWords(words: Uint8Array): Int32Array {
  const starts = new Int32Array(PARTS + 1);
  let part = 0;
  for (let at = words.indexOf(BETWEEN_BYTE); at !== -1; at = words.indexOf(BETWEEN_BYTE, at + 1))
    starts[part++] = at + 1;
  starts[PARTS] = words.length + 1;
  return starts;
}
