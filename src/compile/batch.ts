/** Compiles some notes and packs the results for the store: what a worker does, and what a small build does itself. */

import { deflateRawSync } from 'node:zlib';
import { type Drawings, drawingKey } from '../drawings.ts';
import type { Note, NoteIndex, Source } from '../model.ts';
import { compile } from './compile.ts';
import { type Draw, draw } from './draw/draw.ts';
import type { CompileOptions } from './options.ts';

/** A compiled note as the store keeps it: the index apart from the body, which only its own page needs. */
export interface Packed {
  index: Uint8Array;
  body: Uint8Array;
  /** Drawings that were made now, to be remembered by what they were made from. */
  drawings: Drawings;
}

/** What is kept of a note for link and messages. */
export interface Indexed {
  index: NoteIndex;
  diagnostics: Note['diagnostics'];
  /** Keys of the note's drawings. */
  drawings?: string[];
}

/** @param drawn drawings that are known already, by key */
export async function compileBatch({
  sources,
  options,
  drawn,
}: {
  sources: Source[];
  options: CompileOptions;
  drawn: Drawings;
}): Promise<Packed[]> {
  const out: Packed[] = [];
  for (const source of sources) {
    const used = new Set<string>();
    const drawings: Drawings = {};
    const remember: Draw = async (kind, text) => {
      const key = drawingKey(kind, text);
      used.add(key);
      const known = drawn[key] ?? drawings[key];
      if (known) return known;
      drawings[key] = await draw(kind, text);
      return drawings[key];
    };
    const note = await compile(source, options, remember);
    const { index, diagnostics } = note;
    const indexed: Indexed = { index, diagnostics, ...(used.size > 0 && { drawings: [...used] }) };
    out.push({
      index: Buffer.from(JSON.stringify(indexed)),
      // Formulas shrink twelvefold even at the fastest level, which costs less than writing them.
      body: deflateRawSync(JSON.stringify(note), { level: 1 }),
      drawings,
    });
  }
  return out;
}
