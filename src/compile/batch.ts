/** Compiles some notes and packs the results for the store: what a worker does, and what a small build does itself. */

import { deflateRawSync } from 'node:zlib';
import type { Note, NoteIndex, Source } from '../model.ts';
import { type CompileOptions, compile } from './compile.ts';

/** A compiled note as the store keeps it: the index apart from the body, which only its own page needs. */
export interface Packed {
  index: Uint8Array;
  body: Uint8Array;
}

/** What is kept of a note for link and messages. */
export interface Indexed {
  index: NoteIndex;
  diagnostics: Note['diagnostics'];
}

export async function compileBatch({
  sources,
  options,
}: {
  sources: Source[];
  options: CompileOptions;
}): Promise<Packed[]> {
  const out: Packed[] = [];
  for (const source of sources) {
    const note = await compile(source, options);
    const { index, diagnostics } = note;
    out.push({
      index: Buffer.from(JSON.stringify({ index, diagnostics } satisfies Indexed)),
      // Formulas shrink twelvefold even at the fastest level, which costs less than writing them.
      body: deflateRawSync(JSON.stringify(note), { level: 1 }),
    });
  }
  return out;
}
