/** Compiles some notes and packs the results for the store: what a worker does. */

import { noteExhausted, noteFailed, noteTooDeep } from '../diagnostics/messages.ts';
import { type CodeLines, codeKey, type Drawings, type Drawn, drawingKey } from '../drawings.ts';
import type { Diagnostic, NoteBody, Source } from '../model.ts';
import { type Indexed, type Packed, packBody, packIndex } from '../packed.ts';
import { searchable } from '../search/note-words.ts';
import { bytesOf } from '../utf8.ts';
import { colour } from './colour.ts';
import { compile, type Makers } from './compile.ts';
import { draw } from './draw/draw.ts';
import type { CompileOptions } from './options.ts';
import { tellPluginIn } from './plugins.ts';
import { printedFormulas } from './printed-formulas.ts';

export interface Batch {
  sources: Source[];
  options: CompileOptions;
  /** Drawings and coloured code that are known already, by key. */
  drawn: Drawings;
  /** How many notes were begun, and which plugin is at work (`tellPluginIn`). Whoever waits can tell what takes so long. */
  begun: Int32Array;
  /**
   * Number of the build that keeps what comes back: a formula that a thread has sent it once is left out of later notes.
   * 0 stands for one that keeps nothing.
   */
  build: number;
}

/** A compiled note, or why there is none. */
export type Outcome = Packed | { failed: Diagnostic };

/** What the store has of a note that nobody can search. */
const UNSEARCHED: ReturnType<typeof searchable> = { sections: '[]', words: new Uint8Array() };

/** Keys of the formulas that this thread has sent a build. */
let sent = { build: 0, formulas: new Set<string>() };

/** @returns one outcome for each source, in order */
export async function compileBatch({ sources, options, drawn, begun, build }: Batch): Promise<Outcome[]> {
  const out: Outcome[] = [];
  tellPluginIn(begun);
  for (const source of sources) {
    Atomics.add(begun, 0, 1);
    printedFormulas.hear();
    out.push(await compileOne(source, options, drawn, build));
    printedFormulas.tell();
  }
  return out;
}

async function compileOne(
  source: Source,
  options: CompileOptions,
  drawn: Drawings,
  build: number,
): Promise<Outcome> {
  const used = new Set<string>();
  const drawings: Drawings = {};
  const remember = async <T extends Drawings[string]>(key: string, make: () => Promise<T>): Promise<T> => {
    used.add(key);
    const known = drawn[key] ?? drawings[key];
    if (known) return known as T;
    const made = await make();
    drawings[key] = made;
    return made;
  };
  const makers: Makers = {
    draw: (kind, text) => remember<Drawn>(drawingKey(kind, text), () => draw(kind, text)),
    colour: (language, text) => remember<CodeLines>(codeKey(language, text), () => colour(language, text)),
  };
  try {
    const note = await compile(source, options, makers);
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
      body: packed.body,
      words,
      sections: bytesOf(sections),
      drawings,
      // Last: a note that fails sends nothing.
      formulas: unsent(packed.formulas, build),
    };
  } catch (error) {
    return { failed: explain(error, { file: `posts/${source.path}` }) };
  }
}

/** The formulas that a build does not have from this thread yet; from now on it has. */
function unsent(formulas: Packed['formulas'], build: number): Packed['formulas'] {
  if (build === 0) return formulas;
  if (build !== sent.build) sent = { build, formulas: new Set() };
  const fresh = Object.entries(formulas).filter(([key]) => !sent.formulas.has(key));
  for (const [key] of fresh) sent.formulas.add(key);
  return Object.fromEntries(fresh);
}

/** What a note did to the machinery, told as a fault of the note. */
function explain(error: unknown, at: { file: string }): Diagnostic {
  if (error instanceof RangeError)
    return /call stack/.test(error.message) ? noteTooDeep(at) : noteExhausted(at, 'memory than there is');
  return noteFailed(at, error instanceof Error ? error.message : String(error));
}
