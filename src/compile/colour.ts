/** Code → coloured pieces. Shiki is loaded when the first block has to be coloured: most of a one-note build would be that. */

import { BoundedMap } from '../bounded-map.ts';
import type { CodeLines } from '../drawings.ts';
import { languageOf } from './languages.ts';

/** A longer line is not coloured: its cost grows faster than it does. */
export const MAX_LINE = 2_000;

/**
 * Colours code.
 *
 * @param language as the author names it; one that `languageOf` knows, and that is no plain text
 */
export type Colour = (language: string, text: string) => Promise<CodeLines>;

/** Class of a token, by the variable that the theme gives it. */
const CLASSES: Record<string, string> = {
  'token-keyword': 'k',
  'token-string': 's',
  'token-string-expression': 'e',
  'token-comment': 'c',
  'token-constant': 'n',
  'token-function': 'f',
  'token-punctuation': 'p',
  'token-parameter': 'm',
  'token-link': 'l',
  'token-inserted': 'i',
  'token-deleted': 'd',
  'token-changed': 'e',
};

/** Blocks coloured before, in this process: notes of one field quote the same code. */
const coloured = new BoundedMap<CodeLines>(2_000);

export const colour: Colour = async (name, text) => {
  const language = languageOf(name)!;
  const key = `${language}\0${text}`;
  let lines = coloured.get(key);
  if (!lines) {
    const { tokenize } = await import('./highlighter.ts');
    lines = (await tokenize(text, language, MAX_LINE)).map(piecesOf);
    coloured.set(key, lines);
  }
  return lines;
};

/** One line, neighbours of one class joined. */
function piecesOf(tokens: { content: string; color?: string | undefined }[]): CodeLines[number] {
  const out: CodeLines[number] = [];
  for (const { content, color } of tokens) {
    const name = CLASSES[/^var\(--([\w-]+)\)/.exec(color ?? '')?.[1] ?? ''] ?? '';
    const last = out.at(-1);
    if (last && (last[0] === name || content.trim() === '')) last[1] += content;
    else out.push([name, content]);
  }
  return out.filter(([, text]) => text !== '');
}
