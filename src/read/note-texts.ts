/** The notes of a site as text, for commands that look through them without a build. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from './decode.ts';
import { isNote } from './scan.ts';
import { walk } from './walk.ts';

export interface NoteText {
  /** `posts/detr.md`, as on disk. */
  file: string;
  text: string;
}

/**
 * One note after the other, sorted by path, but for those that cannot be read, or are no text: a build tells of them.
 *
 * @param site the site's folder
 */
export async function* readNotesOf(site: string): AsyncGenerator<NoteText> {
  for (const found of walk(join(site, 'posts'), 'posts').files.filter(isNote)) {
    const file = `posts/${found.path}`;
    const bytes = await readFile(join(site, file)).catch(() => undefined);
    const decoded = bytes && decode(bytes, file);
    if (decoded && 'text' in decoded) yield { file, text: decoded.text };
  }
}
