/** The folder for store, state and files on their way: `.postil/` in the site, locked for one build. */

import { lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildOptions } from './build-options.ts';
import { DiskError } from './disk-error.ts';
import { hash } from './hash.ts';
import { lock } from './write/lock.ts';

/** How long a build waits for another one of the same site. */
const PATIENCE_MS = 10 * 60_000;
/** A site that may only be read, or one with a file of this name, is built all the same. */
const UNUSABLE = new Set(['EACCES', 'EROFS', 'EPERM', 'EEXIST', 'ENOTDIR']);

/**
 * @returns the folder, and a function that gives it back
 * @throws Locked, DiskError, the signal's reason
 */
export async function openWork(
  site: string,
  { progress, signal }: Pick<BuildOptions, 'progress' | 'signal'>,
): Promise<{ folder: string; unlock: () => void }> {
  const options = {
    patience: PATIENCE_MS,
    waiting: (owner: string) => progress?.('wait', 0, 0, owner),
    signal,
  };
  const own = join(site, '.postil');
  try {
    return { folder: own, unlock: await lock(own, options) };
  } catch (error) {
    if (!(error instanceof DiskError && UNUSABLE.has(error.code))) throw error;
  }
  const folder = privateFolder(hash(site));
  return { folder, unlock: await lock(folder, options) };
}

/** A folder among the temporary ones that nobody else can have laid there. */
function privateFolder(name: string): string {
  const user = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `postil-${user}-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  const ours = stats.isDirectory() && (process.getuid === undefined || stats.uid === user);
  return ours ? folder : mkdtempSync(join(tmpdir(), 'postil-'));
}
