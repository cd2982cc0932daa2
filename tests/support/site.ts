/** Notes made in memory, compiled and linked. */

import { type LinkOptions, link } from '../../src/link/link.ts';
import type { Asset, LinkedNote, Site, Target } from '../../src/model.ts';
import type { AssetPath, NotePath } from '../../src/paths.ts';
import { compileText } from './notes.ts';

export interface World {
  /** Files beside the notes. */
  assets?: string[];
  /** Files of `public/`. */
  publicFiles?: string[];
  /** Files of the theme. */
  themeFiles?: string[];
  /** Hash and size of each file beside the notes. */
  measured?: Partial<Asset>;
  options?: Partial<LinkOptions>;
}

export interface Linked {
  site: Site;
  note(path: string): LinkedNote;
  /** What the references of a note lead to. */
  targets(path: string): Target[];
  /** `link/missing posts/a.md:1:1`, sorted as found. */
  said: string[];
}

/** Compiles and links notes: `{'fpn.md': '# FPN …'}`. */
export async function linkNotes(notes: Record<string, string>, world: World = {}): Promise<Linked> {
  const indexes = [];
  for (const [path, text] of Object.entries(notes)) indexes.push((await compileText(text, path)).index);
  const assets = (world.assets ?? []).map(
    (path): Asset => ({ path: path as AssetPath, hash: path, bytes: 1, ...world.measured }),
  );
  const options: LinkOptions = {
    permalink: '/posts/:slug/',
    timezone: '+08:00',
    perPage: 10,
    publish: 'all',
    drafts: false,
    lang: 'zh-CN',
    markdown: false,
    search: true,
    og: {},
    ...world.options,
  };
  const site = link(indexes, options, {
    assets,
    ...(world.publicFiles && { publicFiles: world.publicFiles }),
    ...(world.themeFiles && { themeFiles: world.themeFiles }),
  });
  const note = (path: string) => {
    const found = site.notes.get(path as NotePath);
    if (!found) throw new Error(`no note ${path}`);
    return found;
  };
  return {
    site,
    note,
    targets: (path) => note(path).targets,
    said: site.diagnostics.map((d) =>
      [d.id, d.file && `${d.file}${d.line === undefined ? '' : `:${d.line}:${d.column}`}`]
        .filter(Boolean)
        .join(' '),
    ),
  };
}
