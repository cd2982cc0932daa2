/** Lists a folder, in one order on every machine, without following symbolic links. */

import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import {
  folderTooDeep,
  symlinkFolder,
  symlink as symlinkFound,
  unreadable,
} from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { compare } from '../paths.ts';

export interface FoundFile {
  /** Path below the folder, with `/`, as the file system spells it. */
  path: string;
  stats: Stats;
}

const MAX_DEPTH = 64;
const SKIPPED = new Set(['node_modules']);
/** What other programs ask a host for (RFC 8615): the one hidden folder that is meant to be published. */
const WELL_KNOWN = '.well-known';

/**
 * @param root folder to list
 * @param label how messages name it: `posts`
 * @param published whether it is published as it is, as `public` is: then its `.well-known` is taken
 * @returns its files sorted by path, hidden ones and `node_modules` left out; none when it does not exist.
 * What cannot be read or is not followed is in `diagnostics`
 */
export function walk(
  root: string,
  label: string,
  published = false,
): { files: FoundFile[]; diagnostics: Diagnostic[] } {
  const files: FoundFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const guarded = (path: string, look: () => void) => {
    try {
      look();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Gone between two looks: it is not there.
      if (code !== 'ENOENT') diagnostics.push(unreadable({ file: path }, code ?? String(error)));
    }
  };
  const visit = (folder: string, prefix: string, depth: number): void => {
    if (depth > MAX_DEPTH) {
      diagnostics.push(folderTooDeep({ file: `${label}/${prefix}` }, MAX_DEPTH));
      return;
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const wellKnown = published && depth === 0 && entry.name === WELL_KNOWN;
      if ((entry.name.startsWith('.') && !wellKnown) || SKIPPED.has(entry.name)) continue;
      const path = prefix + entry.name;
      const full = join(folder, entry.name);
      const file = `${label}/${path}`;
      if (entry.isSymbolicLink()) diagnostics.push(symlinkFound({ file }));
      else if (entry.isDirectory()) guarded(file, () => visit(full, `${path}/`, depth + 1));
      else if (entry.isFile()) guarded(file, () => files.push({ path, stats: lstatSync(full) }));
    }
  };
  guarded(label, () => {
    if (lstatSync(root).isSymbolicLink()) diagnostics.push(symlinkFolder({ file: label }));
    else visit(root, '', 0);
  });
  files.sort((a, b) => compare(a.path, b.path));
  return { files, diagnostics };
}
