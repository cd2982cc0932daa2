/** What may be an output folder, and the list of files in it that are ours. */

import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { outDangerous, outForeign } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';

/** The list of what Postil wrote, in the output folder itself: only what stands there is ever deleted. */
export const MANIFEST = '.postil.json';

/** Files on their way, where the site's own folder is on another file system. */
export const STAGE = '.postil-stage';

/** Paths below the output folder → hash of the content. */
export type Manifest = Map<string, string>;

/** Refuses an output folder in which a build could destroy something. */
export function checkOutput(site: string, out: string): Diagnostic | undefined {
  const folder = realOf(resolve(out));
  const home = realOf(homedir());
  const root = realOf(resolve(site));
  const holds = (outer: string, inner: string) =>
    inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  const refuse = (why: string) => outDangerous({}, out, why);
  if (dirname(folder) === folder) return refuse('it is the root of the file system');
  if (holds(folder, home)) return refuse('it is or holds your home folder');
  if (holds(folder, root)) return refuse('it is or holds the site itself');
  for (const own of ['posts', 'public', 'templates', '.postil', '.git', 'node_modules', 'src']) {
    if (holds(join(root, own), folder)) return refuse(`it lies in the site’s ${own}/`);
  }
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? refuse('it is a file') : undefined;
  }
  if (names.includes('.git')) return refuse('it is a git repository');
  return names.some((name) => name !== STAGE) && !names.includes(MANIFEST)
    ? outForeign({}, relative(process.cwd(), folder) || out)
    : undefined;
}

/** The path with symbolic links resolved, as far as it exists. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realOf(parent), path.slice(parent.length).replace(/^[\\/]/, ''));
  }
}

/** A path that could lead out of the folder: a drive, a backslash, NUL, or a step that is empty or of dots. */
const UNSAFE = /^[a-z]:|[\\\0]|(?:^|\/)\.{0,2}(?:\/|$)/i;

/**
 * Reads the list. Entries that could lead out of the folder are dropped.
 *
 * @returns `undefined` when there is none or it is damaged
 */
export function readManifest(out: string): Manifest | undefined {
  const manifest: Manifest = new Map();
  try {
    const { files } = JSON.parse(readFileSync(join(out, MANIFEST), 'utf8')) as {
      files: Record<string, string>;
    };
    for (const [path, hash] of Object.entries(files))
      if (typeof hash === 'string' && !UNSAFE.test(path) && path !== MANIFEST) manifest.set(path, hash);
    return manifest;
  } catch {
    return undefined;
  }
}

/** The list as it is written: sorted, so that the same site gives the same bytes. */
export function printManifest(manifest: Manifest): string {
  const files = Object.fromEntries([...manifest].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ generator: 'postil', files }, null, 1)}\n`;
}
