/** Lists a folder, in one order on every machine, without following symbolic links. */

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { symlink as symlinkFound } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { compare } from '../paths.ts';

export interface FoundFile {
  /** Path below the folder, with `/`, as the file system spells it. */
  path: string;
  bytes: number;
  mtimeMs: number;
  ino: number;
}

const MAX_DEPTH = 64;
const SKIPPED = new Set(['node_modules']);

/**
 * @param root folder to list
 * @param label how messages name it: `posts`
 * @returns its files sorted by path, hidden ones and `node_modules` left out; none when it does not exist
 */
export async function walk(
  root: string,
  label: string,
): Promise<{ files: FoundFile[]; diagnostics: Diagnostic[] }> {
  const files: FoundFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const visit = async (folder: string, prefix: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) return;
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
      const path = prefix + entry.name;
      if (entry.isSymbolicLink()) diagnostics.push(symlinkFound({ file: `${label}/${path}` }));
      else if (entry.isDirectory()) await visit(join(folder, entry.name), `${path}/`, depth + 1);
      else if (entry.isFile()) {
        const { size, mtimeMs, ino } = await lstat(join(folder, entry.name));
        files.push({ path, bytes: size, mtimeMs, ino });
      }
    }
  };
  try {
    await visit(root, '', 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  files.sort((a, b) => compare(a.path, b.path));
  return { files, diagnostics };
}
