/**
 * Watches a site's folder. Where the system watches whole trees, one watch does; on Linux every folder has its own,
 * since Node's substitute puts one on every file, of which the system has few.
 */

import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Folders without inputs, some with thousands of folders. */
const SKIPPED = /^(?:\.(?!well-known$)|node_modules$|dist$|bundle$)/;
/** What editors put beside a file while they save it. */
const SCRATCH = /(?:^|[/\\])4913$|~$|\.sw[px]$|\.tmp$/;
const HAS_TREES = process.platform === 'darwin' || process.platform === 'win32';

/** The watches on one site, until it is closed. */
export class SiteWatch {
  readonly #site: string;
  readonly #changed: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  /** Folders may have come or gone. */
  #stale = true;

  /**
   * @param changed called for everything that may be a change, often many times for one
   * @throws the system's error when it has no watch left (ENOSPC)
   */
  constructor(site: string, changed: () => void) {
    this.#site = site;
    this.#changed = changed;
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
      for (const e of entries) if (e.isDirectory() && !SKIPPED.test(e.name)) visit(join(folder, e.name));
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
        const parts = (name ?? '').split(/[/\\]/);
        if (parts.slice(0, -1).some((p) => SKIPPED.test(p)) || SKIPPED.test(parts[0]!)) return;
        if (SCRATCH.test(name ?? '')) return;
        // A folder that goes and comes again has lost its watch: the name of the folder itself is told then.
        if (event === 'rename') {
          this.#stale = true;
          this.#drop(join(folder, name ?? ''));
        }
        this.#changed();
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
