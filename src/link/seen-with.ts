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
    const others = [...counts].filter(([other]) => !isWithin(other, tag) && !isWithin(tag, other));
    if (others.length === 0) continue;
    tag.seenWith = others
      .sort(([a, x], [b, y]) => y - x || compare(a.url, b.url))
      .slice(0, SHOWN)
      .map(([{ names, url }, count]) => ({ names, url, count }));
  }
}

/** Whether one tag is the other or lies below it. */
function isWithin(inner: Group, outer: Group): boolean {
  return outer.names.every((name, i) => inner.names[i] === name);
}
