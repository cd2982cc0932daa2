/** Bibliography files: found and decoded here, parsed by `bibtex.ts` only when their bytes are new. */

import { lstat, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { placeInConfig } from '../config/file.ts';
import { bibliographyMissing, bibliographyOutside, symlink, unreadable } from '../diagnostics/messages.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import { decode } from './decode.ts';

export interface BibliographyFile {
  /** Path from the site's folder. */
  file: string;
  text: string;
  hash: string;
}

/** Read when `postil.yml` names none; it need not exist. */
const DEFAULT = 'posts/papers.bib';

/**
 * @param site the site's folder
 * @param paths files named in `postil.yml`, from the site's folder; `undefined` for the default one
 * @param yml text of `postil.yml`, for messages
 */
export async function readBibliographies(
  site: string,
  paths: string[] | undefined,
  yml: string | undefined,
): Promise<{ files: BibliographyFile[]; diagnostics: Diagnostic[] }> {
  const files: BibliographyFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of new Set(paths ?? [DEFAULT])) {
    const file = posix.normalize(path);
    const at = () => placeInConfig(yml, path, 'bibliography:');
    if (posix.isAbsolute(file) || file.startsWith('../') || file === '..' || /[\\\0]/.test(file)) {
      diagnostics.push(bibliographyOutside(at(), path));
      continue;
    }
    try {
      const full = join(site, file);
      const stats = await lstat(full);
      if (stats.isSymbolicLink()) {
        diagnostics.push(symlink({ file }));
        continue;
      }
      if (stats.isDirectory()) {
        diagnostics.push(bibliographyMissing(paths ? at() : { file }, path, true));
        continue;
      }
      const bytes = await readFile(full);
      const decoded = decode(bytes, file, Number.POSITIVE_INFINITY);
      if ('problem' in decoded) diagnostics.push(decoded.problem);
      else files.push({ file, text: decoded.text, hash: hash(bytes) });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        diagnostics.push(unreadable({ file }, code ?? String(error)));
      else if (paths) diagnostics.push(bibliographyMissing(at(), path, false));
    }
  }
  return { files, diagnostics };
}
