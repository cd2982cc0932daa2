/** Which note a name means: by path, file name, slug, title or alias; found, ambiguous or missing. */

import type { NoteIndex } from '../model.ts';
import { fold, isAddress, type NotePath, noteName, stem } from '../paths.ts';

export type Named = { found: NotePath } | { ambiguous: NotePath[] } | undefined;

/** The names that a link may use, in the order in which they count. */
const TIERS = ['path', 'file', 'slug', 'title', 'alias'] as const;

/** The names of all notes. One of an earlier tier is meant before any of a later one. */
export class Names {
  readonly #tiers = new Map<string, Map<string, NotePath[]>>(TIERS.map((t) => [t, new Map()]));
  readonly #spellings = new Set<string>();

  constructor(notes: Iterable<{ index: NoteIndex; slug: string }>) {
    for (const { index, slug } of notes) {
      const path = index.path;
      const bare = path.replace(/\.md$/i, '');
      // Obsidian's shortest path: any run of last segments names the note, `a/b` as well as `b`.
      const segments = bare.split('/');
      this.#add('path', bare, path);
      for (let i = 1; i < segments.length; i++) this.#add('path', segments.slice(i).join('/'), path);
      this.#add('file', stem(path), path);
      this.#add('file', noteName(path), path);
      this.#add('slug', slug, path);
      this.#add('title', index.meta.title, path);
      for (const alias of index.meta.aliases) if (!isAddress(alias)) this.#add('alias', alias, path);
    }
  }

  #add(tier: string, name: string, path: NotePath): void {
    if (name === '') return;
    if (tier !== 'path') this.#spellings.add(name);
    const map = this.#tiers.get(tier)!;
    const key = fold(name);
    const paths = map.get(key);
    if (!paths) map.set(key, [path]);
    // The names of a note come together.
    else if (paths.at(-1) !== path) paths.push(path);
  }

  /**
   * Resolves a name as written in a link. Names of an earlier kind hide those of a later one: path, file name, slug,
   * title, alias. Of several notes with one name, the tie-break of the nearest folder decides, as in Obsidian: the one in
   * the linking note's own folder wins; else the one whose whole path is the name; else nobody knows, and the link is
   * ambiguous rather than a guess.
   *
   * @param name without fragment; `.md` at its end is optional
   * @param from the note that links
   */
  find(name: string, from: NotePath): Named {
    const key = fold(name.replace(/\.md$/i, '').replace(/^\.?\//, ''));
    for (const tier of TIERS) {
      const paths = this.#tiers.get(tier)!.get(key);
      if (!paths) continue;
      if (paths.length === 1) return { found: paths[0]! };
      const folder = folderOf(from);
      const near = paths.filter((p) => folderOf(p) === folder);
      if (near.length === 1) return { found: near[0]! };
      const exact = paths.filter((p) => fold(p.replace(/\.md$/i, '')) === key);
      if (exact.length === 1) return { found: exact[0]! };
      return { ambiguous: paths };
    }
    return undefined;
  }

  /** Every title, file name, slug and alias, for "did you mean". */
  spellings(): Iterable<string> {
    return this.#spellings;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
