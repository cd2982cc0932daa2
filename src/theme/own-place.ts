/**
 * Names below `.postil/theme/` that belong to one process: a development server compiles templates without holding the
 * site's lock, beside a build that has it.
 */

import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { discard } from '../disk-error.ts';
import { isRunning } from '../processes.ts';

/** What is younger is left alone, whoever made it: a process of another machine or container cannot be asked. */
const YOUNG_MS = 60_000;

/**
 * Makes the folder, and removes what processes that are gone left in it.
 *
 * @param folder `.postil/theme`
 * @returns a path in it whose name no other process takes
 */
export function ownPlace(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  for (const other of readdirSync(folder)) {
    const path = join(folder, other);
    const pid = Number.parseInt(other, 10);
    if (!(pid && isRunning(pid)) && isOld(path)) discard(path);
  }
  return join(folder, `${process.pid}-${name}`);
}

function isOld(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > YOUNG_MS;
}
