/** What lies in a folder, to be compared with what lay there. */

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths below a folder and hashes of what is there; empty when there is no folder. */
export function snapshot(root: string, ignore: (path: string) => boolean = () => false): Map<string, string> {
  const files = new Map<string, string>();
  const visit = (prefix: string) => {
    for (const name of readdirSync(join(root, prefix)).sort()) {
      const path = prefix + name;
      if (ignore(path)) continue;
      const stats = lstatSync(join(root, path));
      if (stats.isDirectory()) visit(`${path}/`);
      else if (stats.isSymbolicLink()) files.set(path, 'link');
      else
        files.set(
          path,
          createHash('sha256')
            .update(readFileSync(join(root, path)))
            .digest('hex'),
        );
    }
  };
  if (existsSync(root)) visit('');
  return files;
}
