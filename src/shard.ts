/**
 * One of several machines' part of a build: compiles every n-th note into the store and stops. Compile is a pure
 * function into a content-addressed store, so the stores of all parts laid together are the store of one build;
 * the build that follows finds everything in it and links (docs/scale.md).
 */

import { join, resolve } from 'node:path';
import { Breath } from './breath.ts';
import type { BuildOptions } from './build-options.ts';
import { NoteStore } from './cache/notes.ts';
import { Store } from './cache/store.ts';
import { readConfig } from './config/config.ts';
import { compareDiagnostics } from './diagnostics/messages/define.ts';
import { DiskError } from './disk-error.ts';
import { hash } from './hash.ts';
import type { Diagnostic } from './model.ts';
import { compileOptions, Notes } from './notes.ts';
import { engine } from './package.ts';
import type { NotePath } from './paths.ts';
import { scan } from './read/scan.ts';
import { openWork } from './work.ts';

export interface Shard {
  /** From 1 to `of`. */
  part: number;
  of: number;
}

/** Reads `3/8`. @returns `undefined` when it is no part of a whole */
export function parseShard(text: string): Shard | undefined {
  const [, part = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  return shard.part >= 1 && shard.part <= shard.of ? shard : undefined;
}

/** Whether a note belongs to a part: a matter of its path alone, so that a new note moves no other one. */
export function isIn({ part, of }: Shard, path: NotePath): boolean {
  return Number.parseInt(hash(path).slice(0, 8), 16) % of === part - 1;
}

/**
 * Compiles one part of a site's notes into its store.
 *
 * @returns faults of the configuration and of these notes, and how many notes they are; the build reports them again
 * @throws DiskError, Locked, Changed or the signal's reason
 */
export async function compileShard(
  shard: Shard,
  options: Pick<BuildOptions, 'site' | 'jobs' | 'signal' | 'progress'>,
): Promise<{ diagnostics: Diagnostic[]; notes: number; total: number; store: string }> {
  const site = resolve(options.site);
  const work = await openWork(site, options);
  const folder = join(work.folder, 'store');
  let store: Store | undefined;
  try {
    options.progress?.('read', 0, 0);
    const inputs = scan(site, {});
    const { config, diagnostics } = readConfig(inputs.config, inputs.cname, {});
    const total = inputs.notes.length;
    if (diagnostics.some((d) => d.severity === 'error'))
      return { diagnostics, notes: 0, total, store: folder };
    const { bundlePlugins } = await import('./bundling/plugins.ts');
    const extended = await bundlePlugins({
      site,
      entries: config.plugins,
      yml: inputs.config,
      work: work.folder,
      code: engine().hash,
    });
    if (extended.diagnostics.length > 0)
      return { diagnostics: extended.diagnostics, notes: 0, total, store: folder };
    const { compile, read } = compileOptions(config, extended.plugins);
    const breath = new Breath(options.signal);
    store = new Store(folder);
    const own = inputs.notes.filter(({ path }) => isIn(shard, path));
    const notes = await Notes.compile(own, {
      site,
      store: new NoteStore(store, engine().hash, read),
      compile,
      jobs: options.jobs,
      signal: options.signal,
      breathe: () => breath.take(),
      progress: (done, count) => options.progress?.('compile', done, count),
    });
    store.commit();
    store.close();
    // A build goes on when its store cannot be written; here the store is all there is.
    store = new Store(folder);
    const kept = new NoteStore(store, engine().hash, read);
    const lost = own.filter((n) => notes.indexes.has(n.path) && !kept.index(kept.key(n.path, n.hash)));
    if (lost.length > 0)
      throw new DiskError('write', folder, new Error(`${lost.length} notes could not be kept`));
    return {
      diagnostics: [...diagnostics, ...notes.diagnostics].sort(compareDiagnostics),
      notes: own.length,
      total,
      store: folder,
    };
  } finally {
    store?.close();
    work.unlock();
  }
}
