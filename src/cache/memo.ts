/** A value out of the store, or made now and kept: for whatever depends on nothing but its key. */

import { bytesOf, textOf } from '../utf8.ts';
import type { Store } from './store.ts';

/**
 * @param key hash of everything that `make` reads, the code included
 * @param make plain JSON comes out of it
 * @param isCurrent whether what is kept still holds, where `make` says itself what else it has read
 */
export async function memo<T>(
  store: Store,
  key: string,
  make: () => Promise<T>,
  isCurrent: (kept: T) => boolean = () => true,
): Promise<T> {
  const bytes = store.get(key);
  const kept = bytes && (JSON.parse(textOf(bytes)) as T);
  if (kept !== undefined && isCurrent(kept)) return kept;
  const made = await make();
  store.put(key, bytesOf(JSON.stringify(made)));
  return made;
}
