/** Tags that stand together: for each tag, those that its notes have most often besides. */

import type { Group, NoteIndex } from '../model.ts';
import { compare, type NotePath } from '../paths.ts';

const SHOWN = 5;

/**
 * Sets `seenWith` of every tag that shares notes with others.
 *
 * @param tags all tags; a nested one has its ancestors among them
 * @param path where the tags of a note are, as groups
 */
export function findSeenWith(
  tags: Group[],
  path: (tag: string) => Group | undefined,
  notes: Map<NotePath, NoteIndex>,
): void {
  // By number: thousands of notes share few tags, and each pair of them is counted.
  const numbers = new Map(tags.map((tag, n) => [tag, n]));
  const known = new Map<string, number | undefined>();
  const numberOf = (tag: string) => {
    if (!known.has(tag)) known.set(tag, numbers.get(path(tag)!));
    return known.get(tag);
  };
  const tagsOf = new Map<NotePath, Set<number>>();
  for (const { notes: paths } of tags)
    for (const note of paths)
      if (!tagsOf.has(note))
        tagsOf.set(note, new Set(notes.get(note)!.meta.tags.flatMap((tag) => numberOf(tag) ?? [])));
  const counts = new Uint32Array(tags.length);
  for (const tag of tags) {
    counts.fill(0);
    for (const note of tag.notes) for (const other of tagsOf.get(note)!) counts[other]!++;
    // The few that are shown, the most frequent first; equal ones by address.
    const most: number[] = [];
    for (let n = 0; n < counts.length; n++) {
      const count = counts[n]!;
      if (count === 0 || (most.length === SHOWN && count < counts[most[SHOWN - 1]!]!)) continue;
      const other = tags[n]!;
      if (isWithin(other, tag) || isWithin(tag, other)) continue;
      let place = most.length;
      while (place > 0 && isBefore(n, most[place - 1]!)) place--;
      most.splice(place, 0, n);
      if (most.length > SHOWN) most.pop();
    }
    if (most.length > 0)
      tag.seenWith = most.map((n) => ({ names: tags[n]!.names, url: tags[n]!.url, count: counts[n]! }));
  }

  function isBefore(a: number, b: number): boolean {
    return counts[a]! > counts[b]! || (counts[a] === counts[b] && compare(tags[a]!.url, tags[b]!.url) < 0);
  }
}

/** Whether one tag is the other or lies below it. */
function isWithin(inner: Group, outer: Group): boolean {
  return outer.names.every((name, i) => inner.names[i] === name);
}
