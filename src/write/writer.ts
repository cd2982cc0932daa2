/**
 * Puts a site in place without ever showing a half of it: new files are first written whole into `.postil/`,
 * then renamed into the output folder, in the order in which they were added; the list follows, deletions come
 * last. Killed at any moment, every file is wholly old or wholly new, and the next build goes on from there.
 */

import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { hash } from '../hash.ts';
import type { Stamp } from '../stamp.ts';
import { isSame } from '../stamp.ts';
import { MANIFEST, type Manifest, printManifest, readManifest } from './output-folder.ts';

/** A system call that failed; Node's error for a write has no path. */
export class WriteError extends Error {
  readonly code: string;
  constructor(operation: string, path: string, cause: NodeJS.ErrnoException) {
    super(`cannot ${operation} ${path}: ${REASONS[cause.code ?? ''] ?? cause.message}`, { cause });
    this.code = cause.code ?? '';
  }
}

const REASONS: Record<string, string> = {
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports an input/output error',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'a folder stands in its place',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
};

export class Writer {
  readonly #out: string;
  readonly #stage: string;
  readonly #before: Manifest;
  readonly #after: Manifest = new Map();
  readonly #moves: { staged: string; path: string }[] = [];
  readonly #stamps: Record<string, [key: string, stamp: Stamp]>;
  readonly #keys = new Map<string, string>();
  #count = 0;

  /**
   * @param out the output folder
   * @param stage an empty folder of ours on the same file system, made when needed
   * @param known keys and stamps of the files that the last build left
   */
  constructor(out: string, stage: string, known: Record<string, [key: string, stamp: Stamp]>) {
    this.#out = out;
    this.#stage = stage;
    this.#stamps = known;
    this.#before = readManifest(out);
    // What a build that was killed had staged.
    rmSync(stage, { recursive: true, force: true });
  }

  /**
   * Keeps a file as it lies there, when it was made from the same things and nobody touched it.
   *
   * @param key hash of what the file is made from
   * @returns whether it is kept; otherwise it must be added
   */
  keep(path: string, key: string): boolean {
    const known = this.#stamps[path];
    const content = this.#before.get(path);
    if (!known || known[0] !== key || content === undefined || known[1][4] !== content) return false;
    if (!this.#intact(path, known[1])) return false;
    this.#after.set(path, content);
    this.#keys.set(path, key);
    return true;
  }

  /** Keeps a folder whose files were all made from the same things, and of which the last build left some. */
  keepFolder(folder: string, key: string): boolean {
    const paths = Object.keys(this.#stamps).filter((path) => path.startsWith(folder));
    return paths.length > 0 && paths.every((path) => this.keep(path, key));
  }

  /** Whether a file still has the content that was written: by stamp, else by hashing it. */
  #intact(path: string, stamp: Stamp): boolean {
    try {
      const stats = lstatSync(join(this.#out, path));
      if (!stats.isFile()) return false;
      return (
        isSame(stamp, stats) ||
        (stats.size === stamp[0] && hash(readFileSync(join(this.#out, path))) === stamp[4])
      );
    } catch {
      return false;
    }
  }

  /** Adds a file with its contents. One that already lies there with the same bytes is not written again. */
  add(path: string, key: string, contents: string | Uint8Array): void {
    const content = hash(contents);
    this.#after.set(path, content);
    this.#keys.set(path, key);
    if (this.#lies(path, content)) return;
    this.#put(path, (staged) => writeFileSync(staged, contents));
  }

  /** Adds a copy of a file, whose content hash is known. */
  copy(path: string, key: string, content: string, from: string): void {
    this.#after.set(path, content);
    this.#keys.set(path, key);
    if (this.#lies(path, content)) return;
    this.#put(path, (staged) => copyFileSync(from, staged));
  }

  #lies(path: string, content: string): boolean {
    if (this.#before.get(path) !== content) return false;
    try {
      const file = join(this.#out, path);
      return lstatSync(file).isFile() && hash(readFileSync(file)) === content;
    } catch {
      return false;
    }
  }

  #put(path: string, write: (staged: string) => void): void {
    const staged = join(this.#stage, String(this.#count++));
    attempt('write', join(this.#out, path), () => {
      if (this.#count === 1) mkdirSync(this.#stage, { recursive: true });
      write(staged);
    });
    this.#moves.push({ staged, path });
  }

  /**
   * Moves everything into place and deletes what the site no longer has.
   *
   * @returns keys and stamps of all files, for the next build
   */
  finish(): { outputs: Record<string, [key: string, stamp: Stamp]>; written: number; deleted: number } {
    const manifest = printManifest(this.#after);
    // While files move, the list names old and new ones: after a kill, the next build knows them all as ours.
    const changes = this.#moves.length > 0 || this.#gone().length > 0;
    if (changes) this.#list(printManifest(new Map([...this.#before, ...this.#after])));
    for (const { staged, path } of this.#moves) this.#move(staged, path);
    const gone = this.#gone();
    for (const path of gone) this.#delete(path);
    if (changes || !this.#lies(MANIFEST, hash(manifest))) this.#list(manifest);
    rmSync(this.#stage, { recursive: true, force: true });
    return { outputs: this.#outputs(), written: this.#moves.length, deleted: gone.length };
  }

  #gone(): string[] {
    return [...this.#before.keys()].filter((path) => !this.#after.has(path)).sort();
  }

  #list(manifest: string): void {
    const staged = join(this.#stage, 'manifest');
    const target = join(this.#out, MANIFEST);
    try {
      if (readFileSync(target, 'utf8') === manifest) return;
    } catch {}
    attempt('write', target, () => {
      mkdirSync(this.#stage, { recursive: true });
      mkdirSync(this.#out, { recursive: true });
      writeFileSync(staged, manifest);
      renameSync(staged, target);
    });
  }

  #move(staged: string, path: string): void {
    const target = join(this.#out, path);
    attempt('write', target, () => {
      try {
        renameSync(staged, target);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT') mkdirSync(dirname(target), { recursive: true });
        // A file of ours stands where a folder is needed, or the other way round: the old page is gone by now.
        else if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'EISDIR' || code === 'ENOTEMPTY')
          this.#clear(path);
        else if (code === 'EXDEV') return this.#across(staged, target);
        else throw error;
        renameSync(staged, target);
      }
    });
  }

  /** Makes room for `path` by deleting old files of ours that are above or below it. */
  #clear(path: string): void {
    for (const old of this.#gone())
      if (path.startsWith(`${old}/`) || old.startsWith(`${path}/`)) this.#delete(old);
    mkdirSync(dirname(join(this.#out, path)), { recursive: true });
  }

  /** The output folder is on another file system: the copy gets its temporary name there. */
  #across(staged: string, target: string): void {
    const temporary = join(dirname(target), `.postil-${process.pid}.tmp`);
    copyFileSync(staged, temporary);
    renameSync(temporary, target);
  }

  #delete(path: string): void {
    const target = join(this.#out, path);
    attempt('delete', target, () => rmSync(target, { force: true }));
    // Folders that are empty now go too, up to the output folder.
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      try {
        if (readdirSync(join(this.#out, folder)).length > 0) break;
        rmdirSync(join(this.#out, folder));
      } catch {
        break;
      }
    }
  }

  #outputs(): Record<string, [key: string, stamp: Stamp]> {
    const outputs: Record<string, [key: string, stamp: Stamp]> = {};
    for (const [path, content] of this.#after) {
      try {
        const { size, mtimeMs, ctimeMs, ino } = statSync(join(this.#out, path));
        outputs[path] = [this.#keys.get(path)!, [size, mtimeMs, ctimeMs, ino, content]];
      } catch {}
    }
    return outputs;
  }
}

function attempt(operation: string, path: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof WriteError) throw error;
    throw new WriteError(operation, path, error as NodeJS.ErrnoException);
  }
}
