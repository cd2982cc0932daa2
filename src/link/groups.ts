/** Tags, categories, folders and years: groups of notes with a page of their own. A nested group's notes are those of its ancestors too. */

import type { At } from '../diagnostics/messages/define.ts';
import { groupDuplicate, slugInvalid, tagUnused, urlDuplicate } from '../diagnostics/messages.ts';
import type { Diagnostic, Group, NoteIndex } from '../model.ts';
import {
  collisionKey,
  compare,
  foldersAround,
  type NotePath,
  slugify,
  slugsOf,
  tagPath,
  type Url,
  url,
} from '../paths.ts';
import type { Addressed } from './addresses.ts';
import { findSeenWith } from './seen-with.ts';

type Kind = 'tags' | 'categories' | 'folders';
const WORDS: Record<Kind, string> = { tags: 'tag', categories: 'category', folders: 'folder' };

/**
 * @param order the notes, newest first: so are those of each group
 * @param introductions the notes of `type: tag`
 */
export function groupNotes(
  order: Addressed[],
  introductions: Addressed[],
): {
  tags: Group[];
  categories: Group[];
  folders: Group[];
  years: Group[];
  diagnostics: Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const tags = new Grouping('tags', diagnostics);
  const categories = new Grouping('categories', diagnostics);
  const folders = new Grouping('folders', diagnostics);
  const years = new Map<string, Group>();
  for (const note of order) {
    const { meta, path: file } = note.index;
    for (const [i, tag] of meta.tags.entries()) tags.add(tagPath(tag), note, i);
    for (const [i, path] of meta.categories.entries()) categories.add(path, note, i);
    folders.add(folderOf(file), note);
    const year = note.index.meta.date?.day.slice(0, 4);
    if (year === undefined) continue;
    const group = years.get(year);
    if (group) group.notes.push(note.index.path);
    else years.set(year, { names: [year], url: url('archives', year), notes: [note.index.path] });
  }
  for (const note of introductions) tags.introduce(tagPath(note.index.meta.title), note);
  const allTags = tags.groups();
  findSeenWith(allTags, (tag) => tags.find(tagPath(tag)), new Map(order.map((n) => [n.index.path, n.index])));
  return {
    tags: allTags,
    categories: categories.groups(),
    folders: folders.groups(),
    years: [...years.values()].sort((a, b) => compare(b.names[0]!, a.names[0]!)),
    diagnostics,
  };
}

/** The folders that list a note. */
function folderOf(path: NotePath): string[] {
  // Hexo's and Jekyll's `_posts`, `_drafts`; and `📥`, of which no address can be made.
  return foldersAround(path).filter((f) => !f.startsWith('_') && slugify(f) !== undefined);
}

class Grouping {
  readonly #kind: Kind;
  readonly #diagnostics: Diagnostic[];
  readonly #byKey = new Map<string, { spellings: Map<string, At>; group: Group }>();
  /** A group and those around it, outermost first, by its name as written: thousands of notes share few. */
  readonly #chains = new Map<string, Group[]>();
  constructor(kind: Kind, diagnostics: Diagnostic[]) {
    this.#kind = kind;
    this.#diagnostics = diagnostics;
  }

  /**
   * Puts a note into a group and those around it.
   *
   * @param n which of the note's tags or categories it is
   */
  add(names: string[], { index }: Addressed, n = 0): void {
    const chain = this.#chain(names, index, n);
    if (!chain) {
      this.#diagnostics.push(slugInvalid(this.#at(index, n), WORDS[this.#kind], names.join('/')));
      return;
    }
    for (const { notes } of chain) if (notes.at(-1) !== index.path) notes.push(index.path);
  }

  /** `undefined` when a name is none that an address can have. */
  #chain(names: string[], index: NoteIndex, n: number): Group[] | undefined {
    const written = names.join('\0');
    const known = this.#chains.get(written);
    if (known) return known;
    const slugs = slugsOf(names);
    if (!slugs || (names.length === 0 && this.#kind === 'tags')) return undefined;
    const at = this.#at(index, n);
    const chain = names.map((_, i) => this.#entry(names.slice(0, i + 1), slugs.slice(0, i + 1), at));
    this.#chains.set(written, chain);
    return chain;
  }

  /** Where a note names one of its tags or categories; its folder is no place in it. */
  #at({ path, meta, refs, namePlaces }: NoteIndex, n: number): At {
    const inText = (tag: string | undefined) => refs.find((r) => r.kind === 'tag' && r.target === tag)?.place;
    const place =
      this.#kind === 'tags'
        ? (namePlaces.tags[n] ?? inText(meta.tags[n]))
        : this.#kind === 'categories'
          ? namePlaces.categories[n]
          : undefined;
    return { file: `posts/${path}`, ...place };
  }

  /** @param at where a note names it */
  #entry(names: string[], slugs: string[], at: At): Group {
    const address: Url = url(this.#kind, ...slugs);
    const key = collisionKey(address);
    let entry = this.#byKey.get(key);
    if (!entry) {
      entry = { spellings: new Map(), group: { names, url: address, notes: [] } };
      this.#byKey.set(key, entry);
    }
    const spelling = names.join('/');
    if (!entry.spellings.has(spelling)) entry.spellings.set(spelling, at);
    return entry.group;
  }

  find(names: string[]): Group | undefined {
    const known = this.#chains.get(names.join('\0'));
    if (known) return known.at(-1);
    const address = url(this.#kind, ...names.map((n) => slugify(n) ?? ''));
    return this.#byKey.get(collisionKey(address))?.group;
  }

  /** Makes a note the introduction of a group, which it adds when no note is in it. */
  introduce(names: string[], { index, url: address }: Addressed): void {
    const at = { file: `posts/${index.path}`, line: 1, column: 1 };
    const known = this.find(names);
    if (known?.about !== undefined) {
      this.#diagnostics.push(urlDuplicate(at, address, [`posts/${known.about}`, at.file]));
      return;
    }
    if (!known) this.#diagnostics.push(tagUnused(at, names.join('/')));
    const slugs = names.map((n) => slugify(n) ?? '');
    for (let depth = 1; depth <= names.length; depth++) {
      const group = this.#entry(names.slice(0, depth), slugs.slice(0, depth), at);
      if (depth === names.length) group.about = index.path;
    }
  }

  /** The groups by name; two names at one address are an error that names both and where they stand. */
  groups(): Group[] {
    for (const { spellings, group } of this.#byKey.values()) {
      if (spellings.size < 2) continue;
      const [first] = spellings.values();
      const sorted = [...spellings].sort(([a], [b]) => compare(a, b)).map(([name, at]) => ({ name, at }));
      this.#diagnostics.push(groupDuplicate(first!, this.#kind, group.url, sorted));
    }
    return [...this.#byKey.values()].map((e) => e.group).sort((a, b) => compareNames(a.names, b.names));
  }
}

/** Name by name, so that what lies below a group stands right after it. */
function compareNames(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
