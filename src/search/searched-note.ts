/** `search.json` beside a note's page: what the search dialog shows of the note. */

import type { SearchedFile } from '../../templates/client/preview-file.ts';
import type { LinkedNote } from '../model.ts';
import { fillSections, otherNames, type RefNames, refNames } from './note-text.ts';

/** All of it but the text of its sections, which lies in the store. */
export interface SearchedNote {
  title: string;
  facts: string;
  description: string;
  names: string;
  refs: RefNames;
}

/**
 * @param texts what the note's page shows of its references, by their numbers
 * @returns what link knows of a note for search
 */
export function searchedNote(note: LinkedNote, texts: string[]): SearchedNote {
  const { title, description = '', papers, tags, date } = note.index.meta;
  const paper = papers.length === 1 ? papers[0] : undefined;
  const published = [paper?.venue, paper?.year].filter(Boolean).join(' ');
  const facts = [published || date?.day, ...tags.map((t) => `#${t}`)];
  return {
    title,
    facts: facts.filter(Boolean).join(' · '),
    description,
    names: otherNames(note),
    refs: refNames(note, texts),
  };
}

/** What the file is made from, beside the note's sections in the store. */
export interface SearchedSheet {
  kind: 'search';
  /** Of the compiled note in the store. */
  key: string;
  note: SearchedNote;
}

/**
 * @param sections as `packSections` gave them
 * @returns the file's text
 */
export function printSearched({ note }: SearchedSheet, sections: string): string {
  const { refs, ...about } = note;
  const known: Omit<SearchedFile, 'sections'> = about;
  const filled = fillSections(sections, refs);
  return `${JSON.stringify(known).slice(0, -1)},"sections":${filled}}\n`;
}
