/**
 * Puts a site in place without ever showing a half of it: new files are first written whole under other names,
 * then renamed into the output folder in the order in which they were added, and old ones are deleted last. The
 * list of our files names old and new ones from before the first rename until after the last deletion, so that
 * a build which is killed in between leaves nothing that the next one does not know. Every file is wholly old
 * or wholly new at any moment, and the next build goes on from there. Where there is no output folder yet, threads
 * write to what will be it, which is renamed as a whole.
 */

import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileAndFolder, outForeignFile } from '../diagnostics/messages.ts';
import { attempt, discard, makeFolder } from '../disk-error.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import { collisionKey, compare } from '../paths.ts';
import { isSame, type Stamp, stampOf } from '../stamp.ts';
import { bytesForNow } from '../utf8.ts';
import { MANIFEST, type Manifest, printManifest, readManifest, STAGE } from './output-folder.ts';

/** Files that are looked at before others may go on: some two milliseconds. */
const AT_ONCE = 64;

/** Folders that threads write to in turn. */
const ASIDE = 8;

/** How long a file that another program has open is waited for, and how long between two tries. */
const PATIENCE_MS = 1500;
const PAUSE_MS = 50;

/** Path below the output folder → key of what the file was made from, and its stamp when it was last seen. */
export type Outputs = Record<string, [key: string, stamp: Stamp]>;

/** One build’s writing: files are kept or added, then `check`ed and, when nothing is in the way, `finish`ed. */
export class Writer {
  readonly #out: string;
  readonly #stage: string;
  readonly #stages: string[];
  readonly #known: Outputs;
  readonly #before: Manifest;
  readonly #after: Manifest = new Map();
  readonly #keys = new Map<string, string>();
  readonly #stamps = new Map<string, Stamp>();
  /** Files that `look` has looked at. */
  readonly #seen = new Map<string, Stats | undefined>();
  #written = 0;
  /** Whether the site is all new: files that threads write lie among each other as in the output folder. */
  readonly #isWhole: boolean;
  /** Where threads write, how often they were given places, and for how many files. */
  #aside: string | undefined;
  #batches = 0;
  #places = 0;
  readonly #moves: { staged: string; path: string; turn: number }[] = [];
  /** Folders that files are to be moved into and that are not there, as far as `check` has seen. */
  readonly #absent = new Set<string>();
  #turns = 0;
  #hashed = false;
  #left = false;
  readonly #isWindows: boolean;

  /**
   * @param out the output folder
   * @param work a folder of ours for files on their way, preferably on the same file system
   * @param known what the last build left in the output folder
   * @param platform as Node names it
   */
  constructor(out: string, work: string, known: Outputs, platform: string = process.platform) {
    this.#isWindows = platform === 'win32';
    this.#out = out;
    this.#stages = [join(work, 'stage'), join(out, STAGE)];
    // A rename cannot cross from one file system to another.
    this.#stage = device(work) === device(out) ? this.#stages[0]! : this.#stages[1]!;
    this.#isWhole = this.#stage === this.#stages[0] && lstat(out) === undefined;
    this.#known = known;
    this.#before = readManifest(out) ?? new Map(Object.entries(known).map(([path, [, s]]) => [path, s[4]]));
    // What a build that was killed had on its way.
    this.#clean();
  }

  /** Whether the last build left nothing: every file must be made. */
  get isNew(): boolean {
    return this.#before.size === 0;
  }

  /** Whether a file had to be hashed because its stamp did not tell enough. */
  get hashed(): boolean {
    return this.#hashed;
  }

  /**
   * Looks at what the last build left, a few files at a time: for a build that has to wait for something else.
   *
   * @returns when all are looked at, or the writer was abandoned
   */
  async look(): Promise<void> {
    let count = 0;
    for (const path of Object.keys(this.#known)) {
      if (++count % AT_ONCE === 0) await setImmediate();
      if (this.#left) return;
      if (!this.#seen.has(path)) this.#seen.set(path, lstat(join(this.#out, path)));
    }
  }

  /** Keys of what the last build put below a folder, whose name ends in `/`. */
  keysBelow(folder: string): Set<string> {
    return new Set(
      Object.keys(this.#known).flatMap((p) => (p.startsWith(folder) ? [this.#known[p]![0]] : [])),
    );
  }

  /** Keeps all that the last build left. @returns whether every file lies there as it was; otherwise none is kept yet */
  keepAll(): boolean {
    const all = Object.entries(this.#known).every(([path, [key]]) => this.keep(path, key));
    if (!all) for (const files of [this.#after, this.#keys]) files.clear();
    return all;
  }

  /**
   * Keeps a file as it lies there, when it was made from the same things and nobody touched it.
   *
   * @param key hash of what the file is made from
   * @returns whether it is kept; otherwise it must be added
   * @throws an error when there is a file at that path already
   */
  keep(path: string, key: string): boolean {
    this.#refuseSecond(path);
    const known = this.#known[path];
    if (known?.[0] !== key) return false;
    const content = known[1][4];
    if (this.#before.get(path) !== content || !this.#lies(path, content, known[1])) return false;
    this.#after.set(path, content);
    this.#keys.set(path, key);
    return true;
  }

  /** A turn for a file that is added later than others that are to be moved after it. */
  turn(): number {
    return this.#turns++;
  }

  /**
   * Adds a file. One that lies there already with the same bytes is not written again.
   *
   * @param turn when it is moved
   * @throws DiskError, and an error when there is a file at that path already, or when the writer was abandoned: the
   * folder for files on their way may be another build's by then
   */
  add(path: string, key: string, text: string | Uint8Array, turn = this.turn()): void {
    // Encoded once, for the hash and for the disk.
    const contents = typeof text === 'string' ? bytesForNow(text) : text;
    const content = hash(contents);
    if (!this.#isNew(path, key, content)) return;
    const staged = join(this.#stage, String(this.#written++));
    this.#write(staged, join(this.#out, path), contents);
    this.#moves.push({ staged, path, turn });
  }

  /**
   * Places for files that a thread writes.
   *
   * @param paths of the files, below the output folder
   * @returns a folder that is there, and paths below it, whose folders may be missing
   * @throws DiskError
   */
  stage(paths: string[]): { folder: string; names: string[] } {
    // One for each build: what a thread still writes for one that failed reaches no other.
    this.#aside ??= made(join(this.#stage, `aside-${randomUUID()}`));
    if (this.#isWhole) return { folder: this.#aside, names: paths };
    const batch = this.#batches++;
    // Threads that write to one folder wait for each other: a file at a time is made in it.
    const folder = join(this.#aside, String(batch % ASIDE));
    if (batch < ASIDE) made(folder);
    return { folder, names: paths.map(() => String(this.#places++)) };
  }

  /**
   * Adds a file that a thread has written.
   *
   * @param file.staged where: the folder and a name that `stage` gave
   * @param file.content hash of its bytes
   * @throws as `add`
   */
  addStaged(path: string, key: string, file: { staged: string; content: string; turn: number }): void {
    const { staged, content, turn } = file;
    if (this.#isNew(path, key, content)) this.#moves.push({ staged, path, turn });
  }

  /** That two pages want one file is told by link, of the notes; what it does not know of must not go unseen. */
  #refuseSecond(path: string): void {
    if (this.#after.has(path)) throw new Error(`${path} is made twice`);
  }

  /** Notes a file down. @returns whether it is not in the output folder already */
  #isNew(path: string, key: string, content: string): boolean {
    if (this.#left) throw new Error(`${path} comes after the build was over`);
    this.#refuseSecond(path);
    this.#after.set(path, content);
    this.#keys.set(path, key);
    return !(this.#before.get(path) === content && this.#lies(path, content, undefined));
  }

  /**
   * Looks, before anything is moved, whether it can be: in place of files and folders that Postil did not write
   * nothing is put, and no symbolic link in the output folder is followed.
   */
  check(): Diagnostic[] {
    const problems: Diagnostic[] = [];
    const folders = new Set([...this.#after.keys()].flatMap(above));
    for (const path of this.#after.keys()) if (folders.has(path)) problems.push(fileAndFolder({}, path));
    const paths = this.#moves.map((m) => m.path);
    const absent = this.#absent;
    for (const folder of new Set([...paths, ...this.#gone()].flatMap(above))) {
      const stats = absent.has(dirname(folder)) ? undefined : lstat(join(this.#out, folder));
      if (!stats) absent.add(folder);
      const ours = stats?.isFile() && this.#before.has(folder);
      if (stats && !stats.isDirectory() && !ours) problems.push(outForeignFile({}, folder));
    }
    for (const path of paths)
      if (!absent.has(dirname(path)) && this.#isForeign(path)) problems.push(outForeignFile({}, path));
    return problems;
  }

  /**
   * Moves everything into place and deletes what the site no longer has.
   *
   * @returns keys and stamps of all files, for the next build
   * @throws DiskError
   */
  finish(): { outputs: Outputs; written: number; deleted: number } {
    const gone = this.#gone();
    if (!this.#renameWhole()) {
      if (this.#moves.length + gone.length > 0) this.#list(new Map([...this.#before, ...this.#after]));
      this.#moves.sort((a, b) => a.turn - b.turn);
      for (const { staged, path } of this.#moves) this.#place(staged, path);
      const places = new Map([...this.#after.keys()].map((path) => [collisionKey(path), path]));
      for (const path of gone)
        if (!this.#isSameFile(path, places.get(collisionKey(path)))) this.#delete(path);
      if (this.#before.size + this.#after.size > 0) this.#list(this.#after);
    }
    this.abandon();
    return { outputs: this.#outputs(), written: this.#moves.length, deleted: gone.length };
  }

  /** Makes the folder that threads wrote to the output folder. @returns whether it is */
  #renameWhole(): boolean {
    const folder = this.#aside;
    if (!this.#isWhole || folder === undefined) return false;
    for (const move of this.#moves) {
      const inside = join(folder, move.path);
      if (move.staged !== inside) this.#place(move.staged, move.path, folder);
      move.staged = inside;
    }
    this.#list(this.#after, folder);
    try {
      makeFolder(dirname(this.#out));
      // Where somebody has made something meanwhile, or what scans files holds one, they are moved one by one.
      renameSync(folder, this.#out);
      return true;
    } catch {
      return false;
    }
  }

  /** Removes files on their way. */
  abandon(): void {
    this.#left = true;
    this.#clean();
  }

  #clean(): void {
    for (const stage of this.#stages) discard(stage);
  }

  /** Whether a file has some content: by its stamp, else by hashing it. */
  #lies(path: string, content: string, stamp: Stamp | undefined): boolean {
    const stats = this.#seen.has(path) ? this.#seen.get(path) : lstat(join(this.#out, path));
    if (!stats?.isFile() || (stamp && stats.size !== stamp[0])) return false;
    if (isSame(stamp, stats)) {
      this.#stamps.set(path, stamp);
      return true;
    }
    const now = Date.now();
    try {
      if (hash(readFileSync(join(this.#out, path))) !== content) return false;
    } catch {
      return false;
    }
    this.#hashed = true;
    this.#stamps.set(path, stampOf(stats, content, now));
    return true;
  }

  /** Whether something that is not ours stands where a file of ours is to go. */
  #isForeign(path: string): boolean {
    const stats = lstat(join(this.#out, path));
    if (!stats) return false;
    if (stats.isDirectory()) return this.#holdsForeign(path);
    return (
      !this.#before.has(path) && !(stats.isFile() && this.#lies(path, this.#after.get(path)!, undefined))
    );
  }

  #holdsForeign(folder: string): boolean {
    return readdirSync(join(this.#out, folder), { withFileTypes: true }).some((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? this.#holdsForeign(path) : !this.#before.has(path);
    });
  }

  #gone(): string[] {
    return [...this.#before.keys()].filter((path) => !this.#after.has(path)).sort(compare);
  }

  /** Where names fold, an old spelling and a new one are one file, which stays. */
  #isSameFile(old: string, current: string | undefined): boolean {
    if (current === undefined) return false;
    const [a, b] = [lstat(join(this.#out, old)), lstat(join(this.#out, current))];
    return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
  }

  #write(staged: string, target: string, contents: string | Uint8Array): void {
    attempt('write', target, () => {
      try {
        writeFileSync(staged, contents);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        makeFolder(this.#stage);
        writeFileSync(staged, contents);
      }
    });
  }

  #list(manifest: Manifest, out = this.#out): void {
    const target = join(out, MANIFEST);
    const text = printManifest(manifest);
    try {
      if (readFileSync(target, 'utf8') === text) return;
    } catch {}
    const staged = join(this.#stage, 'list');
    this.#write(staged, target, text);
    this.#place(staged, MANIFEST, out);
  }

  #place(staged: string, path: string, out = this.#out): void {
    const target = join(out, path);
    attempt('write', target, () => {
      if (out === this.#out) this.#makeAbsent(dirname(path));
      try {
        return this.#move(staged, target);
      } catch (error) {
        // A folder is missing, or an old file or folder of ours stands in the way.
        const { code } = error as NodeJS.ErrnoException;
        if (!/^(?:ENOENT|ENOTDIR|EEXIST|EISDIR|ENOTEMPTY)$/.test(code ?? '') && !this.#isBarred(code, target))
          throw error;
      }
      this.#clear(path);
      makeFolder(dirname(target));
      this.#move(staged, target);
    });
  }

  /** Makes a folder that is known not to be there. What keeps it from that is told when a file is moved into it. */
  #makeAbsent(folder: string): void {
    if (!this.#absent.has(folder)) return;
    for (const made of above(`${folder}/`)) this.#absent.delete(made);
    try {
      makeFolder(join(this.#out, folder));
    } catch {}
  }

  #move(staged: string, target: string): void {
    try {
      this.#patiently(() => renameSync(staged, target), target);
    } catch (error) {
      // Two mounts of one file system have one number, and still no rename leads across.
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      const near = join(this.#stages[1]!, 'moving');
      makeFolder(dirname(near));
      copyFileSync(staged, near);
      this.#patiently(() => renameSync(near, target), target);
    }
  }

  /** Windows moves and deletes nothing that a scanner or an editor has open, which most have for a moment only. */
  #patiently(act: () => void, target: string): void {
    for (let waited = 0; ; waited += PAUSE_MS) {
      try {
        act();
        return;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (!this.#isWindows || !/^(?:EPERM|EACCES|EBUSY)$/.test(code ?? '')) throw error;
        if (waited >= PATIENCE_MS || this.#isBarred(code, target)) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
      }
    }
  }

  /** Whether a rename failed because of a folder in its place, of which Windows says that it is not permitted. */
  #isBarred(code: string | undefined, target: string): boolean {
    return this.#isWindows && /^(?:EPERM|EACCES)$/.test(code ?? '') && lstat(target)?.isDirectory() === true;
  }

  /** Makes room for `path` by deleting old files of ours that are above or below it. */
  #clear(path: string): void {
    for (const old of this.#gone())
      if (path.startsWith(`${old}/`) || old.startsWith(`${path}/`)) this.#delete(old);
    if (lstat(join(this.#out, path))?.isDirectory()) removeEmpty(join(this.#out, path));
  }

  /** Deletes a file of ours, and folders that are empty then, up to the output folder. */
  #delete(path: string): void {
    const target = join(this.#out, path);
    // What is a folder now is not what we wrote.
    if (lstat(target)?.isDirectory() !== false) return;
    attempt('delete', target, () => this.#patiently(() => unlinkSync(target), target));
    try {
      for (const folder of above(path).reverse()) rmdirSync(join(this.#out, folder));
    } catch {}
  }

  #outputs(): Outputs {
    // No prototype: a file may be called __proto__.
    const outputs: Outputs = Object.create(null);
    const now = Date.now();
    const moved = new Set(this.#moves.map((m) => m.path));
    for (const [path, content] of this.#after) {
      const seen = moved.has(path) ? undefined : this.#stamps.get(path);
      const stats = seen ? undefined : lstat(join(this.#out, path));
      const stamp = seen ?? (stats && stampOf(stats, content, now));
      if (stamp) outputs[path] = [this.#keys.get(path)!, stamp];
    }
    return outputs;
  }
}

/** A folder that is made. @throws DiskError */
function made(folder: string): string {
  attempt('write', folder, () => makeFolder(folder));
  return folder;
}

/** Folders above a path, outermost first. */
function above(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Number of the file system that a folder lies on, or would. */
function device(folder: string): number {
  const parent = dirname(folder);
  return statSync(folder, { throwIfNoEntry: false })?.dev ?? (parent === folder ? 0 : device(parent));
}

/** Removes a folder that has nothing but folders in it; of another one, its empty folders. */
function removeEmpty(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch {}
}
