/** disk → the site's inputs, each with the hash of its content. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unreadable } from '../diagnostics/messages.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import type { AssetPath, NotePath } from '../paths.ts';
import { isSame, type Stamp, stampOf } from '../stamp.ts';
import { walk } from './walk.ts';

export interface Input {
  /** Path below the site's folder, as on disk: `posts/detr.md`. */
  file: string;
  hash: string;
  bytes: number;
}

export interface Inputs {
  notes: (Input & { path: NotePath })[];
  assets: (Input & { path: AssetPath })[];
  /** Files of `public/`, `path` below it. */
  publicFiles: (Input & { path: string })[];
  /** `postil.yml`, `public/CNAME`: text, or `undefined`. */
  config: string | undefined;
  cname: string | undefined;
  /** To be remembered: stamps that were older than this scan. */
  stamps: Record<string, Stamp>;
  diagnostics: Diagnostic[];
}

/**
 * @param site the site's folder
 * @param known stamps of the last build
 */
export async function scan(site: string, known: Record<string, Stamp>): Promise<Inputs> {
  const started = Date.now();
  const stamps: Record<string, Stamp> = {};
  const [posts, publics] = await Promise.all([
    walk(join(site, 'posts'), 'posts'),
    walk(join(site, 'public'), 'public'),
  ]);
  const diagnostics = [...posts.diagnostics, ...publics.diagnostics];

  const input = async (file: string): Promise<Input | undefined> => {
    try {
      const stats = await stat(join(site, file));
      const old = known[file];
      const found = isSame(old, stats) ? old[4] : hash(await readFile(join(site, file)));
      const stamp = stampOf(stats, found, started);
      if (stamp) stamps[file] = stamp;
      return { file, hash: found, bytes: stats.size };
    } catch (error) {
      diagnostics.push(unreadable({ file }, (error as NodeJS.ErrnoException).code ?? String(error)));
      return undefined;
    }
  };
  const all = async <P extends string>(folder: string, paths: string[]) => {
    const out: (Input & { path: P })[] = [];
    for (let i = 0; i < paths.length; i += 32) {
      const batch = paths.slice(i, i + 32);
      const found = await Promise.all(batch.map((p) => input(`${folder}/${p}`)));
      found.forEach((f, n) => {
        if (f) out.push({ ...f, path: batch[n]!.normalize('NFC') as P });
      });
    }
    return out;
  };
  const names = posts.files.map((f) => f.path);
  const isNote = (name: string) => /\.md$/i.test(name);
  const notes = await all<NotePath>('posts', names.filter(isNote));
  const assets = await all<AssetPath>(
    'posts',
    names.filter((n) => !isNote(n)),
  );
  const publicFiles = await all<string>(
    'public',
    publics.files.map((f) => f.path),
  );
  const text = async (file: string) => {
    try {
      return await readFile(join(site, file), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  return {
    notes,
    assets,
    publicFiles,
    config: await text('postil.yml'),
    cname: await text('public/CNAME'),
    stamps,
    diagnostics,
  };
}
