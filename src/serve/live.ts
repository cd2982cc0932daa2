/**
 * A site in memory, for the development server. Reading, compiling and linking are the build's; pages are printed
 * when somebody asks for them, so a save costs one note, one link and the page that is open, and what is shown is
 * what a build would write, however many files changed at once.
 */

import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { Breath } from '../breath.ts';
import type { BuildOptions } from '../build-options.ts';
import { areSame, type BundleInputs } from '../bundling/inputs.ts';
import { Store } from '../cache/store.ts';
import { CONFIG_FILE } from '../config/file.ts';
import { keepsChanging } from '../diagnostics/messages.ts';
import type { Page } from '../emit/page.ts';
import { hash } from '../hash.ts';
import type { Diagnostic, LinkedNote } from '../model.ts';
import { Changed } from '../notes.ts';
import { clientFolder, engine } from '../package.ts';
import type { Indexed } from '../packed.ts';
import { framed, type LinkedSite, linkSite, type ReadSite, readInput, readSite } from '../site.ts';
import type { Stamp } from '../stamp.ts';
import { TemplateError } from '../theme/fault.ts';
import { openWork } from '../work.ts';

export interface Update {
  /** Sorted by file and place. With an error among them, the last good site is still the one that is shown. */
  diagnostics: Diagnostic[];
  failed: boolean;
  /** Nothing that the site is made from is new; while that cannot be read, nothing that is wrong with it. */
  unchanged: boolean;
  notes: number;
  /** Files that are new, other or gone since the update before; none in the first. */
  files: string[];
}

/** How often a site that changes while it is read is read again. */
const ATTEMPTS = 5;

/** Brought up to date by `update`; in between, what is shown stays as it was. */
export class LiveSite {
  readonly #folder: string;
  readonly #work: string;
  readonly #store: Store;
  readonly #signal: AbortSignal | undefined;
  /** Of the notes as they are now, by their keys in the store. */
  readonly #indexes = new Map<string, Indexed>();
  #stamps: Record<string, Stamp> = {};
  #last: (Update & { key: string }) | undefined;
  /** What the templates import, which is no part of the key; absent when they could not be compiled or loaded. */
  #imported: BundleInputs | undefined;
  /** Absent while the configuration is wrong. */
  #read: ReadSite | undefined;
  #shown: SiteState | undefined;
  /** Keys that files had when they were first seen, by path in a build's output folder. */
  readonly #first = new Map<string, string>();

  private constructor(folder: string, work: string, signal: AbortSignal | undefined) {
    this.#folder = folder;
    this.#work = work;
    this.#signal = signal;
    this.#store = new Store(join(work, 'store'));
  }

  /**
   * Opens a site and brings it up to date; waits for a build of the same site.
   *
   * @param options.signal ends the reading, this and every later one
   * @param options.progress told what goes on until the site is open
   * @throws Locked, DiskError, the signal's reason
   */
  static async open(
    site: string,
    options: Pick<BuildOptions, 'signal' | 'progress'> = {},
  ): Promise<{ live: LiveSite; update: Update }> {
    const folder = resolve(site);
    const work = await openWork(folder, options);
    try {
      const live = new LiveSite(folder, work.folder, options.signal);
      return { live, update: await live.update(options.progress) };
    } finally {
      // What comes later needs no lock: packs of the store are never changed, only added, and templates are compiled in
      // places of a process's own.
      work.unlock();
    }
  }

  /** What is shown now: the last site without an error, if there was one. */
  get shown(): SiteState | undefined {
    return this.#shown;
  }

  /**
   * Reads what is new. Not to be called again before it has ended.
   *
   * @throws DiskError, the signal's reason
   */
  async update(progress?: BuildOptions['progress']): Promise<Update> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#update(progress);
      } catch (error) {
        if (!(error instanceof Changed)) throw error;
        if (attempt === ATTEMPTS)
          return this.#end({ diagnostics: [keepsChanging({ file: error.file })], key: '', files: [] });
      }
    }
  }

  async #update(progress: BuildOptions['progress']): Promise<Update> {
    const read = await readSite(
      this.#folder,
      this.#work,
      { drafts: true, base: '/' },
      { stamps: this.#stamps },
    );
    this.#read = 'failed' in read ? undefined : read;
    if ('failed' in read) return this.#end({ diagnostics: read.failed, key: '', files: [] });
    const files = this.#last ? changedFiles(this.#stamps, read.inputs.stamps) : [];
    if (this.#last?.key === read.key && this.#imported && areSame(this.#folder, this.#imported)) {
      this.#stamps = read.inputs.stamps;
      return { ...this.#last, unchanged: true, files };
    }
    const linked = await linkSite(read, this.#store, {
      drafts: true,
      breath: new Breath(this.#signal),
      indexes: this.#indexes,
      ...(this.#signal && { signal: this.#signal }),
      ...(progress && { progress }),
    });
    // Not before: what begins again, or is tried again after an error, tells of these files too.
    this.#stamps = read.inputs.stamps;
    this.#imported = linked.theme?.inputs;
    this.#forget(linked);
    const update = { diagnostics: linked.diagnostics, key: read.key, notes: linked.site.order.length, files };
    if (linked.theme && !linked.diagnostics.some((d) => d.severity === 'error')) {
      this.#shown = new SiteState(read, { ...linked, theme: linked.theme }, await import('../emit/emit.ts'));
      for (const [path, key] of this.#shown.files) if (!this.#first.has(path)) this.#first.set(path, key);
    }
    return this.#end(update);
  }

  #end({
    notes = 0,
    ...found
  }: Omit<Update, 'failed' | 'unchanged' | 'notes'> & { key: string; notes?: number }): Update {
    const failed = found.diagnostics.some((d) => d.severity === 'error');
    const unchanged =
      (found.key === '' || (failed && found.key === this.#last?.key)) &&
      JSON.stringify(this.#last?.diagnostics) === JSON.stringify(found.diagnostics);
    this.#last = { ...found, notes, failed, unchanged };
    return this.#last;
  }

  /** Lets go of indexes that no note has any more. */
  #forget({ notes }: LinkedSite): void {
    if (this.#indexes.size <= 1.5 * notes.indexes.size) return;
    const current = new Set([...notes.indexes.keys()].map((path) => notes.key(path)));
    for (const key of this.#indexes.keys()) if (!current.has(key)) this.#indexes.delete(key);
  }

  /**
   * Tells a file from what lay at its address before: browsers keep a picture as long as its address stays.
   *
   * @param path in a build's output folder
   * @returns what is new in it, or `undefined` for what it was when it was first seen
   */
  versionOf(path: string): string | undefined {
    const key = this.#shown?.files.get(path);
    return key === this.#first.get(path) ? undefined : key?.slice(0, 8);
  }

  /** An error that came up while a page was made, with its place; absent when it is of no template's. */
  async diagnose(error: unknown): Promise<Diagnostic | undefined> {
    return error instanceof TemplateError ? (await framed(this.#folder, [error.diagnostic]))[0] : undefined;
  }

  /**
   * Whether a file or folder that has changed may be one that the site is made from.
   *
   * @param path from the site's folder, with `/`
   */
  concerns(path: string): boolean {
    const read = this.#read;
    // What plugins and templates import lies anywhere, and so does what keeps them from being read.
    if (!read || read.config.plugins.length + read.inputs.templates.length > 0) return true;
    const named = (read.config.bibliography ?? []).map((file) => posix.normalize(file));
    return ['posts', 'public', 'templates', CONFIG_FILE, ...named].some(
      (input) => `${path}/`.startsWith(`${input}/`) || `${input}/`.startsWith(`${path}/`),
    );
  }

  close(): void {
    this.#store.close();
  }
}

type Complete = LinkedSite & { theme: NonNullable<LinkedSite['theme']> };

/** One state of a site, of which every file can be had. */
export class SiteState {
  readonly #read: ReadSite;
  readonly #linked: Complete;
  readonly #pages = new Map<string, Page>();
  /** Pages that nobody has asked for yet are not even listed. */
  readonly #rest: Iterator<Page>;
  #search: Promise<Map<string, Page>> | undefined;
  readonly #printed = new Map<string, { key: string; contents: string | Uint8Array }>();
  /** Files of `public/` and beside notes: path → key. */
  readonly files: ReadonlyMap<string, string>;

  constructor(read: ReadSite, linked: Complete, { emit }: typeof import('../emit/emit.ts')) {
    this.#read = read;
    this.#linked = linked;
    const { client, theme, key } = linked.theme;
    this.files = new Map([
      ...linked.files.list.map((f) => [f.path, f.key] as const),
      ...read.inputs.publicFiles.map((f) => [f.path, f.hash] as const),
    ]);
    this.#rest = emit(linked.site, linked.notes, {
      config: read.config,
      client,
      theme,
      engine: hash(engine().hash, key),
      publicFiles: new Set(read.inputs.publicFiles.map((f) => f.path)),
      cards: linked.cards,
    });
  }

  /**
   * A made page.
   *
   * @param path in a build's output folder
   * @returns the page and the hash of what it is made from, or `undefined` when there is none
   * @throws TemplateError when a template of the site's throws
   */
  async page(path: string): Promise<{ key: string; contents: string | Uint8Array } | undefined> {
    const printed = this.#printed.get(path);
    if (printed) return printed;
    const page = this.#find(path);
    if (!page) return undefined;
    const made = { key: page.key(), contents: await page.render() };
    this.#printed.set(path, made);
    return made;
  }

  /**
   * A file that is not made from notes: of the theme, of the site, beside a note.
   *
   * @throws Changed when it is no longer what it was when the site was read
   */
  async file(path: string): Promise<Uint8Array | undefined> {
    const { inputs, folder } = this.#read;
    const { client, contents: made } = this.#linked.theme;
    if (client.files.some((f) => f.path === path))
      return made.get(path) ?? readFileSync(join(clientFolder, path));
    const given = inputs.publicFiles.find((f) => f.path === path);
    if (given) return readInput(folder, given);
    const { list, contents } = this.#linked.files;
    const beside = list.find((f) => f.path === path);
    return beside && contents(beside);
  }

  /** The files of the search index, by path; made once. */
  searchPages(): Promise<Map<string, Page>> {
    this.#search ??= (async () => {
      const { searchPages } = await import('../search/pages.ts');
      const { refTexts } = await import('../emit/print.ts');
      const breath = new Breath(undefined);
      const { base, lang } = this.#read.config;
      const options = {
        base,
        engine: engine().hash,
        refTexts: (note: LinkedNote) => refTexts(note, lang),
        breathe: () => breath.take(),
      };
      const pages = await searchPages(this.#linked.site, this.#linked.notes, options);
      return new Map(pages.map((page) => [page.path, page]));
    })();
    return this.#search;
  }

  #find(path: string): Page | undefined {
    for (;;) {
      const known = this.#pages.get(path);
      if (known) return known;
      const { value, done } = this.#rest.next() as IteratorResult<Page, void>;
      if (done || !value) return undefined;
      this.#pages.set(value.path, value);
    }
  }
}

function changedFiles(before: Record<string, Stamp>, after: Record<string, Stamp>): string[] {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((file) => before[file]?.[4] !== after[file]?.[4]).sort();
}
