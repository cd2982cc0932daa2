/** A compiled note on its way from a worker to the store, and out of it. */

import type { Drawings } from './drawings.ts';
import type { Diagnostic, NoteIndex } from './model.ts';

/** A compiled note as the store keeps it: the index apart from the body, which only its own page needs. */
export interface Packed {
  /** `Indexed`, as `packIndex` gives it. */
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

/** Behind all but the prose: JSON has no line end of its own. */
const LINE_END = 10;

/** @returns the index as JSON on one line, its prose on the next */
export function packIndex({ index, ...rest }: Indexed): Uint8Array {
  const { prose, ...others } = index;
  return Buffer.from(`${JSON.stringify({ index: others, ...rest })}\n${JSON.stringify(prose)}`);
}

/**
 * @param bytes as `packIndex` gave them
 * @returns the index; its prose, more than half of it, is read when somebody asks: most builds need that of one note
 */
export function unpackIndex(bytes: Uint8Array): Indexed {
  const cut = bytes.indexOf(LINE_END);
  const parse = (part: Uint8Array) =>
    JSON.parse(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString());
  const indexed = parse(bytes.subarray(0, cut)) as Indexed;
  let prose: NoteIndex['prose'] | undefined;
  Object.defineProperty(indexed.index, 'prose', {
    enumerable: true,
    get: () => {
      prose ??= parse(bytes.subarray(cut + 1)) as NoteIndex['prose'];
      return prose;
    },
  });
  return indexed;
}
