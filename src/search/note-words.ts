/**
 * The grams of a note's own text, made when it is compiled: for each part of the index, lines of a gram and the
 * sections it stands in. What comes from other notes and from front matter is added when the index is made.
 */

import { PARTS, sectionMark } from '../../templates/client/search-words.ts';
import type { Note } from '../model.ts';
import { type Gram, MetGrams } from './met-grams.ts';
import { formulasIn, type SectionText, sectionTexts } from './note-text.ts';

/** Between the parts of a note's grams: neither text nor formulas have it, since a gram is letters. */
const BETWEEN = '\f';
export const BETWEEN_BYTE = 12;

/** What the store keeps of a note for search. */
export interface Searchable {
  sections: SectionText[];
  /** For `OwnWords`, as UTF-8. */
  words: string;
}

const met = new MetGrams();
let notes = 0;

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
  const lines = Array<string>(PARTS).fill('');
  for (const { text, part, marks } of found) lines[part] += `${text}\t${marks}\n`;
  const refs = sections.map(({ text }) => text.filter((p) => typeof p === 'number'));
  return { sections, words: [JSON.stringify(refs), ...lines].join(BETWEEN) };
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
