/**
 * What the search index and the query have to agree on. Chinese has no blanks between words, so a run of Chinese
 * characters is found by its pairs of neighbours; formulas are no words, so one is found by the triples of its
 * letters, however it was spaced; everything else by the beginnings of its words.
 */
import { ABOVE, BINOMIAL, BLANK, FRACTION, FUNCTION, PLAIN, SIGNS } from './tex-names.ts';

/** The index is made in this many parts, by the beginnings of grams; small sites lay several into one file. */
export const PARTS = 256;

/** In front of a formula's grams, so that they are never words. */
const TEX_MARK = '$';
const TEX_CODE = TEX_MARK.charCodeAt(0);
/** Longer words are cut: nobody types them, and they are mostly data. */
export const LONGEST = 40;

export const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〇ー';
const SURROGATE = /[\ud800-\udfff]/;
const WORD = `(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])+`;
/** Runs of Chinese (Japanese, Korean), numbers such as arXiv's, words of other scripts and names such as `kl_div`. */
const TOKENS = new RegExp(`([${CJK}]+)|(\\d+(?:[./]\\d+)+)|(${WORD}(?:_${WORD})*)`, 'gu');

/** Latin letters with something through them or without their dot: these are not one with an accent for Unicode. */
const CROSSED = 'ØøŁłĐđĦħı';
const UNCROSSED = 'OoLlDdHhi';

/** Full-width letters and digits as they are usually typed, Latin ones without accents, in lower case; as long as the text. */
export function foldText(text: string): string {
  const narrow = text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+/g, (run) => run.normalize('NFKC'));
  // Most texts have no other capitals: these are folded by the word, not by the letter.
  const bare = narrow.replace(
    /[\u00c0-\u024f\u1e00-\u1eff]/g,
    (c) => UNCROSSED[CROSSED.indexOf(c)] ?? c.normalize('NFD')[0]!,
  );
  const latin = bare.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  return latin.replace(/\p{Lu}/gu, (c) => {
    const lower = c.toLowerCase();
    return lower.length === c.length ? lower : c;
  });
}

/**
 * What a formula is searched by. Braces, blanks, bars and the strokes of fractions are no part of that: `\frac{a}{b}` and
 * `a/b` are the same; neither is what is said in braces of what follows, and how far below a row the next one stands.
 */
const PIECES =
  /\\begin\s*\{[^{}]*\}(?:\{[^{}]*\})?|\\(?:end|tag\*?|label|ref|eqref|(?:text)?color|[hv]space\*?|[hv]?phantom)\s*\{[^{}]*\}|\\\\\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]|\\[a-zA-Z]+\*?\{?|\\[^a-zA-Z]|(?:[a-zA-Z0-9+\-=<>*]|[^\0-\x7f])\p{M}*/gu;

/** What signs are searched by: the first of the commands for one, `rightarrow` for `\to` and →. */
const SPELT = new Map([
  ['−', '-'],
  ['√', 'sqrt'],
]);
for (const [name, sign] of [...SIGNS, ...ABOVE])
  if (sign > '~' && !SPELT.has(sign)) SPELT.set(sign, name.replace(/^var/, '').toLowerCase());

/** A formula in pieces: letter by letter, but the name of a command or a sign is one: `\rVert_2` is `rvert`, `2`. */
export function texPieces(tex: string): string[] {
  const pieces: string[] = [];
  for (const [token] of tex.matchAll(PIECES)) {
    if (token[0] === '\\') {
      const [, name, brace] = /^\\([a-zA-Z|]+)\*?(\{?)$/.exec(token) ?? [];
      if (name) pieces.push(...command(name, brace !== ''));
    } else if (token.length === 1 && token <= '~') pieces.push(token.toLowerCase());
    else pieces.push(...spelt(token));
  }
  return pieces;
}

/** @param ofBraces whether a brace follows */
function command(name: string, ofBraces: boolean): string[] {
  const sign = name === '|' ? '‖' : (SIGNS.get(name) ?? ABOVE.get(name));
  if (sign) return spelt(sign);
  if (PLAIN.test(name) || BLANK.test(name) || FRACTION.test(name) || BINOMIAL.test(name)) return [];
  // A font or a frame, as for whoever reads the formula as a line.
  return ofBraces && name !== 'sqrt' && !FUNCTION.test(name) ? [] : [name.toLowerCase()];
}

/** A sign, or a letter however it is raised, lowered or accented, as pieces. */
function spelt(sign: string): string[] {
  const name = SPELT.get(sign);
  if (name !== undefined) return [name];
  const [letters, marks] = [[] as string[], [] as string[]];
  for (const char of sign.normalize('NFKD')) {
    const known = SPELT.get(char);
    if (/\p{M}/u.test(char)) marks.push(...(known ? [known] : []));
    else if (known || /[\p{L}\p{N}+\-=<>*]/u.test(char)) letters.push(known ?? char.toLowerCase());
  }
  return [...marks, ...letters];
}

/** Signs and letters of formulas, in Unicode. */
const SIGN =
  /[\u20d7\u02b0-\u03ff\u1d2c-\u1dbf\u2016\u2032\u2070-\u209f\u210f\u2113\u2190-\u22ff\u2308-\u230b\u27e8\u27e9\u2c7c\u2c7d²³¹×÷±\u{1d400}-\u{1d7ff}]/gu;

/** A query with its signs as names, as the text of notes has them in formulas: `取 gamma 2` for 取 γ². */
export function spellSigns(query: string): string {
  // Of a ᵀ the text has `T`, `\top` or `\intercal`.
  return query.replace(SIGN, (sign) => (sign === 'ᵀ' ? ' ' : ` ${spelt(sign).join(' ')} `));
}

/** Whether a query is meant as a formula. */
export function looksLikeTex(query: string): boolean {
  return /[\\^_{}=]|[A-Za-z]\(|\w[+*<>]\w/.test(query) || query.search(SIGN) !== -1;
}

/** Tells of every gram of a text: pairs and last characters of Chinese runs, words, numbers and names with their parts. */
export function eachGram(text: string, add: (gram: string) => void): void {
  for (const [whole, run, number, word] of foldText(text).matchAll(TOKENS)) {
    if (run) {
      // Characters beyond the BMP come as two halves.
      if (SURROGATE.test(run)) {
        const letters = Array.from(run);
        for (let i = 0; i < letters.length; i++) add(letters[i]! + (letters[i + 1] ?? ''));
      } else for (let i = 0; i < run.length; i++) add(run.slice(i, i + 2));
    } else if (number) {
      add(number.slice(0, LONGEST));
      for (const part of number.split(/[./]/)) add(part.slice(0, LONGEST));
    } else {
      add(whole.slice(0, LONGEST));
      if (word!.includes('_')) for (const part of whole.split('_')) add(part.slice(0, LONGEST));
    }
  }
}

/** The same of a formula: triples of its letters, and the last pair. */
export function eachTexGram(tex: string, add: (gram: string) => void): void {
  const letters = Array.from(texPieces(tex).join(''));
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

/** Around an arXiv number: its address, what pages and papers print before it, its version and subject. */
const ARXIV =
  /(?:(?:https?:\/\/)?(?:[a-z]+\.)?arxiv\.org\/(?:abs|pdf|html)\/|(?:arxiv preprint )?(?:10\.48550\/)?\barxiv[:. ] ?)?\b(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?\b(?: ?\[[a-z-]+\.[a-z]{2}\])?/gi;
const DOI = /(?:https?:\/\/)?(?:dx\.)?\bdoi(?:\.org\/|: ?| )(?=10\.)/gi;

/** A query as typed or pasted, without what says of a number that it is one. */
export function plainQuery(typed: string): string {
  const query = typed.normalize('NFC').trim().replace(/\s+/g, ' ');
  return query.replace(DOI, '').replace(ARXIV, '$1');
}

/** A query as words: everything in it is asked for. Of a name such as `kl_div`, its parts. */
export function askedWords(query: string): Asked[] {
  const asked: Asked[] = [];
  for (const [whole, run, number] of foldText(query).replaceAll('_', ' ').matchAll(TOKENS)) {
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

/** The names such as `kl_div` in a query, as they stand in a text. */
export function askedNames(query: string): Asked[] {
  const names = [...foldText(query).matchAll(TOKENS)].map(([, , , word]) => word ?? '');
  return names
    .filter((name) => name.includes('_'))
    .map((text) => ({ text, grams: [{ gram: text.slice(0, LONGEST), prefix: true }], loose: false }));
}

/** A query as a formula; none when there is too little of it. */
export function askedTex(query: string): Asked | undefined {
  const text = texPieces(query).join('');
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
