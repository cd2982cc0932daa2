/** disk → the site's inputs, each with the hash of its content. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE } from '../config/file.ts';
import { sameName, unreadable } from '../diagnostics/messages.ts';
import { attempt } from '../disk-error.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import type { AssetPath, NotePath } from '../paths.ts';
import { isSame, type Stamp, stampOf } from '../stamp.ts';
import { type FoundFile, walk } from './walk.ts';

export interface Input {
  /** Path below the site's folder, as on disk: `posts/detr.md`. */
  file: string;
  hash: string;
  bytes: number;
}

/** A note's file. */
export interface NoteInput extends Input {
  path: NotePath;
  /** What was read to hash it, if anything was: for whoever compiles it, who drops it then. */
  contents?: Buffer | undefined;
}

export interface Inputs {
  notes: NoteInput[];
  assets: (Input & { path: AssetPath })[];
  /** Files of `public/`, `path` below it. */
  publicFiles: (Input & { path: string })[];
  /** Files of `templates/`, `path` below it: the site's own theme. */
  templates: (Input & { path: string })[];
  /** `postil.yml`, `public/CNAME`: text, or `undefined`. */
  config: string | undefined;
  cname: string | undefined;
  /** To be remembered: stamps of all of them. */
  stamps: Record<string, Stamp>;
  /** Whether some file's stamp did not tell its content. */
  hashed: boolean;
  diagnostics: Diagnostic[];
}

/** Notes read while they are hashed are kept up to this size in all; the others are read again. */
const KEPT_BYTES = 32_000_000;

/** Whether a file below `posts/` is one. */
export const isNote = ({ path }: FoundFile) => /\.md$/i.test(path);

/** A site's files, not read yet. */
export interface FoundFiles {
  posts: ReturnType<typeof walk>;
  publics: ReturnType<typeof walk>;
  themes: ReturnType<typeof walk>;
  /** When they were looked for. */
  started: number;
}

/** Looks which files a site has. */
export function find(site: string): FoundFiles {
  const started = Date.now();
  return {
    posts: walk(join(site, 'posts'), 'posts'),
    publics: walk(join(site, 'public'), 'public', true),
    themes: walk(join(site, 'templates'), 'templates'),
    started,
  };
}

/**
 * @param time in milliseconds
 * @returns bytes of each note that was written since: it may have changed
 */
export function notesSince({ posts }: FoundFiles, time: number): number[] {
  return posts.files
    .filter((file) => isNote(file) && Math.max(file.stats.mtimeMs, file.stats.ctimeMs) > time)
    .map(({ stats }) => stats.size);
}

/**
 * Hashes what has no stamp that still fits.
 *
 * @param site the site's folder
 * @param known stamps of the last build
 * @returns the inputs; files that cannot be read are left out and in `diagnostics`
 * @throws DiskError when `postil.yml` cannot be read
 */
export function scan(
  site: string,
  known: Record<string, Stamp>,
  { posts, publics, themes, started }: FoundFiles = find(site),
): Inputs {
  const stamps: Record<string, Stamp> = {};
  let hashed = false;
  let kept = 0;
  const diagnostics = [...posts.diagnostics, ...publics.diagnostics, ...themes.diagnostics];

  const inputs = <P extends string>(folder: string, files: FoundFile[]) => {
    const out = new Map<string, Input & { path: P; contents?: Buffer }>();
    for (const { path: name, stats } of files) {
      const file = `${folder}/${name}`;
      const path = name.normalize('NFC') as P;
      const other = out.get(path);
      if (other) diagnostics.push(sameName({ file }, other.file));
      try {
        const old = known[file];
        if (!isSame(old, stats)) hashed = true;
        const contents = isSame(old, stats) ? undefined : readFileSync(join(site, file));
        const content = contents ? hash(contents) : old![4];
        stamps[file] = stampOf(stats, content, started);
        const keeps =
          contents &&
          folder === 'posts' &&
          isNote({ path: name, stats }) &&
          kept + contents.length <= KEPT_BYTES;
        if (keeps) kept += contents.length;
        out.set(path, { file, hash: content, bytes: stats.size, path, ...(keeps && { contents }) });
      } catch (error) {
        diagnostics.push(unreadable({ file }, (error as NodeJS.ErrnoException).code ?? String(error)));
      }
    }
    return [...out.values()];
  };
  const publicFiles = inputs<string>('public', publics.files);
  return {
    notes: inputs<NotePath>('posts', posts.files.filter(isNote)),
    assets: inputs<AssetPath>(
      'posts',
      posts.files.filter((f) => !isNote(f)),
    ),
    publicFiles,
    templates: inputs<string>('templates', themes.files),
    config: text(join(site, CONFIG_FILE)),
    cname: publicFiles.some((f) => f.path === 'CNAME') ? text(join(site, 'public', 'CNAME')) : undefined,
    stamps,
    hashed,
    diagnostics,
  };
}

function text(path: string): string | undefined {
  return attempt('read', path, () => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  });
}
