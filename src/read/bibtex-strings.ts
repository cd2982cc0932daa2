/**
 * How long the values of a BibTeX file become by what they refer to: an `@string` of two others that are of two others
 * doubles with each line, and the parser joins whatever it is given. Only lengths are added up here, along the same
 * steps as the parser's, which goes on behind an entry that it cannot read at the next `@`.
 */

/**
 * A piece of a text from an `@` to the next at which something begins. Blank, it takes nothing else along; without what
 * stands behind it, the parser could find an `@` there that a `%` hides from it now.
 */
export interface Span {
  start: number;
  end: number;
}

/** What references may add to a file of any length; to a longer one than this, once its own length. */
const MOST = 100_000;

/** More than any abbreviation becomes that the parser knows itself. */
const KNOWN = 100;

/** How often a text is looked through again; one is enough but for texts that are made to need more. */
const ROUNDS = 5;

/**
 * @param text a BibTeX file
 * @returns it with blanks for the entries and `@string`s whose references would make it too long; where these and the
 *   other `@string`s are
 */
export function boundStrings(text: string): { text: string; strings: Span[]; tooLong: Span[] } {
  const all: Span[] = [];
  if (!/string/i.test(text)) return { text, strings: [], tooLong: all };
  let rest = text;
  for (let round = 0; round < ROUNDS; round++) {
    const { strings, tooLong } = new Measure(rest).run();
    if (tooLong.length === 0) return { text: rest, strings, tooLong: all };
    all.push(...tooLong);
    // A quote may have begun there that nothing closes now, so that something else is read than before.
    rest = blanked(rest, tooLong);
  }
  return { text: blanked(text, [{ start: 0, end: text.length }]), strings: [], tooLong: all };
}

/** The text with blanks for some of it, so that every place stays. */
export function blanked(text: string, spans: Span[]): string {
  let out = '';
  let from = 0;
  for (const { start, end } of spans) {
    out += text.slice(from, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    from = end;
  }
  return out + text.slice(from);
}

const KEY = /^[+'a-zA-Z0-9&;_:\\./\-\p{L}]$/u;

/** The parser gives an entry up. */
class Unreadable extends Error {}

class Measure {
  readonly #text: string;
  #at = 0;
  /** Name in capitals → length. */
  readonly #lengths = new Map<string, number>();
  /** What references may still add. */
  #left: number;
  #isTooLong = false;

  constructor(text: string) {
    this.#text = text;
    this.#left = Math.max(MOST, text.length);
  }

  run(): { strings: Span[]; tooLong: Span[] } {
    const strings: Span[] = [];
    const tooLong: Span[] = [];
    this.#between();
    while (this.#at < this.#text.length) {
      const start = this.#at;
      this.#isTooLong = false;
      const isString = this.#directive();
      this.#between();
      const span = { start, end: this.#at };
      if (this.#isTooLong) tooLong.push(span);
      else if (isString) strings.push(span);
    }
    return { strings, tooLong };
  }

  /** Outside of entries everything is a comment, and a `%` hides an `@`. */
  #between(): void {
    while (this.#to(/[@%]/g) === '%') this.#to(/\n/g);
  }

  /** Reads what begins at an `@`. @returns whether it is an `@string` */
  #directive(): boolean {
    const start = this.#at;
    let name = '';
    try {
      this.#at++;
      this.#blank();
      name = this.#key().toLowerCase();
      if (name === 'comment') this.#comment();
      else if (name === 'preamble') this.#value();
      else {
        const end = this.#opening();
        if (name === 'string') this.#field(true);
        else this.#entry(end);
        this.#expect(end);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#at = start + 1;
      this.#to(/@/g);
    }
    return name === 'string';
  }

  #comment(): void {
    if (this.#to(/[^ \t]/g) === '{') this.#braces();
    else this.#to(/\n/g);
  }

  #entry(end: string): void {
    if (this.#sees(end)) return;
    const key = this.#sees(',') ? '' : this.#key('[]*"');
    if (this.#sees('=')) this.#field(false, key);
    this.#skips(',');
    if (this.#sees(end)) return;
    this.#field(false);
    while (this.#skips(',')) {
      if (this.#sees(end)) return;
      this.#field(false);
    }
  }

  #field(isString: boolean, key = ''): void {
    const name = key || this.#key();
    if (name === '') return;
    this.#expect('=');
    const length = this.#value();
    // One that is left out is not there for those that refer to it.
    if (isString && !this.#isTooLong) this.#lengths.set(name.toUpperCase(), length);
  }

  /** @returns the length of a value */
  #value(): number {
    let length = 0;
    let added = 0;
    do {
      if (this.#sees('{')) length += this.#braces();
      else if (this.#sees('"')) length += this.#quotes();
      else {
        const name = this.#key();
        const referred = this.#lengths.get(name.toUpperCase()) ?? 0;
        length += referred || name.length + KNOWN;
        added += referred;
      }
    } while (this.#skips('#'));
    if (added > this.#left) this.#isTooLong = true;
    else this.#left -= added;
    return length;
  }

  #braces(): number {
    const start = ++this.#at;
    let open = 1;
    let isFormula = false;
    for (;;) {
      const sign = this.#sign(/\\[\s\S]|[{}$]/g);
      if (sign === '{') open++;
      else if (sign === '$') isFormula = !isFormula;
      else if (sign === '}' && --open === 0) {
        if (isFormula) throw new Unreadable();
        return this.#at - 1 - start;
      }
    }
  }

  #quotes(): number {
    const start = ++this.#at;
    let open = 0;
    for (;;) {
      const sign = this.#sign(/\\[\s\S]|[{}"]/g);
      if (sign === '{') open++;
      else if (sign === '}') open--;
      else if (sign === '"' && open <= 0) return this.#at - 1 - start;
    }
  }

  /** Goes behind the next of some signs. */
  #sign(signs: RegExp): string {
    const sign = this.#to(signs);
    if (sign === undefined) throw new Unreadable();
    this.#at += sign.length;
    return sign;
  }

  #key(others = ''): string {
    const start = this.#at;
    for (;;) {
      const sign = this.#text[this.#at];
      if (sign === undefined) throw new Unreadable();
      if (!KEY.test(sign) && !others.includes(sign)) return this.#text.slice(start, this.#at);
      this.#at++;
    }
  }

  /** Goes into an entry. @returns what ends it */
  #opening(): string {
    if (this.#skips('{')) return '}';
    this.#expect('(');
    return ')';
  }

  #expect(sign: string): void {
    if (!this.#skips(sign)) throw new Unreadable();
  }

  #skips(sign: string): boolean {
    if (!this.#sees(sign)) return false;
    this.#at++;
    this.#blank();
    return true;
  }

  #sees(sign: string): boolean {
    this.#blank();
    return this.#text[this.#at] === sign;
  }

  #blank(): void {
    while (this.#to(/[^ \t\r\n]/g) === '%') this.#to(/\n/g);
  }

  /** Goes to the next of some signs, or to the end. */
  #to(signs: RegExp): string | undefined {
    signs.lastIndex = this.#at;
    const match = signs.exec(this.#text);
    this.#at = match?.index ?? this.#text.length;
    return match?.[0];
  }
}
