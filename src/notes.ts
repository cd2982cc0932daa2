/**
 * The notes of a site, compiled: out of the store, or by the pool and into it. Indexes of all notes are in
 * memory, bodies stay in the store and are read one at a time.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NoteStore } from './cache/notes.ts';
import type { CompileOptions } from './compile/options.ts';
import type { Config } from './config/config.ts';
import { unreadable } from './diagnostics/messages.ts';
import { hash } from './hash.ts';
import type { Diagnostic, LoadedNote, NoteBody, Source } from './model.ts';
import { type Indexed, type Packed, unpackBody } from './packed.ts';
import { compare, type NotePath } from './paths.ts';
import { decode } from './read/decode.ts';
import type { NoteInput } from './read/scan.ts';
import { namesOf } from './search/note-text.ts';
import { compileAll, type PoolOptions } from './threads/compile-all.ts';
import { textOf } from './utf8.ts';

/** A file is no longer what the scan saw: the build would be of no one state of the site. */
export class Changed extends Error {
  constructor(readonly file: string) {
    super(`${file} changed while it was read`);
  }
}

/**
 * What compile is given of the configuration.
 *
 * @returns `compile`, and `read`: the part of it that decides what a note becomes, for the store's keys
 */
export function compileOptions(
  config: Config,
  plugins: CompileOptions['plugins'],
): { compile: CompileOptions; read: CompileOptions } {
  const compile: CompileOptions = {
    macros: config.math.macros,
    mathOutput: config.math.output,
    search: config.search,
    lang: config.lang,
    dialects: config.dialects,
    ...(plugins && { plugins }),
  };
  // Where the bundle lies says nothing about what is in it.
  return { compile, read: plugins ? { ...compile, plugins: { ...plugins, file: '' } } : compile };
}

export interface NotesOptions {
  site: string;
  store: NoteStore;
  compile: CompileOptions;
  jobs: number | undefined;
  signal: AbortSignal | undefined;
  /** Lets other things happen, and throws when the build is to end. */
  breathe: () => Promise<void>;
  progress: (done: number, total: number) => void;
}

/** Builds of this process, for `Batch`. */
let builds = 0;

/** Complete once `compile` gives it. */
export class Notes {
  /** What link needs of each note, in order of paths. */
  readonly indexes = new Map<NotePath, Indexed>();
  /** Of the notes, and of those that could not be compiled. */
  readonly diagnostics: Diagnostic[] = [];
  readonly #inputs: Map<NotePath, NoteInput>;
  readonly #options: NotesOptions;
  readonly #keys = new Map<NotePath, string>();

  private constructor(inputs: NoteInput[], options: NotesOptions) {
    this.#inputs = new Map(inputs.map((i) => [i.path, i]));
    this.#options = options;
  }

  /**
   * Compiles what the store does not have.
   *
   * @throws Changed
   */
  static async compile(inputs: NoteInput[], options: NotesOptions): Promise<Notes> {
    const notes = new Notes(inputs, options);
    const { store, breathe, progress } = options;
    const found = new Map<NotePath, Indexed>();
    const pool = { ...notes.#pool, build: ++builds };
    /** Those whose source could not be read are told of; the others are on their way to the pool. */
    const begin = (paths: NotePath[]): Promise<void> => {
      const sources: Source[] = [];
      for (const path of paths) {
        const source = notes.#read(path);
        if ('problem' in source) notes.diagnostics.push(source.problem);
        else sources.push(source);
      }
      return run(sources);
    };
    const run = async (sources: Source[]): Promise<void> => {
      let done = 0;
      for await (const { source, result } of compileAll(sources, options.compile, pool)) {
        progress(++done, sources.length);
        if ('failed' in result) notes.diagnostics.push(result.failed);
        else found.set(source.path, store.put(notes.key(source.path), result));
      }
    };
    // Threads start and compile while the indexes of all other notes are read.
    const paths = inputs.map((i) => i.path);
    const fresh = new Set(paths.filter((path) => !store.has(notes.key(path))));
    const compiling = begin([...fresh]);
    compiling.catch(() => {});
    const lost: NotePath[] = [];
    try {
      for (const path of paths) {
        if (fresh.has(path)) continue;
        await breathe();
        const known = store.index(notes.key(path));
        if (known) found.set(path, known);
        else lost.push(path);
      }
    } finally {
      // Nothing may reach the store after whoever owns it was told that it is over.
      await compiling;
    }
    await begin(lost);
    for (const path of [...found.keys()].sort(compare)) {
      notes.indexes.set(path, found.get(path)!);
      notes.diagnostics.push(...found.get(path)!.diagnostics);
    }
    return notes;
  }

  /** Changes when the compiled note does. */
  key(path: NotePath): string {
    let key = this.#keys.get(path);
    if (key === undefined) {
      key = this.#options.store.key(path, this.#inputs.get(path)!.hash);
      this.#keys.set(path, key);
    }
    return key;
  }

  /** The keys of all compiled notes. */
  keys(): string[] {
    return [...this.indexes.keys()].map((path) => this.key(path));
  }

  /** What search finds the notes by, and what links call them. */
  names(): string[] {
    return [...this.indexes.values()].flatMap(({ index }) => [namesOf({ index }), index.meta.title]);
  }

  /**
   * The whole note; compiled again when the store lost it since its index was read.
   *
   * @throws Changed
   */
  async load(path: NotePath): Promise<LoadedNote> {
    const body = this.#options.store.body(this.key(path)) ?? (await this.#bodyAgain(path));
    return { ...body, index: this.indexes.get(path)!.index };
  }

  /** Its grams for the search index. @throws Changed */
  async words(path: NotePath): Promise<Uint8Array> {
    return this.#options.store.search(this.key(path), 'words') ?? (await this.#again(path)).words;
  }

  /** What search shows of it, as `packSections` packs it. @throws Changed */
  async sections(path: NotePath): Promise<string> {
    const bytes =
      this.#options.store.search(this.key(path), 'sections') ?? (await this.#again(path)).sections;
    return textOf(bytes);
  }

  async #bodyAgain(path: NotePath): Promise<NoteBody> {
    const { body, formulas } = await this.#again(path);
    return unpackBody(body, (key) => formulas[key])!;
  }

  async #again(path: NotePath): Promise<Packed> {
    const source = this.#read(path);
    if ('problem' in source) throw new Changed(this.#inputs.get(path)!.file);
    for await (const { result } of compileAll([source], this.#options.compile, this.#pool)) {
      if ('failed' in result) throw new Error(result.failed.message);
      return result;
    }
    throw new Error(`${path} was not compiled`);
  }

  /**
   * The note as Markdown, without front matter and comments.
   *
   * @throws Changed
   */
  async markdown(path: NotePath): Promise<string> {
    const source = this.#read(path);
    if ('problem' in source) throw new Changed(this.#inputs.get(path)!.file);
    const { publicText } = await import('./compile/public-text.ts');
    return publicText(source, this.#options.compile);
  }

  get #pool(): PoolOptions {
    const { jobs, signal, store } = this.#options;
    return { jobs, signal, drawings: (text) => store.drawings(text), build: 0 };
  }

  #read(path: NotePath): Source | { problem: Diagnostic } {
    const input = this.#inputs.get(path)!;
    const { file, hash: expected } = input;
    const bytes = input.contents ?? readAs(this.#options.site, file, expected);
    input.contents = undefined;
    if ('problem' in bytes) return bytes;
    const decoded = decode(bytes, file);
    return 'problem' in decoded ? decoded : { path, text: decoded.text, hash: expected };
  }
}

/**
 * Reads a file that the scan has seen.
 *
 * @param expected hash that the scan found
 * @throws Changed when it is another file now
 */
export function readAs(site: string, file: string, expected: string): Buffer | { problem: Diagnostic } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(site, file));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') throw new Changed(file);
    return { problem: unreadable({ file }, code) };
  }
  if (hash(bytes) !== expected) throw new Changed(file);
  return bytes;
}
