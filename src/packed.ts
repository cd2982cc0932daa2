/** A compiled note on its way from a worker to the store, and out of it. */

import type { Drawings } from './drawings.ts';
import type { Diagnostic, NoteIndex } from './model.ts';

/** A compiled note as the store keeps it: the index apart from the body, which only its own page needs. */
export interface Packed {
  /** `Indexed` as JSON. */
  index: Uint8Array;
  /** `NoteBody` as JSON, deflated. */
  body: Uint8Array;
  /** Grams for the search index (see search/note-words.ts). */
  words: Uint8Array;
  /** `SectionText[]` as JSON: what search shows. */
  sections: Uint8Array;
  /** Drawings that were made now, to be remembered by what they were made from. */
  drawings: Drawings;
}

/** What link and messages need of a compiled note. */
export interface Indexed {
  index: NoteIndex;
  diagnostics: Diagnostic[];
  /** Keys of the note's drawings. */
  drawings?: string[];
}
