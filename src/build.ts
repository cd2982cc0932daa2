/**
 * The whole pipeline on one screen.
 *
 *     posts/*.md ──read──▶ Source[] ──compile──▶ Note[] ──link──▶ Site ──emit──▶ OutputFile[] ──write──▶ dist/
 *
 * A build in which nothing changed compares hashes and ends: stages are loaded only when they have work.
 */

import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Breath } from './breath.ts';
import { type BuildOptions, checkOptions } from './build-options.ts';
import { areSame } from './bundling/inputs.ts';
import { loadState, type State, saveState, stateTime } from './cache/state.ts';
import { Store } from './cache/store.ts';
import type { Config } from './config/config.ts';
import { compareDiagnostics } from './diagnostics/messages/define.ts';
import { keepsChanging } from './diagnostics/messages.ts';
import { attempt, DiskError } from './disk-error.ts';
import type { Page } from './emit/page.ts';
import { hash } from './hash.ts';
import type { Diagnostic, Site } from './model.ts';
import { Changed, type Notes } from './notes.ts';
import { optimise, spareMemory } from './optimiser.ts';
import { clientFolder, engine } from './package.ts';
import { find, type Inputs, notesSince } from './read/scan.ts';
import { framed, type LinkedSite, linkSite, readInput, readSite } from './site.ts';
import { TemplateError } from './theme/fault.ts';
import { keepCodeAside, type WordsAside, warmPrinting, wordsAside } from './threads/aside.ts';
import { closePool, warmPool } from './threads/pool.ts';
import { openWork } from './work.ts';
import { checkOutput } from './write/output-folder.ts';
import { Writer } from './write/writer.ts';

export interface BuildResult {
  /** Sorted by file and place. */
  diagnostics: Diagnostic[];
  /** Whether the site was written; when not, the output folder is as it was. */
  published: boolean;
  /** Nothing had changed since the last build. */
  unchanged: boolean;
  notes: number;
  pages: number;
  written: number;
  deleted: number;
  /** Absolute. */
  out: string;
  /** Where store and state are: `.postil` in the site, or elsewhere when that cannot be written. */
  work: string;
}

/** How often a build begins again because the site changed under it. */
const ATTEMPTS = 5;

/**
 * Builds a site.
 *
 * @returns what was found and done; faults of content and configuration are in `diagnostics`
 * @throws OptionError, DiskError, Locked or the signal's reason; the output folder is then as it was, or, once files were being
 * moved, every file in it is wholly old or wholly new
 */
export async function build(given: BuildOptions): Promise<BuildResult> {
  const options = await checkOptions(given);
  const site = resolve(options.site);
  // A word mistyped in a program would make an empty site, and call it published.
  attempt('read', site, () => statSync(site));
  const out = resolve(options.out ?? join(site, 'dist'));
  const work = await openWork(site, options);
  try {
    const refused = checkOutput(site, out);
    if (refused) return { ...FAILED, diagnostics: [refused], out, work: work.folder };
    for (let attempt = 1; ; attempt++) {
      try {
        return { ...FAILED, out, work: work.folder, ...(await run(site, out, work.folder, options)) };
      } catch (error) {
        if (!(error instanceof Changed)) throw error;
        if (attempt === ATTEMPTS)
          return { ...FAILED, diagnostics: [keepsChanging({ file: error.file })], out, work: work.folder };
      }
    }
  } finally {
    work.unlock();
  }
}

type Done = Omit<BuildResult, 'out' | 'work'>;

const FAILED: Done = {
  diagnostics: [],
  published: false,
  unchanged: false,
  notes: 0,
  pages: 0,
  written: 0,
  deleted: 0,
};

/** So many notes to compile are the greater part of a build. */
const MANY = 64;
/** Files of a large site: notes that changed, or all that are not `public`. */
const LARGE = 5_000;

/** One attempt. @throws Changed when the site changes meanwhile */
async function run(
  site: string,
  out: string,
  work: string,
  options: BuildOptions,
): Promise<Partial<BuildResult>> {
  const statePath = join(work, `state-${hash(out).slice(0, 8)}.json`);
  options.progress?.('read', 0, 0);
  // Threads start while what the last build left is read, and notes are.
  const found = find(site);
  const changed = notesSince(found, stateTime(statePath));
  if (options.last) {
    // With few changed notes, link alone runs long enough to be optimised in a site of thousands.
    if (changed.length >= LARGE) spareMemory();
    else if (changed.length < MANY && found.posts.files.length < LARGE) optimise('hardly');
  }
  await warmPool(changed, options.jobs);
  const last = loadState(statePath);

  const read = await readSite(site, work, options, {
    found,
    ...(last && { stamps: last.inputs, configured: last.config }),
  });
  if ('failed' in read) return { diagnostics: read.failed.sort(compareDiagnostics) };
  const { inputs, config, configured, key } = read;
  const writer = new Writer(out, work, last?.outputs ?? {});
  const breath = new Breath(options.signal);
  let store: Store | undefined;
  let words: WordsAside | undefined;
  const finish = (diagnostics: Diagnostic[], counts: State['counts'], outside: State['outside']) => {
    options.progress?.('write', 0, 0);
    const { outputs, written, deleted } = writer.finish();
    const state: State = {
      key,
      inputs: inputs.stamps,
      ...(outside && { outside }),
      config: configured,
      outputs,
      diagnostics,
      counts,
      out,
    };
    return { state, result: { diagnostics, published: true, written, deleted, ...counts } };
  };
  try {
    if (
      !options.check &&
      last?.key === key &&
      last.out === out &&
      areSame(site, last.outside ?? []) &&
      !(options.strict && last.diagnostics.length > 0)
    ) {
      if (writer.keepAll()) {
        const { state, result } = finish(last.diagnostics, last.counts, last.outside);
        if (inputs.hashed || writer.hashed) saveState(statePath, state);
        return { ...result, unchanged: true };
      }
    }

    store = new Store(join(work, 'store'));
    // While notes are compiled.
    if (!options.check) writer.look().catch(() => {});
    // Loaded while the first notes are compiled.
    if (!options.check)
      Promise.all([import('./emit/emit.ts'), config.search && import('./search/pages.ts')]).catch(() => {});
    const {
      site: linked,
      notes,
      files,
      cards,
      theme,
      diagnostics,
    } = await linkSite(read, store, {
      ...options,
      breath,
      compiled: (all) => {
        if (options.check) return;
        const folder = join(work, 'store');
        if (config.search) words = wordsAside({ keys: all.keys(), names: all.names(), folder });
        warmPrinting();
      },
    });
    const counted = linked.order.length;
    const isWrong = diagnostics.some((d) => d.severity === 'error');
    if (options.check || isWrong || !theme) return { diagnostics, notes: counted };

    const context = {
      config,
      notes,
      options,
      breath,
      files,
      cards,
      theme,
      words,
      store: join(work, 'store'),
    };
    const pages = await emitPages(site, inputs, linked, writer, context).catch(ofTemplate);
    if (typeof pages === 'object')
      return { diagnostics: [...diagnostics, ...(await framed(site, [pages]))], notes: counted };
    // A site without notes has asked for no word files, and the thread waits.
    words?.close();
    await keepCodeAside();
    // They end while the rest is done, which is the work of one.
    if (options.last) closePool();
    store.commit();
    const obstacles = writer.check();
    if (obstacles.length > 0)
      return { diagnostics: [...diagnostics, ...obstacles].sort(compareDiagnostics), notes: counted };
    options.signal?.throwIfAborted();
    const { state, result } = finish(diagnostics, { notes: counted, pages }, theme.inputs);
    saveState(statePath, state);
    return result;
  } finally {
    writer.abandon();
    words?.close();
    store?.close();
  }
}

/** The files of the search index, where readers can search; what is known of them already is not made. */
async function makeSearch(
  linked: Site,
  writer: Writer,
  { config, notes, breath, words }: Pick<EmitContext, 'config' | 'notes' | 'breath' | 'words'>,
): Promise<Page[]> {
  if (!config.search) return [];
  const { searchPages, SEARCH_FOLDER } = await import('./search/pages.ts');
  const { refTexts } = await import('./emit/print.ts');
  return searchPages(linked, notes, {
    base: config.base,
    engine: engine().hash,
    refTexts: (note) => refTexts(note, config.lang),
    breathe: () => breath.take(),
    known: writer.keysBelow(SEARCH_FOLDER),
    aside: async (job) => words?.files(job),
  });
}

interface EmitContext {
  config: Config;
  notes: Notes;
  options: BuildOptions;
  breath: Breath;
  /** The files beside the notes that pages use. */
  files: LinkedSite['files'];
  cards: LinkedSite['cards'];
  theme: NonNullable<LinkedSite['theme']>;
  /** Makes the word files. */
  words: WordsAside | undefined;
  /** The store's folder. */
  store: string;
}

/** The fault of a template as a message; anything else goes on. */
function ofTemplate(error: unknown): Diagnostic {
  if (error instanceof TemplateError) return error.diagnostic;
  throw error;
}

/** Hands everything to the writer: hashed assets, pictures, `public/`, then pages. Returns how many pages. */
async function emitPages(
  site: string,
  inputs: Inputs,
  linked: Site,
  writer: Writer,
  { config, notes, options, breath, files, cards, theme: own, words, store }: EmitContext,
): Promise<number> {
  const { emit, siteSheet } = await import('./emit/emit.ts');
  const { Printing } = await import('./printing/printing.ts');
  const code = engine();
  const copy = async (path: string, contentHash: string, folder: string, file: string) => {
    await breath.take();
    if (writer.keep(path, contentHash)) return;
    writer.add(path, contentHash, readInput(folder, { file, hash: contentHash }));
  };
  const { client, theme, contents: made } = own;
  for (const file of client.files) {
    const bytes = made.get(file.path);
    if (!bytes) await copy(file.path, file.hash, clientFolder, file.path);
    else if (!writer.keep(file.path, file.hash)) writer.add(file.path, file.hash, bytes);
  }
  const publicFiles = new Set(inputs.publicFiles.map((f) => f.path));
  const worker = client.worker[config.offline ? 'on' : 'off'];
  if (!publicFiles.has('sw.js')) await copy('sw.js', worker.hash, clientFolder, worker.path);
  for (const file of files.list) {
    await breath.take();
    if (!writer.keep(file.path, file.key)) writer.add(file.path, file.key, await files.contents(file));
  }
  for (const { path, hash: contentHash, file } of inputs.publicFiles)
    await copy(path, contentHash, site, file);

  // Made in a thread, meanwhile.
  const searching = makeSearch(linked, writer, { config, notes, breath, words });
  searching.catch(() => {});

  const total = linked.notes.size;
  let pages = 0;
  const engineKey = own.key ? hash(code.hash, own.key) : code.hash;
  const emitOptions = { config, client, engine: engineKey, theme, publicFiles, cards };
  // Threads have Postil's own templates only.
  const printing =
    own.key === ''
      ? new Printing(siteSheet(emitOptions), store, (paths) => writer.stage(paths), writer.isNew ? total : 0)
      : undefined;
  const rendered = async (page: Page): Promise<string | Uint8Array> => {
    try {
      return await page.render();
    } catch (error) {
      const known = [Changed, DiskError, TemplateError].some((kind) => error instanceof kind);
      if (known || options.signal?.aborted) throw error;
      throw new Error(`${page.path}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  };
  const make = async (page: Page, key: string, turn: number): Promise<void> => {
    writer.add(page.path, key, await rendered(page), turn);
  };
  const put = async (page: Page): Promise<void> => {
    await breath.take();
    const key = page.key();
    if (writer.keep(page.path, key)) return;
    const turn = writer.turn();
    if (!printing || !(page.sheet || printing.begun)) return make(page, key, turn);
    const sheet = page.sheet?.() ?? ({ kind: 'text', contents: await rendered(page) } as const);
    await printing.add(page.path, sheet, async (printed) => {
      if (!printed) return make(page, key, turn);
      await breath.take();
      writer.addStaged(page.path, key, { ...printed, turn });
    });
  };
  try {
    for (const page of emit(linked, notes, emitOptions)) {
      pages++;
      options.progress?.('emit', Math.min(pages, total), total);
      await put(page);
    }
    for (const page of await searching) await put(page);
    await printing?.finish();
    return pages;
  } finally {
    // What threads still make belongs to nobody, if the build ends here.
    printing?.close();
  }
}
