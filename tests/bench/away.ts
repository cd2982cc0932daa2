/**
 * Folders that a round is done with are put away and deleted when the bench ends. A file system without a journal (ext4, as
 * in some virtual machines) passes over what was deleted in the last minutes, one by one, for each file that is made: what
 * one round deletes is paid for by the next, the more the more files it writes. Nobody's first build comes after ten others.
 */

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

let count = 0;

const awayIn = (folder: string) => join(folder, 'away');

/** @param folder the bench's */
export function putAway(path: string, folder: string): void {
  if (!existsSync(path)) return;
  const away = awayIn(folder);
  mkdirSync(away, { recursive: true });
  renameSync(path, join(away, `${process.pid}-${count++}`));
}

/** Deletes what was put away. @param folder the bench's */
export function clearAway(folder: string): void {
  rmSync(awayIn(folder), { recursive: true, force: true });
}
