/** The grams of names, each worked out once: a title stands in every note that links to its note. */

import { eachGram, partOf } from '../../templates/client/search-words.ts';

/** Grows with the names that it is asked for; one for each index. */
export class NameGrams {
  readonly #grams = new Map<string, string[]>();
  readonly #parts = new Map<string, number>();

  /** @returns the grams of a name, each once */
  of(name: string): string[] {
    let grams = this.#grams.get(name);
    if (!grams) {
      const made = new Set<string>();
      eachGram(name, (gram) => made.add(gram));
      grams = [...made];
      for (const gram of grams) this.partOf(gram);
      this.#grams.set(name, grams);
    }
    return grams;
  }

  /** @returns the part of the index in which a gram is kept */
  partOf(gram: string): number {
    let part = this.#parts.get(gram);
    if (part === undefined) {
      part = partOf(gram);
      this.#parts.set(gram, part);
    }
    return part;
  }
}
