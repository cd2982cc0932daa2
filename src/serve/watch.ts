/**
 * Watches a site's folder. Where the system watches whole trees, one watch does; on Linux every folder has its own,
 * since Node's substitute puts one on every file, of which the system has few.
 */

import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, posix } from 'node:path';

/** What `read/walk.ts` passes over, and what is made from a site: both without inputs, some with thousands of folders. */
const SKIPPED = /(?:^|\/)(?:\.(?!well-known(?:\/|$))|node_modules(?:\/|$))|^(?:dist|bundle)(?:\/|$)/;
const HAS_TREES = process.platform === 'darwin' || process.platform === 'win32';

/** The watches on one site, until it is closed. */
export class SiteWatch {
  readonly #site: string;
  readonly #changed: () => void;
  readonly #concerns: (path: string) => boolean;
  readonly #watchers = new Map<string, FSWatcher>();
  /** Folders may have come or gone. */
  #stale = true;

  /**
   * @param changed called for everything that may be a change, often many times for one
   * @param concerns whether a file or folder, by its path from the site's folder, can be one
   * @throws the system's error when it has no watch left (ENOSPC)
   */
  constructor(site: string, changed: () => void, concerns: (path: string) => boolean = () => true) {
    this.#site = site;
    this.#changed = changed;
    this.#concerns = concerns;
    try {
      this.follow();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Watches folders that are new. To be called before the files are looked at: what comes into a folder before it is
   * watched is found by looking, what comes later is told.
   */
  follow(): void {
    if (!this.#stale) return;
    this.#stale = false;
    if (HAS_TREES) {
      this.#add('', true);
      return;
    }
    const seen = new Set<string>();
    const visit = (folder: string): void => {
      seen.add(folder);
      this.#add(folder, false);
      let entries: ReturnType<typeof readNames> = [];
      try {
        entries = readNames(join(this.#site, folder));
      } catch {}
      for (const e of entries) {
        const path = posix.join(folder, e.name);
        if (e.isDirectory() && !SKIPPED.test(path)) visit(path);
      }
    };
    visit('');
    for (const [folder, watcher] of this.#watchers) {
      if (seen.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #add(folder: string, recursive: boolean): void {
    if (this.#watchers.has(folder)) return;
    const gone = () => {
      this.#watchers.get(folder)?.close();
      this.#watchers.delete(folder);
      this.#stale = true;
      this.#changed();
    };
    try {
      const watcher = watch(join(this.#site, folder), { recursive }, (event, name) => {
        const path = posix.join(folder, (name ?? '').replaceAll('\\', '/'));
        if (SKIPPED.test(path)) return;
        // A folder that goes and comes again has lost its watch: the name of the folder itself is told then.
        if (event === 'rename') {
          this.#stale = true;
          this.#drop(path);
        }
        if (name === null || this.#concerns(path)) this.#changed();
      });
      // A folder that vanishes while it is being watched is a change like any other.
      watcher.on('error', gone);
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.#stale = true;
    }
  }

  /** Forgets the watch on a folder and those below, which may be other folders now. */
  #drop(folder: string): void {
    for (const [path, watcher] of this.#watchers) {
      if (path === '' || (path !== folder && !path.startsWith(`${folder}/`))) continue;
      watcher.close();
      this.#watchers.delete(path);
    }
  }
}

const readNames = (folder: string) => readdirSync(folder, { withFileTypes: true });
