/** Content addresses. */

import { createHash, hash as digest } from 'node:crypto';

/** SHA-256 of the parts, each with its length, as 32 hex digits: long enough that no two contents meet. */
export function hash(...parts: (string | Uint8Array)[]): string {
  if (parts.every((p) => typeof p === 'string')) {
    // In one call: pages' keys are many small hashes.
    const text = parts.map((p) => `${Buffer.byteLength(p)}:${p}`).join('');
    return digest('sha256', text, 'hex').slice(0, 32);
  }
  const h = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    h.update(`${bytes.length}:`);
    h.update(bytes);
  }
  return h.digest('hex').slice(0, 32);
}
