/** Series: notes that are to be read one after another, the oldest first. */

import { slugInvalid } from '../diagnostics/messages.ts';
import type { Diagnostic, Group, Series } from '../model.ts';
import { collisionKey, compare, type NotePath, slugify, url } from '../paths.ts';
import type { Addressed } from './addresses.ts';

/** @param newest the notes, newest first */
export function seriesOf(newest: Addressed[]): {
  series: Group[];
  places: Map<NotePath, Series>;
  diagnostics: Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const groups = new Map<string, Group>();
  for (const { index } of [...newest].reverse()) {
    const name = index.meta.series;
    if (name === undefined) continue;
    const slug = slugify(name);
    if (slug === undefined) {
      diagnostics.push(slugInvalid({ file: `posts/${index.path}` }, 'series', name));
      continue;
    }
    const key = collisionKey(slug);
    const group = groups.get(key);
    if (group) group.notes.push(index.path);
    else groups.set(key, { names: [name], url: url('series', slug), notes: [index.path] });
  }
  const places = new Map<NotePath, Series>();
  for (const { names, url: address, notes } of groups.values()) {
    notes.forEach((path, i) => {
      const [before, after] = [notes[i - 1], notes[i + 1]];
      places.set(path, {
        name: names[0]!,
        url: address,
        position: i + 1,
        count: notes.length,
        ...(before && { before }),
        ...(after && { after }),
      });
    });
  }
  const series = [...groups.values()].sort((a, b) => compare(a.names[0]!, b.names[0]!));
  return { series, places, diagnostics };
}
