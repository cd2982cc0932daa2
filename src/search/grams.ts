/**
 * The grams of a text as `eachGram` (templates/client/search-words.ts) tells them, for whoever has a whole site to read:
 * by a table of characters instead of regular expressions, whose classes of letters are long lists of ranges.
 */

import { eachGram, foldText, LONGEST, CJK as SCRIPTS } from '../../templates/client/search-words.ts';

const NONE = 1;
const CJK = 2;
const DIGIT = 3;
const LETTER = 4;
/** A half of a character beyond the first plane: such texts are rare, and read as the browser reads them. */
const HALF = 5;

const FULL_STOP = 46;
const SLASH = 47;
const LOW_LINE = 95;

const SCRIPT = new RegExp(`[${SCRIPTS}]`, 'u');

/** Of each UTF-16 unit, once it was met: what it is when it is folded, and the unit that it is folded to. */
const kinds = new Uint8Array(0x1_0000);
const folded = new Uint16Array(0x1_0000);

function learn(unit: number): number {
  const char = foldText(String.fromCharCode(unit));
  folded[unit] = char.charCodeAt(0);
  let kind = NONE;
  if (unit >= 0xd800 && unit <= 0xdfff) kind = HALF;
  else if (SCRIPT.test(char)) kind = CJK;
  else if (/[0-9]/.test(char)) kind = DIGIT;
  else if (/[\p{L}\p{N}\p{M}]/u.test(char)) kind = LETTER;
  kinds[unit] = kind;
  return kind;
}

/** @returns the character that a text begins with, when it is one of a run of Chinese; else nothing */
export function firstInRun(text: string): string {
  const [char = ''] = Array.from(text.slice(0, 2));
  return SCRIPT.test(char) ? char : '';
}

/** @returns the same of its last one */
export function lastInRun(text: string): string {
  const char = Array.from(text.slice(-2)).at(-1) ?? '';
  return SCRIPT.test(char) ? char : '';
}

/**
 * Tells of every gram of a text, in the order and as often as `eachGram` does.
 *
 * @param pair gets two characters of Chinese, or the last one of a run and 0: there is hardly another gram of which a
 * text has as many
 * @param word gets other grams
 */
export function tellGrams(
  text: string,
  pair: (first: number, second: number) => void,
  word: (gram: string) => void,
): void {
  const length = text.length;
  const kindAt = (i: number) => (i < length ? kinds[text.charCodeAt(i)] || learn(text.charCodeAt(i)) : NONE);
  for (let i = 0; i < length; i++) {
    if (kindAt(i) === HALF) {
      eachGram(text, word);
      return;
    }
  }
  let i = 0;
  while (i < length) {
    const kind = kindAt(i);
    let end = i + 1;
    if (kind === NONE) {
      i = end;
      continue;
    }
    if (kind === CJK) {
      for (; kindAt(end) === CJK; end++) pair(text.charCodeAt(end - 1), text.charCodeAt(end));
      pair(text.charCodeAt(end - 1), 0);
      i = end;
      continue;
    }
    if (kind === DIGIT) {
      const number = endOfNumber(i);
      if (number > 0) {
        const parts = wordOf(i, number);
        word(parts.slice(0, LONGEST));
        for (const part of parts.split(/[./]/)) word(part.slice(0, LONGEST));
        i = number;
        continue;
      }
    }
    end = endOfWord(end);
    const first = end;
    while (text.charCodeAt(end) === LOW_LINE && isLetter(end + 1)) end = endOfWord(end + 2);
    word(wordOf(i, Math.min(end, i + LONGEST)));
    if (end > first)
      for (let start = i, to = first; start < end; start = to + 1, to = endOfWord(start))
        word(wordOf(start, Math.min(to, start + LONGEST)));
    i = end;
  }

  function isLetter(at: number): boolean {
    const kind = kindAt(at);
    return kind === DIGIT || kind === LETTER;
  }

  function endOfWord(start: number): number {
    let end = start;
    while (isLetter(end)) end++;
    return end;
  }

  /** The end of digits with points or strokes between them, as in arXiv's numbers; 0 for digits alone. */
  function endOfNumber(start: number): number {
    let end = start;
    let parts = 0;
    for (;;) {
      while (kindAt(end) === DIGIT) end++;
      parts++;
      const between = text.charCodeAt(end);
      if ((between !== FULL_STOP && between !== SLASH) || kindAt(end + 1) !== DIGIT) break;
      end++;
    }
    return parts > 1 ? end : 0;
  }

  function wordOf(start: number, end: number): string {
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (folded[unit] === unit) continue;
      let out = text.slice(start, at);
      for (; at < end; at++) out += String.fromCharCode(folded[text.charCodeAt(at)]!);
      return out;
    }
    return text.slice(start, end);
  }
}
