/** Files that somebody wrote: put in place whole, or not at all. */

import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt, discard, makeFolder } from './disk-error.ts';

/**
 * Writes beside a file and renames, so that it is wholly old or wholly new whatever fails or ends in between. Its mode
 * stays; where it is a symbolic link, what that leads to is written.
 *
 * @throws DiskError; the file is as it was then
 */
export function writeWhole(path: string, contents: string | Uint8Array): void {
  attempt('write', path, () => {
    const target = existsSync(path) ? realpathSync(path) : path;
    // Hidden: no note, should it ever stay behind.
    const temporary = join(dirname(target), `.postil-${randomUUID()}`);
    try {
      // On the disk before the rename is, also when the power goes.
      writeFileSync(temporary, contents, { flush: true });
      const mode = statSync(target, { throwIfNoEntry: false })?.mode;
      if (mode !== undefined) chmodSync(temporary, mode);
      renameSync(temporary, target);
    } catch (error) {
      discard(temporary);
      throw error;
    }
  });
}

/**
 * Makes a file that must not be there yet, and the folders above it.
 *
 * @param contents.from path of the file that it is a copy of
 * @throws DiskError; no part of a file stays behind then, and one that was there is as it was
 */
export function makeWhole(path: string, contents: string | Uint8Array | { from: string }): void {
  attempt('write', path, () => {
    makeFolder(dirname(path));
    try {
      if (typeof contents === 'object' && 'from' in contents)
        copyFileSync(contents.from, path, constants.COPYFILE_EXCL);
      else writeFileSync(path, contents, { flag: 'wx', flush: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') discard(path);
      throw error;
    }
  });
}
