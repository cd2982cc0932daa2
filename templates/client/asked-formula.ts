/** Whether a formula is one that a query asks for: what the grams of its letters cannot tell. */
import { texPieces } from './search-words.ts';

/**
 * @param query as it was typed
 * @returns says of a formula, as TeX, whether what is asked for stands in it, whole: the 2 of `\rVert_2` does not
 *   stand behind a t. A query whose last word is still being typed is found by that word's beginning.
 */
export function formulaAsked(query: string): (tex: string) => boolean {
  const asked = texPieces(query).join('');
  const unfinished = /[a-z]{2}$/i.test(query);
  return (tex) => {
    if (asked.length < 2) return false;
    const edges = new Set([0]);
    let letters = '';
    for (const piece of texPieces(tex)) {
      letters += piece;
      edges.add(letters.length);
    }
    for (let at = letters.indexOf(asked); at !== -1; at = letters.indexOf(asked, at + 1))
      if (edges.has(at) && (unfinished || edges.has(at + asked.length))) return true;
    return false;
  };
}
