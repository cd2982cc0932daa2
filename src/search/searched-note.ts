/** `search.json` beside a note's page: what the search dialog shows of the note. */

import type { SearchedFile } from '../../templates/client/preview-file.ts';
import type { LinkedNote } from '../model.ts';
import { fillSections, targetName } from './note-text.ts';

/** All of it but the text of its sections, which lies in the store. */
export interface SearchedNote {
  title: string;
  facts: string;
  description: string;
  /** What the note's references are called, by their numbers. */
  names: string[];
}

/** @returns what link knows of a note for search */
export function searchedNote(note: LinkedNote): SearchedNote {
  const { title, description = '', papers, tags, date } = note.index.meta;
  const facts = [
    papers.length === 1 ? papers[0]!.venue : '',
    date?.day.slice(0, 4),
    ...tags.map((t) => `#${t}`),
  ];
  return { title, facts: facts.filter(Boolean).join(' · '), description, names: refNames(note) };
}

/** @returns what the references of a note are called, by their numbers */
export function refNames({ index, targets }: LinkedNote): string[] {
  return index.refs.map((ref, i) => targetName(ref, targets[i]!));
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
  const { names, ...about } = note;
  const known: Omit<SearchedFile, 'sections'> = about;
  const filled = fillSections(sections, names);
  return `${JSON.stringify(known).slice(0, -1)},"sections":${filled}}\n`;
}
