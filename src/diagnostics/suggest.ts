/** "Did you mean": names near a misspelt one. */

import { compare, fold } from '../paths.ts';

/**
 * Optimal string alignment distance (Damerau 1964, restricted): insertions, deletions, substitutions and
 * swaps of neighbours, each 1. Gives up with `limit + 1` as soon as the distance must exceed `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d = Math.min(d, before[j - 2]! + 1);
      row.push(d);
      best = Math.min(best, d);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/**
 * The names nearest to `name`, best first, at most three. Near means: one contains the other (three
 * characters or more, two if Chinese), or a third of the characters differ at most.
 */
export function suggest(name: string, names: Iterable<string>): string[] {
  const wanted = fold(name);
  if (wanted === '') return [];
  // Every character is one step from every other.
  const limit = wanted.length === 1 ? 0 : Math.max(1, Math.floor(wanted.length / 3));
  const found: { name: string; distance: number }[] = [];
  for (const candidate of names) {
    const other = fold(candidate);
    // Two Chinese characters are a word already.
    const shorter = wanted.length < other.length ? wanted : other;
    const within =
      shorter.length >= (/^\p{Script=Han}+$/u.test(shorter) ? 2 : 3) &&
      (other.includes(wanted) || wanted.includes(other));
    const distance = within ? Math.min(1, limit) : editDistance(wanted, other, limit);
    if (distance <= limit) found.push({ name: candidate, distance });
  }
  found.sort((a, b) => a.distance - b.distance || compare(a.name, b.name));
  // A title and a slug that differ only in case are one name for a reader.
  const once = new Map<string, string>();
  for (const f of found) if (!once.has(fold(f.name))) once.set(fold(f.name), f.name);
  return [...once.values()].slice(0, 3);
}
