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
  // Thousands of notes share few tags.
  const groups = new Map<string, Group | undefined>();
  const groupOf = (tag: string) => {
    if (!groups.has(tag)) groups.set(tag, path(tag));
    return groups.get(tag);
  };
  const tagsOf = new Map<NotePath, Set<Group | undefined>>();
  for (const tag of tags)
    for (const note of tag.notes)
      if (!tagsOf.has(note)) tagsOf.set(note, new Set(notes.get(note)!.meta.tags.map(groupOf)));
  for (const tag of tags) {
    const counts = new Map<Group, number>();
    for (const note of tag.notes)
      for (const other of tagsOf.get(note)!) if (other) counts.set(other, (counts.get(other) ?? 0) + 1);
    // The few that are shown, in order: to sort all of them took a fifth of link.
    const most: Counted[] = [];
    for (const counted of counts) {
      const place = most.findIndex((other) => isBefore(counted, other));
      if (place === -1 && most.length >= SHOWN) continue;
      if (isWithin(counted[0], tag) || isWithin(tag, counted[0])) continue;
      most.splice(place === -1 ? most.length : place, 0, counted);
      most.length = Math.min(most.length, SHOWN);
    }
    if (most.length > 0) tag.seenWith = most.map(([{ names, url }, count]) => ({ names, url, count }));
  }
}

type Counted = [Group, count: number];

/** The most often first; equal ones by address. */
function isBefore([a, x]: Counted, [b, y]: Counted): boolean {
  return x > y || (x === y && compare(a.url, b.url) < 0);
}

/** Whether one tag is the other or lies below it. */
function isWithin(inner: Group, outer: Group): boolean {
  return outer.names.every((name, i) => inner.names[i] === name);
}
