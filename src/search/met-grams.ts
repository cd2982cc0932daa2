/** Grams that this process has met, so that a gram of a later note needs no string and no hash of its own. */

import { eachTexGram, partOf } from '../../templates/client/search-words.ts';
import { tellGrams } from './grams.ts';
import { grown } from './grown.ts';

/** A gram, with what the note at hand says of it. */
export interface Gram {
  /** Where it lies in the bytes of `MetGrams`. */
  readonly start: number;
  readonly end: number;
  /** Of the index. */
  readonly part: number;
  /** The note that was last met with it, by any number. */
  note: number;
  /** Its last section that has the gram, and the marks of all. */
  section: number;
  marks: string;
}

/** So many are remembered, some ten megabytes: then all are forgotten. */
const MOST = 100_000;
/** What a UTF-16 unit takes at most. */
const MOST_BYTES = 3;

/** The grams of all notes that one thread compiles. */
export class MetGrams {
  /** Two characters of Chinese, as one number. */
  readonly #pairs = new Map<number, Gram>();
  readonly #words = new Map<string, Gram>();
  /** Those of whole formulas: notes of one field share half of theirs. */
  readonly #formulas = new Map<string, Gram[]>();
  #bytes = Buffer.allocUnsafeSlow(1 << 16);
  #length = 0;

  /** The grams as UTF-8, each where it says. Others when another gram was met. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** To be called between two notes: a gram is one and the same throughout a note. */
  forget(): void {
    if (this.#pairs.size + this.#words.size + this.#formulas.size < MOST) return;
    this.#pairs.clear();
    this.#words.clear();
    this.#formulas.clear();
    this.#length = 0;
  }

  /** Tells of every gram of a text. */
  each(text: string, tell: (gram: Gram) => void): void {
    tellGrams(
      text,
      (first, second) => {
        const pair = (first << 16) | second;
        let gram = this.#pairs.get(pair);
        if (!gram) {
          // The same as a word, if an unusual note has it there too.
          gram = this.#word(String.fromCharCode(first) + (second === 0 ? '' : String.fromCharCode(second)));
          this.#pairs.set(pair, gram);
        }
        tell(gram);
      },
      (word) => tell(this.#word(word)),
    );
  }

  /** @returns the grams of a formula, each once */
  ofFormula(tex: string): Gram[] {
    let grams = this.#formulas.get(tex);
    if (!grams) {
      const texts = new Set<string>();
      eachTexGram(tex, (gram) => texts.add(gram));
      grams = Array.from(texts, (text) => this.#word(text));
      this.#formulas.set(tex, grams);
    }
    return grams;
  }

  #word(text: string): Gram {
    let gram = this.#words.get(text);
    if (!gram) {
      const start = this.#length;
      const needed = start + MOST_BYTES * text.length;
      if (needed > this.#bytes.length) this.#bytes = grown(this.#bytes, start, needed);
      this.#length += this.#bytes.write(text, start);
      gram = { start, end: this.#length, part: partOf(text), note: 0, section: 0, marks: '' };
      this.#words.set(text, gram);
    }
    return gram;
  }
}
