/**
 * What the search index and the query have to agree on. Pagefind finds words; Chinese has no blanks between
 * them, and formulas are no words. So every Han character is a word of its own (a zero-width space after it)
 * and a query is a phrase of single characters; a formula is a phrase of its letters, each behind a mark that
 * no text has.
 */

export const ZERO_WIDTH = '\u200b';
/** Between what only searching sees (names), the text, and the formulas' letters. */
export const PART = '\u241e';

/** In front of each letter of a formula: a letter itself, or Pagefind would drop it. */
const TEX_MARK = 'ꚍ';

/** Commands that a reader would not type, and that change nothing about what is meant. */
const DECORATION =
  /\\(?:begin|end|tag\*?|label|ref|eqref|color|textcolor)\s*\{[^{}]*\}|\\(?:left|right|[bB]igg?[lr]?|[dt]?frac|math[a-z]+|text[a-z]*|operatorname\*?|boldsymbol|bm|rm|bf|it|cal|displaystyle|textstyle|limits|nolimits|nonumber|notag|quad|qquad|,|;|:|!|\s|\\|\{|\})(?![a-zA-Z])/g;

/** Full-width letters and digits as they are usually typed. */
export function foldWidth(text: string): string {
  return text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (c) => c.normalize('NFKC'));
}

/** A text for the index: each Han character can be found alone. */
export function spread(text: string): string {
  return foldWidth(text)
    .replaceAll(ZERO_WIDTH, '')
    .replace(/\p{Script=Han}(?=[\p{L}\p{N}])|[\p{L}\p{N}](?=\p{Script=Han})/gu, `$&${ZERO_WIDTH}`);
}

/** The letters of a formula, however it was spaced and braced: `softmax(QK^\top)` is `softmaxqkt`. */
export function texLetters(tex: string): string {
  return tex
    .replace(/\\(?:top|intercal)(?![a-zA-Z])/g, 'T')
    .replace(DECORATION, ' ')
    .replace(/[^\p{L}\p{N}+\-=<>/*]/gu, '')
    .toLowerCase();
}

/** The same as words of the index. */
export function texWords(tex: string): string {
  const names: Record<string, string> = {
    '+': 'pl',
    '-': 'mi',
    '=': 'eq',
    '<': 'lt',
    '>': 'gt',
    '/': 'sl',
    '*': 'st',
  };
  return Array.from(texLetters(tex), (c) => TEX_MARK + (names[c] ?? c)).join(' ');
}

/** Whether a query is meant as a formula. */
export function looksLikeTex(query: string): boolean {
  return /[\\^_{}=]|[A-Za-z]\(/.test(query);
}

/** The queries for Pagefind whose results, intersected, are a reader's query. */
export function phrases(query: string): string[] {
  const folded = foldWidth(query);
  const han = folded.match(/\p{Script=Han}+/gu) ?? [];
  const numbers = folded.match(/\d+(?:[./]\d+)+/g) ?? [];
  const rest = folded
    .replace(/\p{Script=Han}+|\d+(?:[./]\d+)+/gu, ' ')
    .replace(/["#@]/g, ' ')
    .trim();
  // An arXiv number or DOI is one thing, not words that may stand anywhere.
  return [
    ...numbers.map((n) => `"${n}"`),
    ...han.map((run) => `"${Array.from(run).join(' ')}"`),
    ...(/[\p{L}\p{N}]/u.test(rest) ? [rest] : []),
  ];
}
