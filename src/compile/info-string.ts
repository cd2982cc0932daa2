/**
 * What stands behind the language of a code block, read into words once. Each word means one thing: a title is cut out
 * first, whatever words are in its quotes, and code blocks and drawings take what is theirs of the others.
 */

import { editDistance } from '../diagnostics/suggest.ts';

export interface InfoString {
  title: string;
  /** What is said of a drawing in the place of the picture. */
  alt: string;
  /** Words in braces, which are a part of them. */
  braces: string[];
  /** All others. */
  words: string[];
}

/** A text in quotes with or without a name before it, braces, or signs up to the next blank. */
const WORD = /([^\s="'“{}]+=)?(?:"([^"]*)"|'([^']*)'|“([^“”]*)”)|\{[^{}]*\}|\S+/g;

/** @param meta what stands behind the language, as Markdown's parser gives it */
export function readInfo(meta: string): InfoString {
  const texts = new Map<string, string>();
  const braces: string[] = [];
  const words: string[] = [];
  for (const [word, key, double, single, curly] of meta.matchAll(WORD)) {
    const quoted = double ?? single ?? curly;
    const [, bare, value] = /^(title|alt)=([^"'“].*)$/.exec(word) ?? [];
    const name = quoted === undefined ? bare : key?.slice(0, -1);
    if (name === 'title' || name === 'alt') {
      if (!texts.has(name)) texts.set(name, quoted ?? value ?? '');
    } else if (/^\{[^{}]*\}$/.test(word)) braces.push(word);
    else words.push(word);
  }
  return { title: texts.get('title') ?? '', alt: texts.get('alt') ?? '', braces, words };
}

/**
 * Which of ours a word is that was not read as one: a letter is wrong, or it has a value where there is none, or none
 * where there is one.
 *
 * @param ours how each word is written, by its name in small letters without hyphens
 * @returns how it is written; nothing for the word of another tool
 */
export function misspelt(word: string, ours: ReadonlyMap<string, string>): string | undefined {
  const [name] = /^[^=:{(＝：]*/.exec(word)!;
  const folded = name.toLowerCase().replace(/[-_]/g, '');
  if (folded.length < 3) return undefined;
  for (const [known, form] of ours) {
    // Three letters are soon another word.
    if (known.length < 4 && name === word) continue;
    if (editDistance(folded, known, 1) <= 1) return form;
  }
  return undefined;
}
