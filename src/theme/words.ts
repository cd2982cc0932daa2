/** A site's own file of words, beside Postil's English: what it leaves out, misspells, or says as another kind of thing. */

import english from '../../templates/strings/en.ts';
import type { At } from '../diagnostics/messages/define.ts';
import { themeStrings, themeWord, themeWordUnknown } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { literal } from '../literal.ts';
import type { Diagnostic } from '../model.ts';
import { placeAt } from '../place.ts';

/**
 * @param words what the file exports as its default
 * @param at the file and its text
 * @returns an error for each word that templates cannot use; warnings for those that are not there or not known
 */
export function inspectWords(words: unknown, at: { file: string; text: string }): Diagnostic[] {
  const missing: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const inspect = (ours: unknown, own: unknown, path: string[]) => {
    const [wanted, found] = [kindOf(ours), kindOf(own)];
    if (found === 'nothing' && path.length > 0) missing.push(path.join('.'));
    else if (isGroup(ours) && isGroup(own)) {
      for (const [key, value] of Object.entries(ours)) inspect(value, own[key], [...path, key]);
      for (const key of Object.keys(own).filter((k) => !Object.hasOwn(ours, k))) {
        const near = suggest(key, Object.keys(ours));
        diagnostics.push(themeWordUnknown(placeOf([...path, key], at), [...path, key].join('.'), near));
      }
    } else if (!isLike(ours, own)) {
      const other = wanted === found ? 'another list' : found;
      diagnostics.push(themeWord(placeOf(path, at), path.join('.'), expected(ours), other));
    }
  };
  inspect(english, words, []);
  return missing.length > 0 ? [...diagnostics, themeStrings({ file: at.file }, missing)] : diagnostics;
}

const isGroup = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'a group';

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  const kinds: Record<string, string> = { string: 'text', function: 'a function', object: 'a group' };
  return kinds[typeof value] ?? `a ${typeof value}`;
}

/** Whether it can stand for ours: a pair of texts is one of two, a list of pairs is of any length. */
function isLike(ours: unknown, own: unknown): boolean {
  if (!Array.isArray(ours) || !Array.isArray(own)) return kindOf(ours) === kindOf(own);
  const isPair = typeof ours[0] === 'string';
  return isPair
    ? own.length === ours.length && own.every((item) => typeof item === 'string')
    : own.every((item) => isLike(ours[0], item));
}

function expected(ours: unknown): string {
  if (!Array.isArray(ours)) return kindOf(ours);
  const [first] = ours;
  return typeof first === 'string' ? `a list of ${ours.length} texts` : 'a list of pairs of texts';
}

/** Where a word is said, if its groups are written one in the other. */
function placeOf(path: string[], { file, text }: { file: string; text: string }): At {
  let from = text.indexOf('export default') + 1;
  let length = 0;
  for (const key of path) {
    const match = new RegExp(`(?<![\\w$.-])${literal(key)}(?=['"]?\\s*[:(,}])`).exec(
      text.slice(from + length),
    );
    if (!match) return { file };
    from += length + match.index;
    length = key.length;
  }
  if (length === 0) return { file };
  return { file, text, ...placeAt(text, from), length };
}
