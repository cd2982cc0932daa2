/** A value out of the store, or made now and kept: for whatever depends on nothing but its key. */

import { bytesAsText, type Store } from './store.ts';

/**
 * @param key hash of everything that `make` reads, the code included
 * @param make plain JSON comes out of it
 */
export async function memo<T>(store: Store, key: string, make: () => Promise<T>): Promise<T> {
  const bytes = store.get(key);
  if (bytes) return JSON.parse(bytesAsText(bytes)) as T;
  const made = await make();
  store.put(key, Buffer.from(JSON.stringify(made)));
  return made;
}
