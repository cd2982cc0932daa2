/**
 * The whole pipeline on one screen, and the only file that imports every stage.
 *
 *     posts/*.md ──read──▶ Source[] ──compile──▶ Note[] ──link──▶ Site ──emit──▶ OutputFile[] ──write──▶ dist/
 *
 * A build in which nothing changed compares hashes and ends: stages are loaded only when they have work.
 */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Breath } from './breath.ts';
import { memo } from './cache/memo.ts';
import { NoteStore } from './cache/notes.ts';
import { loadState, type State, saveState } from './cache/state.ts';
import { Store } from './cache/store.ts';
import { type Config, readConfig } from './config.ts';
import { compareDiagnostics, withFrames } from './diagnostics/define.ts';
import { keepsChanging } from './diagnostics/messages.ts';
import { DiskError } from './disk-error.ts';
import { hash } from './hash.ts';
import type { PublishedFile } from './images/images.ts';
import type { InspectOptions, Locate } from './link/inspect.ts';
import type { Asset, BibEntry, Diagnostic, Site } from './model.ts';
import { Changed, compileOptions, Notes, readAs } from './notes.ts';
import { clientFolder, dependencies, engine } from './package.ts';
import type { NotePath } from './paths.ts';
import { type BibliographyFile, readBibliographies } from './read/bibliography.ts';
import { decode } from './read/decode.ts';
import { type Inputs, scan } from './read/scan.ts';
import { openWork } from './work.ts';
import { checkOutput } from './write/output-folder.ts';
import { Writer } from './write/writer.ts';

export interface BuildOptions {
  /** The site's folder: the one with `posts/` in it. */
  site: string;
  /** Output folder. Default: `dist` in the site. */
  out?: string;
  /** Address of the site, over the configuration: `https://example.org/notes/`. */
  url?: string;
  /** Base path, over the configuration: `/notes/`. */
  base?: string;
  /** Publish drafts too. */
  drafts?: boolean;
  /** Warnings are errors. */
  strict?: boolean;
  /** Worker threads. Default: one a core. */
  jobs?: number;
  /** Ends the build: it throws the signal's reason, with everything as if it had not begun. */
  signal?: AbortSignal;
  /** Write nothing; say also what is worth knowing though it is not wrong. */
  check?: InspectOptions;
  /** Told what is going on, for a progress line. */
  progress?: (
    stage: 'read' | 'compile' | 'emit' | 'write' | 'wait',
    done: number,
    total: number,
    detail?: string,
  ) => void;
}

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
 * @throws DiskError, Locked or the signal's reason; the output folder is then as it was, or, once files were being
 * moved, every file in it is wholly old or wholly new
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const site = resolve(options.site);
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

/** One attempt. @throws Changed when the site changes meanwhile */
async function run(
  site: string,
  out: string,
  work: string,
  options: BuildOptions,
): Promise<Partial<BuildResult>> {
  const statePath = join(work, `state-${hash(out).slice(0, 8)}.json`);
  const last = loadState(statePath);

  options.progress?.('read', 0, 0);
  const inputs = scan(site, last?.inputs ?? {});
  const configured = readConfig(inputs.config, inputs.cname, options);
  const { config } = configured;
  const failed = (diagnostics: Diagnostic[]) => ({ diagnostics: diagnostics.sort(compareDiagnostics) });
  if (configured.diagnostics.some((d) => d.severity === 'error')) return failed(configured.diagnostics);

  const bibliography = await readBibliographies(site, config.bibliography);
  const code = engine();
  const { bundlePlugins } = await import('./plugins.ts');
  const extended = await bundlePlugins(site, config.plugins, work, code.hash);
  if (extended.diagnostics.length > 0) return failed(extended.diagnostics);
  const key = hash(
    code.hash,
    JSON.stringify([
      config,
      extended.plugins?.hash ?? '',
      options.drafts ?? false,
      [...inputs.notes, ...inputs.assets, ...inputs.publicFiles].map((i) => [i.file, i.hash]),
      configured.diagnostics,
      inputs.diagnostics,
      bibliography.files.map((b) => [b.file, b.hash]),
      bibliography.diagnostics,
    ]),
  );
  const writer = new Writer(out, work, last?.outputs ?? {});
  const breath = new Breath(options.signal);
  let store: Store | undefined;
  const finish = (diagnostics: Diagnostic[], counts: State['counts']) => {
    options.progress?.('write', 0, 0);
    const { outputs, written, deleted } = writer.finish();
    const state: State = { key, inputs: inputs.stamps, outputs, diagnostics, counts, out };
    return { state, result: { diagnostics, published: true, written, deleted, ...counts } };
  };
  try {
    if (
      !options.check &&
      last?.key === key &&
      last.out === out &&
      !(options.strict && last.diagnostics.length > 0)
    ) {
      if (Object.entries(last.outputs).every(([path, [made]]) => writer.keep(path, made))) {
        const { state, result } = finish(last.diagnostics, last.counts);
        if (inputs.hashed || writer.hashed) saveState(statePath, state);
        return { ...result, unchanged: true };
      }
    }

    store = new Store(join(work, 'store'));
    const { compile, read } = compileOptions(config, extended.plugins);
    const notes = await Notes.compile(inputs.notes, {
      site,
      store: new NoteStore(store, code.hash, read),
      compile,
      jobs: options.jobs,
      signal: options.signal,
      breathe: () => breath.take(),
      progress: (done, total) => options.progress?.('compile', done, total),
    });
    const assets = await measureAssets(site, inputs, store, code.hash);
    const cited = await parseBibliographies(bibliography.files, store, code.hash);
    store.commit();
    await breath.take();

    const { link, isPublished } = await import('./link/link.ts');
    const linkOptions = { ...config, drafts: options.drafts ?? false };
    const linked = link(
      [...notes.indexes.values()].map((i) => i.index),
      assets,
      inputs.publicFiles.map((f) => f.path),
      cited.entries,
      linkOptions,
    );
    // What is wrong with a note that is not published keeps nobody from publishing the others.
    const published = notes.diagnostics.filter((d) => {
      const entry = d.file?.startsWith('posts/') ? notes.indexes.get(d.file.slice(6) as NotePath) : undefined;
      return !entry || isPublished(entry.index, linkOptions);
    });
    const found = [
      ...configured.diagnostics,
      ...inputs.diagnostics,
      ...bibliography.diagnostics,
      ...cited.diagnostics,
      ...published,
      ...linked.diagnostics,
    ];
    const { prepareFiles } = await import('./images/images.ts');
    const readAsset = (asset: Asset) => readInput(site, inputs.assets.find((a) => a.path === asset.path)!);
    const prepared = await prepareFiles(linked.assets, store, readAsset, dependencies.sharp ?? '', () =>
      breath.take(),
    );
    found.push(...prepared.diagnostics);
    store.commit();
    if (options.check) {
      const { inspect } = await import('./link/inspect.ts');
      found.push(...inspect(linked, cited.entries, assets, locateIn(site), options.check));
    }
    const judged = (await withFrames(found, async (file) => text(site, file)))
      .map((d) => (options.strict ? { ...d, severity: 'error' as const } : d))
      .sort(compareDiagnostics);
    const counted = linked.order.length;
    if (options.check || judged.some((d) => d.severity === 'error'))
      return { ...failed(judged), notes: counted };

    const kept = store;
    const contents = ({ asset, stored }: PublishedFile) =>
      (stored !== undefined && kept.get(stored)) || readAsset(asset);
    const files = { list: prepared.files, contents };
    const pages = await emitPages(site, inputs, linked, writer, { config, notes, options, breath, files });
    const obstacles = writer.check();
    if (obstacles.length > 0) return { ...failed([...judged, ...obstacles]), notes: counted };
    options.signal?.throwIfAborted();
    const { state, result } = finish(judged, { notes: counted, pages });
    saveState(statePath, state);
    return result;
  } finally {
    writer.abandon();
    store?.close();
  }
}

/** The entries of all bibliography files; a file is parsed when its bytes or the code are new. */
async function parseBibliographies(
  files: BibliographyFile[],
  store: Store,
  engineHash: string,
): Promise<{ entries: BibEntry[]; diagnostics: Diagnostic[] }> {
  const parsed = [];
  for (const { file, text: source, hash: contentHash } of files) {
    const key = hash('bibliography', engineHash, file, contentHash);
    parsed.push(
      await memo(store, key, async () => (await import('./read/bibtex.ts')).parseBibtex(source, file)),
    );
  }
  return {
    entries: parsed.flatMap((p) => p.entries),
    diagnostics: parsed.flatMap((p) => p.diagnostics),
  };
}

/** Files beside the notes; an image is measured when its bytes or the code are new. */
async function measureAssets(
  site: string,
  inputs: Inputs,
  store: Store,
  engineHash: string,
): Promise<Asset[]> {
  const assets: Asset[] = [];
  for (const { file, path, hash: contentHash, bytes } of inputs.assets) {
    const size = await memo(store, hash('size', engineHash, path, contentHash), async () => {
      const { isImage, measure } = await import('./read/measure.ts');
      if (!isImage(path)) return {};
      return measure(readInput(site, { file, hash: contentHash })) ?? {};
    });
    assets.push({ path, hash: contentHash, bytes, ...size });
  }
  return assets;
}

/**
 * Bytes of a file that the scan saw.
 *
 * @throws Changed when it is no longer that file
 */
function readInput(folder: string, { file, hash: expected }: { file: string; hash: string }): Uint8Array {
  const bytes = readAs(folder, file, expected);
  if ('problem' in bytes) throw new Changed(file);
  return bytes;
}

interface EmitContext {
  config: Config;
  notes: Notes;
  options: BuildOptions;
  breath: Breath;
  /** The files beside the notes that pages use. */
  files: { list: PublishedFile[]; contents: (file: PublishedFile) => Uint8Array };
}

/** Hands everything to the writer: hashed assets, pictures, `public/`, then pages. Returns how many pages. */
async function emitPages(
  site: string,
  inputs: Inputs,
  linked: Site,
  writer: Writer,
  { config, notes, options, breath, files }: EmitContext,
): Promise<number> {
  const { emit } = await import('./emit/emit.ts');
  const code = engine();
  const copy = async (path: string, contentHash: string, folder: string, file: string) => {
    await breath.take();
    if (writer.keep(path, contentHash)) return;
    writer.add(path, contentHash, readInput(folder, { file, hash: contentHash }));
  };
  for (const file of code.client.files) await copy(file.path, file.hash, clientFolder, file.path);
  for (const file of files.list) {
    await breath.take();
    if (!writer.keep(file.path, file.key)) writer.add(file.path, file.key, files.contents(file));
  }
  for (const { path, hash: contentHash, file } of inputs.publicFiles)
    await copy(path, contentHash, site, file);

  const publicFiles = new Set(inputs.publicFiles.map((f) => f.path));
  const total = linked.notes.size;
  let pages = 0;
  const made = emit(linked, notes, { config, client: code.client, engine: code.hash, publicFiles });
  for (const page of made) {
    await breath.take();
    options.progress?.('emit', Math.min(++pages, total), total);
    const key = page.key();
    if (writer.keep(page.path, key)) continue;
    try {
      writer.add(page.path, key, await page.render());
    } catch (error) {
      if (error instanceof Changed || error instanceof DiskError || options.signal?.aborted) throw error;
      throw new Error(`${page.path}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  await writeSearch(linked, notes, writer, config, breath);
  return pages;
}

/** The search index: made anew when the text of some note is new, else left as it lies. */
async function writeSearch(
  site: Site,
  notes: Notes,
  writer: Writer,
  { base }: Config,
  breath: Breath,
): Promise<void> {
  const all = [...site.notes.values()];
  const key = hash(
    engine().hash,
    'search',
    JSON.stringify([base, all.map((n) => [n.url, notes.key(n.index.path), n.targets])]),
  );
  if (all.length === 0 || writer.keepFolder('pagefind/', key)) return;
  const { recordsOf } = await import('./search/records.ts');
  const { searchFiles } = await import('./search/search.ts');
  const records = [];
  for (const note of all) {
    await breath.take();
    records.push(...recordsOf(await notes.load(note.index.path), note, base));
  }
  for (const { path, contents } of await searchFiles(records)) writer.add(path, key, contents);
}

/** Finds texts in the site's files; each file is read once. */
function locateIn(site: string): Locate {
  const lines = new Map<string, string[]>();
  return (file, needle, from = 1) => {
    if (!lines.has(file)) lines.set(file, text(site, file)?.split('\n') ?? []);
    const all = lines.get(file)!;
    const index = all.findIndex((l, i) => i >= from - 1 && l.includes(needle));
    if (index === -1) return { file };
    return { file, line: index + 1, column: all[index]!.indexOf(needle) + 1, length: needle.length };
  };
}

/** A file of the site for a code frame; none when it cannot be read or is no text. */
function text(site: string, file: string): string | undefined {
  try {
    const decoded = decode(readFileSync(join(site, file)), file);
    return 'text' in decoded ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}
