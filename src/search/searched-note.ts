/** What the search dialog shows of a note. */

import type { PreviewFile } from '../../templates/client/preview-file.ts';
import type { LinkedNote } from '../model.ts';
import { nameOf, type SectionText } from './note-text.ts';

/** All of it but the text of its sections, which lies in the store. */
export interface SearchedNote {
  facts: string;
  description: string;
  /** What the note's references are called, by their numbers. */
  names: string[];
}

/** @returns what link knows of a note for search */
export function searchedNote(note: LinkedNote): SearchedNote {
  const { description = '', papers, tags, date } = note.index.meta;
  const facts = [
    papers.length === 1 ? papers[0]!.venue : '',
    date?.day.slice(0, 4),
    ...tags.map((t) => `#${t}`),
  ];
  return { facts: facts.filter(Boolean).join(' · '), description, names: refNames(note) };
}

/** @returns what the references of a note are called, by their numbers */
export function refNames({ index, targets }: LinkedNote): string[] {
  return index.refs.map((ref, i) => nameOf(ref, targets[i]!));
}

/** @returns it with its sections, as a reader's browser gets it */
export function withSections(
  { facts, description, names }: SearchedNote,
  sections: SectionText[],
): NonNullable<PreviewFile['search']> {
  return {
    facts,
    description,
    sections: sections.map(({ id, heading, text }) => [
      id,
      heading,
      text.map((part) => (typeof part === 'number' ? names[part]! : part)).join(''),
    ]),
  };
}
