/**
 * Compiled notes out of the store, and into it. The key of a note is the hash of everything that compile reads:
 * its code, its options, the note's path and bytes. Whatever else compile read would make the store lie.
 */

import { type Drawings, drawingKeys } from '../drawings.ts';
import { formulaOf } from '../formula-keys.ts';
import { hash } from '../hash.ts';
import type { NoteBody } from '../model.ts';
import { formulaKeys, type Indexed, type Packed, unpackBody, unpackIndex } from '../packed.ts';
import type { NotePath } from '../paths.ts';
import { bytesOf, textOf } from '../utf8.ts';
import type { Store } from './store.ts';

/** What is kept of a note beside its index. */
const PARTS = ['body', 'words', 'sections'] as const;

/** What the store has of notes, of their formulas and of what is drawn in them. */
export class NoteStore {
  readonly #store: Store;
  readonly #salt: string;
  readonly #drawingSalt: string;

  readonly #indexes: Map<string, Indexed> | undefined;
  /** Notes that were asked for or put, by key. */
  readonly #used = new Map<string, Indexed>();

  /**
   * @param engine hash of the code, its libraries and Node's Unicode data included
   * @param options what of the configuration compile reads
   * @param indexes those that are in memory already, by key; whoever builds again and again keeps them
   */
  constructor(store: Store, engine: string, options: unknown, indexes?: Map<string, Indexed>) {
    this.#store = store;
    this.#indexes = indexes;
    this.#drawingSalt = hash('drawing', engine);
    this.#salt = hash(engine, JSON.stringify(options));
    store.keepInUse(() => this.#keysInUse());
  }

  key(path: NotePath, contentHash: string): string {
    return hash(this.#salt, path, contentHash);
  }

  /** Whether a note was compiled before and all of it is there; it may still turn out damaged. */
  has(key: string): boolean {
    return this.#store.has(`${key}.index`) && PARTS.every((part) => this.#store.has(`${key}.${part}`));
  }

  /** The index and messages of a note, if it was compiled before and all of it is there. */
  index(key: string): Indexed | undefined {
    if (!this.has(key)) return undefined;
    let known = this.#indexes?.get(key);
    if (!known) {
      const bytes = this.#store.get(`${key}.index`);
      known = bytes && unpackIndex(bytes);
    }
    if (!known) return undefined;
    this.#used.set(key, known);
    this.#indexes?.set(key, known);
    return known;
  }

  /** What a note's page is made from, whether it is made now or not. */
  *#keysInUse(): Generator<string> {
    for (const [key, indexed] of this.#used) {
      yield `${key}.index`;
      for (const part of PARTS) yield `${key}.${part}`;
      for (const drawing of indexed.drawings ?? []) yield this.#drawing(drawing);
      yield* formulaKeys(indexed);
    }
  }

  /**
   * What is known of the drawings and the code in a text that is to be compiled: a note whose words changed, but not
   * its diagrams and code, is compiled without the libraries that draw and colour.
   */
  drawings(text: string): Drawings {
    const known: Drawings = {};
    for (const key of drawingKeys(text)) {
      const bytes = this.#store.get(this.#drawing(key));
      if (bytes) known[key] = JSON.parse(textOf(bytes)) as Drawings[string];
    }
    return known;
  }

  #drawing(key: string): string {
    // The key is a hash of its own.
    return `${this.#drawingSalt}.${key}`;
  }

  /** A note's body, or `undefined` when it is damaged or gone. */
  body(key: string): NoteBody | undefined {
    return bodyIn(this.#store, key);
  }

  /** What the search index needs of a note, or `undefined` when it is damaged or gone. */
  search(key: string, part: 'words' | 'sections'): Uint8Array | undefined {
    return searchPartIn(this.#store, key, part);
  }

  put(key: string, packed: Packed): Indexed {
    for (const [formula, html] of Object.entries(packed.formulas))
      if (!this.#store.has(formula)) this.#store.put(formula, bytesOf(html));
    const made = unpackIndex(packed.index);
    // What the plugin failed at may have been the network: the next build compiles the note again.
    if (!made.diagnostics.some((d) => d.id === 'plugin/failed'))
      this.#store.put(`${key}.index`, packed.index);
    for (const part of PARTS) this.#store.put(`${key}.${part}`, packed[part]);
    for (const [drawing, drawn] of Object.entries(packed.drawings)) {
      this.#store.put(this.#drawing(drawing), Buffer.from(JSON.stringify(drawn)));
    }
    this.#used.set(key, made);
    this.#indexes?.set(key, made);
    return made;
  }
}

/**
 * @param key of a note
 * @returns its body out of a store, or `undefined` when it, or a formula in it, is damaged or gone
 */
export function bodyIn(store: Store, key: string): NoteBody | undefined {
  const body = store.get(`${key}.body`);
  const read = (formula: string) => {
    const bytes = store.get(formula);
    return bytes && textOf(bytes);
  };
  return body && unpackBody(body, (formula) => formulaOf(formula, read));
}

/**
 * @param key of a note
 * @returns what the search index needs of it, out of a store, or `undefined` when it is damaged or gone
 */
export function searchPartIn(store: Store, key: string, part: 'words' | 'sections'): Uint8Array | undefined {
  return store.get(`${key}.${part}`);
}
