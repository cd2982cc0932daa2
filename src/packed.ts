/** A compiled note on its way from a worker to the store, and out of it. */

import type { Drawings } from './drawings.ts';
import { formulaKey } from './formula-keys.ts';
import type { Diagnostic, NoteBody, NoteIndex } from './model.ts';
import { bytesOf, textOf } from './utf8.ts';

/** A compiled note as the store keeps it: the index apart from the body, which only its own page needs. */
export interface Packed {
  /** `Indexed`, as `packIndex` gives it. */
  index: Uint8Array;
  /** `NoteBody` as JSON, with keys in place of its formulas. */
  body: Uint8Array;
  /**
   * Its formulas by their keys, without those that were sent with another note before. Notes of one field share half of
   * theirs, and they are most of a body: each is kept once.
   */
  formulas: Record<string, string>;
  /** Grams for the search index (see search/note-words.ts). */
  words: Uint8Array;
  /** What search shows: UTF-8, as `packSections` gives it (see search/note-text.ts). */
  sections: Uint8Array;
  /** Drawings and coloured code that were made now, to be remembered by what they were made from. */
  drawings: Drawings;
}

/** What link and messages need of a compiled note. */
export interface Indexed {
  index: NoteIndex;
  diagnostics: Diagnostic[];
  /** Keys of the note's drawings and code. */
  drawings?: string[];
  /** Keys of its formulas, one behind the other. */
  formulas?: string;
}

/** Length of a formula's key. */
const KEY_LENGTH = 32;

/** @returns the keys of a note's formulas */
export function formulaKeys({ formulas = '' }: Indexed): string[] {
  const keys: string[] = [];
  for (let i = 0; i < formulas.length; i += KEY_LENGTH) keys.push(formulas.slice(i, i + KEY_LENGTH));
  return keys;
}

/** @returns a body for the store, and the formulas that it names; `unpackBody` is its inverse */
export function packBody(body: NoteBody): Pick<Packed, 'body' | 'formulas'> {
  const keys = body.math.map((html) => formulaKey(html));
  return {
    body: bytesOf(JSON.stringify({ ...body, math: keys })),
    formulas: Object.fromEntries(keys.map((key, i) => [key, body.math[i]!])),
  };
}

/**
 * @param bytes as `packBody` gave them
 * @param formula gives what a key stands for
 * @returns the body, or `undefined` when a formula is not there
 */
export function unpackBody(
  bytes: Uint8Array,
  formula: (key: string) => string | undefined,
): NoteBody | undefined {
  const body = parse(bytes) as NoteBody;
  const math: string[] = [];
  for (const key of body.math) {
    const html = formula(key);
    if (html === undefined) return undefined;
    math.push(html);
  }
  return { ...body, math };
}

/** Behind all but the prose: JSON has no line end of its own. */
const LINE_END = 10;

/** @returns the index as JSON on one line, its prose on the next */
export function packIndex({ index, ...rest }: Indexed): Uint8Array {
  const { prose, ...others } = index;
  return bytesOf(`${JSON.stringify({ index: others, ...rest })}\n${JSON.stringify(prose)}`);
}

/**
 * @param bytes as `packIndex` gave them
 * @returns the index; its prose, more than half of it, is read when somebody asks: most builds need that of one note
 */
export function unpackIndex(bytes: Uint8Array): Indexed {
  const cut = bytes.indexOf(LINE_END);
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

function parse(json: Uint8Array): unknown {
  return JSON.parse(textOf(json));
}
