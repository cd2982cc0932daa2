/**
 * What the search index and the query have to agree on. Chinese has no blanks between words, so a run of Chinese
 * characters is found by its pairs of neighbours; formulas are no words, so one is found by the triples of its
 * letters, however it was spaced; everything else by the beginnings of its words.
 */

/** The index is made in this many parts, by the beginnings of grams; small sites lay several into one file. */
export const PARTS = 256;

/** In front of a formula's grams, so that they are never words. */
const TEX_MARK = '$';
const TEX_CODE = TEX_MARK.charCodeAt(0);
/** Longer words are cut: nobody types them, and they are mostly data. */
export const LONGEST = 40;

export const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〇ー';
const SURROGATE = /[\ud800-\udfff]/;
/** Runs of Chinese (Japanese, Korean), numbers such as arXiv's, words of other scripts. */
const TOKENS = new RegExp(`([${CJK}]+)|(\\d+(?:[./]\\d+)+)|((?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])+)`, 'gu');

/** Commands that a reader would not type, and that change nothing about what is meant. */
const DECORATION =
  /\\(?:begin|end|tag\*?|label|ref|eqref|color|textcolor)\s*\{[^{}]*\}|\\(?:left|right|[bB]igg?[lr]?|[dt]?frac|math[a-z]+|text[a-z]*|operatorname\*?|boldsymbol|bm|rm|bf|it|cal|displaystyle|textstyle|limits|nolimits|nonumber|notag|quad|qquad|,|;|:|!|\s|\\|\{|\})(?![a-zA-Z])/g;

/** Full-width letters and digits as they are usually typed, in lower case; as long as the text. */
export function foldText(text: string): string {
  const narrow = text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+/g, (run) => run.normalize('NFKC'));
  // Most texts have no other capitals: these are folded by the word, not by the letter.
  const latin = narrow.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  return latin.replace(/\p{Lu}/gu, (c) => {
    const lower = c.toLowerCase();
    return lower.length === c.length ? lower : c;
  });
}

/** The letters of a formula, however it was spaced and braced: `softmax(QK^\top)` is `softmaxqkt`. */
export function texLetters(tex: string): string {
  return tex
    .replace(/\\(?:top|intercal)(?![a-zA-Z])/g, 'T')
    .replace(DECORATION, ' ')
    .replace(/[^\p{L}\p{N}+\-=<>/*]/gu, '')
    .toLowerCase();
}

/**
 * The same, cut into pieces: letter by letter, but the name of a command is one: `\rVert_2` is `rvert`, `2`. How far
 * below a line the next one stands (`\\[4pt]`) is left out.
 */
export function texPieces(tex: string): string[] {
  const rows = tex.replace(/\\\\\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]/g, ' ');
  const plain = rows.replace(/\\(?:top|intercal)(?![a-zA-Z])/g, ' T').replace(DECORATION, ' ');
  const pieces = plain.match(/\\[a-zA-Z]+|[\p{L}\p{N}+\-=<>/*]/gu) ?? [];
  return pieces.map((piece) => piece.replace('\\', '').toLowerCase());
}

/** Whether a query is meant as a formula. */
export function looksLikeTex(query: string): boolean {
  return /[\\^_{}=]|[A-Za-z]\(/.test(query);
}

/** Tells of every gram of a text: pairs and last characters of Chinese runs, words, numbers with their parts. */
export function eachGram(text: string, add: (gram: string) => void): void {
  for (const [whole, run, number] of foldText(text).matchAll(TOKENS)) {
    if (run) {
      // Characters beyond the BMP come as two halves.
      if (SURROGATE.test(run)) {
        const letters = Array.from(run);
        for (let i = 0; i < letters.length; i++) add(letters[i]! + (letters[i + 1] ?? ''));
      } else for (let i = 0; i < run.length; i++) add(run.slice(i, i + 2));
    } else if (number) {
      add(number.slice(0, LONGEST));
      for (const part of number.split(/[./]/)) add(part.slice(0, LONGEST));
    } else add(whole.slice(0, LONGEST));
  }
}

/** The same of a formula: triples of its letters, and the last pair. */
export function eachTexGram(tex: string, add: (gram: string) => void): void {
  const letters = Array.from(texLetters(tex));
  for (let i = 0; i + 1 < letters.length; i++) add(TEX_MARK + letters.slice(i, i + 3).join(''));
}

/** Something that a reader asks for: all of its grams must stand in one section. */
export interface Asked {
  /** Folded, as it stands in a text. */
  text: string;
  grams: { gram: string; prefix: boolean }[];
  /** Grams alone do not say that their letters stand in this order. */
  loose: boolean;
}

/** A query as words: everything in it is asked for. */
export function askedWords(query: string): Asked[] {
  const asked: Asked[] = [];
  for (const [whole, run, number] of foldText(query).matchAll(TOKENS)) {
    const letters = Array.from(run ?? '');
    if (letters.length > 1) {
      const pairs = letters.slice(1).map((c, i) => ({ gram: letters[i]! + c, prefix: false }));
      asked.push({ text: whole, grams: pairs, loose: letters.length > 2 });
    } else {
      // Words are kept by their first two letters: one letter alone is only found as a word.
      const gram = whole.slice(0, LONGEST);
      asked.push({
        text: whole,
        grams: [{ gram, prefix: letters.length > 0 || gram.length > 1 }],
        loose: number !== undefined,
      });
    }
  }
  return asked;
}

/** A query as a formula; none when there is too little of it. */
export function askedTex(query: string): Asked | undefined {
  const text = texLetters(query);
  const letters = Array.from(text);
  if (letters.length < 2) return undefined;
  if (letters.length === 2) return { text, grams: [{ gram: TEX_MARK + text, prefix: true }], loose: true };
  const triples = letters
    .slice(2)
    .map((_, i) => ({ gram: TEX_MARK + letters.slice(i, i + 3).join(''), prefix: false }));
  return { text, grams: triples, loose: true };
}

/** The part of the index in which a gram is kept: by its first letters, so that a prefix has one part too. */
export function partOf(gram: string): number {
  const first = gram.charCodeAt(0);
  let left = first === TEX_CODE ? 3 : first >= 0x2e80 ? 1 : 2;
  let h = 2_166_136_261;
  for (let i = 0; i < gram.length && left > 0; i++) {
    const unit = gram.charCodeAt(i);
    h = Math.imul(h ^ unit, 16_777_619);
    // A letter beyond the BMP ends with its second half.
    if (unit < 0xd800 || unit > 0xdbff) left--;
  }
  return ((h ^ (h >>> 16)) >>> 0) % PARTS;
}

/** The number of a section as it stands behind a note's in the index: `A` is the note's names, `B` its first section. */
export function sectionMark(section: number): string {
  return '_'.repeat(Math.floor(section / 26)) + String.fromCharCode(65 + (section % 26));
}

/** The sections that marks stand for. */
export function sectionsOf(marks: string): number[] {
  return [...marks.matchAll(/(_*)([A-Z])/g)].map(
    ([, over, letter]) => 26 * over!.length + letter!.charCodeAt(0) - 65,
  );
}
