/** Replacements in a text that remember where everything was, so that messages can point at what was written. */

/** The replacements in one text; they may be told in any order. */
export class Edits {
  readonly #written: string;
  readonly #edits: { from: number; to: number; by: string }[] = [];

  constructor(written: string) {
    this.#written = written;
  }

  /** Replaces what stands between two offsets of the written text; replacements must not overlap. */
  replace(from: number, to: number, by: string): void {
    this.#edits.push({ from, to, by });
  }

  text(): string {
    let out = '';
    let at = 0;
    for (const { from, to, by } of this.#sorted()) {
      out += this.#written.slice(at, from) + by;
      at = to;
    }
    return out + this.#written.slice(at);
  }

  /** The offset in the written text of an offset in the new one; inside a replacement its start. */
  origin(offset: number): number {
    let shift = 0;
    for (const { from, to, by } of this.#sorted()) {
      const start = from + shift;
      if (offset < start) break;
      if (offset < start + by.length) return from;
      shift += by.length - (to - from);
    }
    return Math.min(Math.max(0, offset - shift), this.#written.length);
  }

  #sorted() {
    return this.#edits.sort((a, b) => a.from - b.from || a.to - b.to);
  }
}
