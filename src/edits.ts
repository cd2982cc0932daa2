/** Replacements in a text that remember where everything was, so that messages can point at what was written. */

/** What stands between two offsets of a text is replaced. */
export interface Edit {
  from: number;
  to: number;
  by: string;
}

/**
 * @param edits in their order, none over another
 * @param from with `to`, the part of the text that is wanted, in which all edits lie
 * @returns the text with the edits made
 */
export function applied(text: string, edits: Iterable<Edit>, from = 0, to = text.length): string {
  let out = '';
  let at = from;
  for (const edit of edits) {
    out += text.slice(at, edit.from) + edit.by;
    at = edit.to;
  }
  return out + text.slice(at, to);
}

/** The replacements in one text; they may be told in any order. */
export class Edits {
  readonly #written: string;
  readonly #edits: Edit[] = [];

  constructor(written: string) {
    this.#written = written;
  }

  /** Replaces what stands between two offsets of the written text; replacements must not overlap. */
  replace(from: number, to: number, by: string): void {
    this.#edits.push({ from, to, by });
  }

  text(): string {
    return applied(this.#written, this.#sorted());
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
