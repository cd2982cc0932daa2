/** Which file beside the notes a path means that leads to none from the note's folder. */

import type { Asset } from '../model.ts';
import { compare, fold, type NotePath } from '../paths.ts';

/** Obsidian writes the end of a file's path, Hexo the name of one in the note's own folder. */
export class Files {
  readonly #byPath: Map<string, Asset>;
  #byEnd: Map<string, Asset[]> | undefined;

  constructor(assets: Asset[]) {
    this.#byPath = new Map(assets.map((a) => [a.path, a]));
  }

  /** The file at a path below `posts/`. */
  at(path: string): Asset | undefined {
    return this.#byPath.get(path);
  }

  /** The paths of all files, for "did you mean". */
  paths(): string[] {
    return [...this.#byPath.keys()];
  }

  /**
   * @param target the last segments of its path, or all
   * @param from the note that names it
   * @returns of several files, one in the folder of the note's name, which Hexo makes for it; else one in the note's
   * folder or below; else the first
   */
  find(target: string, from: NotePath): Asset | undefined {
    const end = target.replace(/^\.?\//, '');
    const own = `${from.replace(/\.md$/i, '')}/`;
    const exact = this.at(own + end);
    if (exact) return exact;
    this.#byEnd ??= endsOf(this.#byPath.values());
    const fitting = this.#byEnd.get(fold(end));
    if (!fitting) return undefined;
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    return firstBelow(own, fitting) ?? firstBelow(folder, fitting) ?? fitting[0];
  }
}

/** Files by what their paths end with, whole segments, folded; those of one end in the order of their paths. */
function endsOf(assets: Iterable<Asset>): Map<string, Asset[]> {
  const out = new Map<string, Asset[]>();
  for (const asset of [...assets].sort((a, b) => compare(a.path, b.path))) {
    const segments = asset.path.split('/');
    for (let i = 0; i < segments.length; i++) {
      const end = fold(segments.slice(i).join('/'));
      const same = out.get(end);
      if (same) same.push(asset);
      else out.set(end, [asset]);
    }
  }
  return out;
}

/** The first file of a sorted list that lies in a folder. A picture of a common name stands in the folder of every note. */
function firstBelow(folder: string, sorted: Asset[]): Asset | undefined {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]!.path < folder) from = middle + 1;
    else to = middle;
  }
  return sorted[from]?.path.startsWith(folder) ? sorted[from] : undefined;
}
