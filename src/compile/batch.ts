/** Compiles some notes and packs the results for the store: what a worker does. */

import { noteExhausted, noteFailed, noteTooDeep } from '../diagnostics/messages.ts';
import { type Drawings, drawingKey } from '../drawings.ts';
import type { Diagnostic, NoteBody, Source } from '../model.ts';
import { type Indexed, type Packed, packBody, packIndex } from '../packed.ts';
import { searchable } from '../search/note-words.ts';
import { compile } from './compile.ts';
import { type Draw, draw } from './draw/draw.ts';
import type { CompileOptions } from './options.ts';
import { hearFormulas, tellFormulas } from './printed-formulas.ts';

export interface Batch {
  sources: Source[];
  options: CompileOptions;
  /** Drawings that are known already, by key. */
  drawn: Drawings;
  /** One number: how many notes were begun. Whoever waits can tell which one takes so long. */
  begun: Int32Array;
}

/** A compiled note, or why there is none. */
export type Outcome = Packed | { failed: Diagnostic };

/** What the store has of a note that nobody can search. */
const UNSEARCHED: ReturnType<typeof searchable> = { sections: [], words: '' };

/** @returns one outcome for each source, in order */
export async function compileBatch({ sources, options, drawn, begun }: Batch): Promise<Outcome[]> {
  const out: Outcome[] = [];
  for (const source of sources) {
    Atomics.add(begun, 0, 1);
    hearFormulas();
    out.push(await compileOne(source, options, drawn));
    tellFormulas();
  }
  return out;
}

async function compileOne(source: Source, options: CompileOptions, drawn: Drawings): Promise<Outcome> {
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
  try {
    const note = await compile(source, options, remember);
    const { index, diagnostics, sections: parts, footnotes, math } = note;
    const body: NoteBody = { sections: parts, footnotes, math };
    const packed = packBody(body);
    const formulas = Object.keys(packed.formulas).join('');
    const indexed: Indexed = {
      index,
      diagnostics,
      ...(used.size > 0 && { drawings: [...used] }),
      ...(formulas !== '' && { formulas }),
    };
    const { sections, words } = options.search === false ? UNSEARCHED : searchable(note);
    return {
      index: packIndex(indexed),
      ...packed,
      words: Buffer.from(words),
      sections: Buffer.from(JSON.stringify(sections)),
      drawings,
    };
  } catch (error) {
    return { failed: explain(error, { file: `posts/${source.path}` }) };
  }
}

/** What a note did to the machinery, told as a fault of the note. */
function explain(error: unknown, at: { file: string }): Diagnostic {
  if (error instanceof RangeError)
    return /call stack/.test(error.message) ? noteTooDeep(at) : noteExhausted(at, 'memory than there is');
  return noteFailed(at, error instanceof Error ? error.message : String(error));
}
