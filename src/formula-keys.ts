/**
 * Printed formulas and the keys that stand for them in a note's body. Each is in many notes: it is hashed once, and the
 * thread that printed it need not read it out of the store. A key is a hash, and means the same everywhere.
 */

import { BoundedMap, remembered } from './bounded-map.ts';
import { hash } from './hash.ts';

const MOST = 5_000;
const formulas = new BoundedMap<string>(MOST);

/** @returns the key of a printed formula */
export const formulaKey = remembered((html) => {
  const key = hash('formula', html);
  formulas.set(key, html);
  return key;
}, MOST);

/**
 * @param read asked for a formula that is not known in this process
 * @returns what a key stands for; nothing when `read` has nothing
 */
export function formulaOf(key: string, read: (key: string) => string | undefined): string | undefined {
  const known = formulas.get(key);
  if (known !== undefined) return known;
  const html = read(key);
  if (html !== undefined) formulas.set(key, html);
  return html;
}
