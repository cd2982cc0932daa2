/** A system call that failed, told so that it can be acted on: Node's own error for a write has no path. */

import { existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

const REASONS: Record<string, string> = {
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports an input/output error',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'a folder stands in its place',
  ENOTEMPTY: 'a folder with files in it stands in its place',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files on this machine',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
};

/** The system refused to read or write something, said so that an author can do something about it. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  /** As the system names it: `ENOSPC`. */
  readonly code: string;

  /**
   * @param operation what was tried, as a verb: `write`
   * @param path of the file that it was tried on
   */
  constructor(operation: string, path: string, cause: NodeJS.ErrnoException) {
    const code = cause.code ?? '';
    const free = code === 'ENOSPC' ? freeSpace(path) : '';
    super(`cannot ${operation} ${path}: ${REASONS[code] ?? cause.message}${free}`, { cause });
    this.code = code;
  }
}

/** Runs a system call. @throws DiskError that names operation and path */
export function attempt<T>(operation: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof DiskError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new DiskError(operation, path, error as NodeJS.ErrnoException);
  }
}

/**
 * Makes a folder and those above it that are missing.
 *
 * @throws the system's error
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // Node 20 says that of a folder on a read-only file system; made alone, it says why.
    let first = folder;
    while (!existsSync(dirname(first))) first = dirname(first);
    mkdirSync(first);
    mkdirSync(folder, { recursive: true });
  }
}

/** Removes what is of no use any more, if it can be removed; otherwise a later build does. */
export function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {}
}

function freeSpace(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = statfsSync(folder);
      return ` (${Math.floor((bavail * bsize) / 1_000_000)} MB free)`;
    } catch {
      if (dirname(folder) === folder) return '';
    }
  }
}
