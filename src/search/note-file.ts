/** `search.json` beside a note's page: what the search dialog shows of the note. */

import type { SectionText } from './note-text.ts';

/** What the file is made from, beside the note's sections in the store. */
export interface SearchSheet {
  kind: 'search';
  /** Of the compiled note in the store. */
  key: string;
  about: { title: string; facts: string; description: string };
  /** What the note's references are called, by their numbers. */
  names: string[];
}

/** @returns the file's text */
export function printNoteFile({ about, names }: SearchSheet, sections: SectionText[]): string {
  const printed = sections.map(({ id, heading, text }) => [
    id,
    heading,
    text.map((part) => (typeof part === 'number' ? names[part]! : part)).join(''),
  ]);
  return `${JSON.stringify({ ...about, sections: printed })}\n`;
}
