/** Tags, categories and years: groups of notes with a page of their own. */

import { groupDuplicate, slugInvalid } from '../diagnostics/messages.ts';
import type { Diagnostic, Group } from '../model.ts';
import { collisionKey, compare, slugify, type Url, url } from '../paths.ts';
import type { Addressed } from './addresses.ts';

/** @param order the notes, newest first: so are those of each group */
export function groupNotes(order: Addressed[]): {
  tags: Group[];
  categories: Group[];
  years: Group[];
  diagnostics: Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const tags = new Grouping('tags', diagnostics);
  const categories = new Grouping('categories', diagnostics);
  const years = new Map<string, Group>();
  for (const note of order) {
    for (const tag of note.index.meta.tags)
      tags.add(
        tag.split('/').filter((s) => s.trim() !== ''),
        note,
      );
    for (const path of note.index.meta.categories) {
      for (let i = 1; i <= path.length; i++) categories.add(path.slice(0, i), note);
    }
    const year = note.index.meta.date?.day.slice(0, 4);
    if (year === undefined) continue;
    const group = years.get(year);
    if (group) group.notes.push(note.index.path);
    else years.set(year, { names: [year], url: url('archives', year), notes: [note.index.path] });
  }
  return {
    tags: tags.groups(),
    categories: categories.groups(),
    years: [...years.values()].sort((a, b) => compare(b.names[0]!, a.names[0]!)),
    diagnostics,
  };
}

class Grouping {
  readonly #kind: 'tags' | 'categories';
  readonly #diagnostics: Diagnostic[];
  readonly #byKey = new Map<string, { spellings: Set<string>; group: Group }>();
  constructor(kind: 'tags' | 'categories', diagnostics: Diagnostic[]) {
    this.#kind = kind;
    this.#diagnostics = diagnostics;
  }

  add(names: string[], { index }: Addressed): void {
    const slugs = names.map(slugify);
    if (names.length === 0 || slugs.some((s) => s === undefined)) {
      this.#diagnostics.push(
        slugInvalid(
          { file: `posts/${index.path}` },
          this.#kind === 'tags' ? 'tag' : 'category',
          names.join('/'),
        ),
      );
      return;
    }
    const address: Url = url(this.#kind, ...(slugs as string[]));
    const key = collisionKey(address);
    let entry = this.#byKey.get(key);
    if (!entry) {
      entry = { spellings: new Set(), group: { names, url: address, notes: [] } };
      this.#byKey.set(key, entry);
    }
    entry.spellings.add(names.join('/'));
    if (entry.group.notes.at(-1) !== index.path) entry.group.notes.push(index.path);
  }

  /** The groups by name; two names at one address are an error that names both. */
  groups(): Group[] {
    for (const { spellings, group } of this.#byKey.values()) {
      if (spellings.size < 2) continue;
      const files = group.notes.map((n) => `posts/${n}`);
      this.#diagnostics.push(
        groupDuplicate(
          { file: files[0]!, line: 1, column: 1 },
          this.#kind,
          group.url,
          [...spellings].sort(compare),
        ),
      );
    }
    return [...this.#byKey.values()]
      .map((e) => e.group)
      .sort((a, b) => compare(a.names.join('/'), b.names.join('/')));
  }
}
