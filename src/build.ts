/**
 * The whole pipeline on one screen, and the only file that imports every stage.
 *
 *     posts/*.md ──read──▶ Source[] ──compile──▶ Note[] ──link──▶ Site ──emit──▶ OutputFile[] ──write──▶ dist/
 *
 * A build in which nothing changed compares hashes and ends: stages are loaded only when they have work.
 */

import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { memo } from './cache/memo.ts';
import { NoteStore } from './cache/notes.ts';
import { loadState, saveState } from './cache/state.ts';
import { Store } from './cache/store.ts';
import type { CompileOptions } from './compile/options.ts';
import { type Config, readConfig } from './config.ts';
import { compareDiagnostics, withFrames } from './diagnostics/define.ts';
import { hash } from './hash.ts';
import type { Asset, BibEntry, Diagnostic, Note, NoteIndex, Site, Source } from './model.ts';
import { clientFolder, engine } from './package.ts';
import type { NotePath } from './paths.ts';
import { compileAll } from './pool.ts';
import { type BibliographyFile, readBibliographies } from './read/bibliography.ts';
import { decode } from './read/decode.ts';
import { type Inputs, scan } from './read/scan.ts';
import { lock } from './write/lock.ts';
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
}

/** How long a build waits for another one of the same site. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Builds a site.
 *
 * @returns what was found and done; faults of content and configuration are in `diagnostics`
 * @throws WriteError, Locked or a system error when the environment fails; the output folder is then as it was,
 * or, once files were being moved, every file in it is wholly old or wholly new
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const site = resolve(options.site);
  const out = resolve(options.out ?? join(site, 'dist'));
  const refused = checkOutput(site, out);
  if (refused) return failed([refused], out);
  const folder = join(site, '.postil');
  const waiting = (owner: string) => options.progress?.('wait', 0, 0, owner);
  let work = folder;
  let unlock: () => void;
  try {
    unlock = await lock(folder, PATIENCE_MS, waiting);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // A site that may only be read is built all the same; its store lies elsewhere.
    work = join(tmpdir(), `postil-${hash(site)}`);
    unlock = await lock(work, PATIENCE_MS, waiting);
  }
  try {
    return await run(site, out, work, options);
  } finally {
    unlock();
  }
}

async function run(site: string, out: string, work: string, options: BuildOptions): Promise<BuildResult> {
  const progress = options.progress ?? (() => {});
  const statePath = join(work, `state-${hash(out).slice(0, 8)}.json`);
  const last = loadState(statePath);

  progress('read', 0, 0);
  const inputs = await scan(site, last?.inputs ?? {});
  const configured = readConfig(inputs.config, inputs.cname, options);
  const { config } = configured;
  if (configured.diagnostics.some((d) => d.severity === 'error')) return failed(configured.diagnostics, out);

  const bibliography = await readBibliographies(site, config.bibliography);
  const code = engine();
  const all = [...inputs.notes, ...inputs.assets, ...inputs.publicFiles];
  const key = hash(
    code.hash,
    JSON.stringify([
      config,
      options.drafts ?? false,
      all.map((i) => [i.file, i.hash]),
      configured.diagnostics,
      inputs.diagnostics,
      bibliography.files.map((b) => [b.file, b.hash]),
      bibliography.diagnostics,
    ]),
  );
  const writer = new Writer(out, join(work, 'stage'), last?.outputs ?? {});
  if (last?.key === key && last.out === out && !(options.strict && last.diagnostics.length > 0)) {
    const { notes, pages } = last.counts;
    if (Object.entries(last.outputs).every(([path, [made]]) => writer.keep(path, made))) {
      const { written, deleted } = writer.finish();
      return {
        diagnostics: last.diagnostics,
        published: true,
        unchanged: true,
        notes,
        pages,
        written,
        deleted,
        out,
      };
    }
  }

  const store = new Store(join(work, 'store'));
  try {
    const compileOptions: CompileOptions = {
      macros: config.math.macros,
      lang: config.lang,
      dialects: config.dialects,
    };
    const notes = new NoteStore(store, code.hash, compileOptions);
    const keys = new Map<NotePath, string>();
    const { indexes, diagnostics } = await compileNotes(site, inputs, notes, keys, compileOptions, options);
    const assets = await measureAssets(site, inputs);
    const cited = await parseBibliographies(bibliography.files, store, code.hash);

    const { link, isPublished } = await import('./link/link.ts');
    const linkOptions = { ...config, drafts: options.drafts ?? false };
    const linked = link(
      [...indexes.values()].map((i) => i.index),
      assets,
      inputs.publicFiles.map((f) => f.path),
      cited.entries,
      linkOptions,
    );
    // What is wrong with a note that is not published keeps nobody from publishing the others.
    const published = diagnostics.filter((d) => {
      const entry = d.file?.startsWith('posts/') ? indexes.get(d.file.slice(6) as NotePath) : undefined;
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
    const judged = (await withFrames(found, (file) => text(site, file)))
      .map((d) => (options.strict ? { ...d, severity: 'error' as const } : d))
      .sort(compareDiagnostics);
    store.commit();
    if (judged.some((d) => d.severity === 'error'))
      return { ...failed(judged, out), notes: linked.order.length };

    const pages = await write(site, inputs, linked, writer, {
      config,
      code,
      notes,
      keys,
      compileOptions,
      options,
      assets,
    });
    progress('write', 0, 0);
    const { outputs, written, deleted } = writer.finish();
    saveState(statePath, {
      key,
      inputs: inputs.stamps,
      outputs,
      diagnostics: judged,
      counts: { notes: linked.order.length, pages },
      out,
    });
    return {
      diagnostics: judged,
      published: true,
      unchanged: false,
      notes: linked.order.length,
      pages,
      written,
      deleted,
      out,
    };
  } finally {
    store.close();
  }
}

type Indexes = Map<NotePath, { index: NoteIndex; diagnostics: Diagnostic[] }>;

/** Every note's index: out of the store, or compiled now. */
async function compileNotes(
  site: string,
  inputs: Inputs,
  notes: NoteStore,
  keys: Map<NotePath, string>,
  compileOptions: CompileOptions,
  { jobs, progress }: BuildOptions,
): Promise<{ indexes: Indexes; diagnostics: Diagnostic[] }> {
  const indexes: Indexes = new Map();
  const diagnostics: Diagnostic[] = [];
  const sources: Source[] = [];
  for (const { file, path, hash: contentHash } of inputs.notes) {
    const key = notes.key(path, contentHash);
    keys.set(path, key);
    const known = notes.index(key);
    if (known) {
      indexes.set(path, known);
      continue;
    }
    const source = await read(site, file, path);
    if ('problem' in source) diagnostics.push(source.problem);
    else {
      // The file may have changed since it was scanned: what was read is what counts.
      keys.set(path, notes.key(path, source.hash));
      sources.push(source);
    }
  }
  let done = 0;
  for await (const { source, result } of compileAll(sources, compileOptions, jobs, (t) =>
    notes.drawings(t),
  )) {
    progress?.('compile', ++done, sources.length);
    if ('failed' in result) diagnostics.push(result.failed);
    else indexes.set(source.path, notes.put(keys.get(source.path)!, result));
  }
  const sorted: Indexes = new Map([...indexes].sort(([a], [b]) => (a < b ? -1 : 1)));
  diagnostics.push(...[...sorted.values()].flatMap((n) => n.diagnostics));
  return { indexes: sorted, diagnostics };
}

async function read(site: string, file: string, path: NotePath): Promise<Source | { problem: Diagnostic }> {
  const bytes = await readFile(join(site, file));
  const decoded = decode(bytes, file);
  return 'problem' in decoded ? decoded : { path, text: decoded.text, hash: hash(bytes) };
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

async function measureAssets(site: string, inputs: Inputs): Promise<Asset[]> {
  if (inputs.assets.length === 0) return [];
  const { measure } = await import('./read/measure.ts');
  const assets: Asset[] = [];
  for (const { file, path, hash: contentHash, bytes } of inputs.assets) {
    assets.push({ path, hash: contentHash, bytes, ...(await measure(join(site, file))) });
  }
  return assets;
}

interface WriteContext {
  config: Config;
  code: ReturnType<typeof engine>;
  notes: NoteStore;
  keys: Map<NotePath, string>;
  compileOptions: CompileOptions;
  options: BuildOptions;
  assets: Asset[];
}

/** Hands everything to the writer: hashed assets, pictures, `public/`, then pages. Returns how many pages. */
async function write(
  site: string,
  inputs: Inputs,
  linked: Parameters<typeof import('./emit/emit.ts').emit>[0],
  writer: Writer,
  { config, code, notes, keys, compileOptions, options }: WriteContext,
): Promise<number> {
  const { emit } = await import('./emit/emit.ts');
  const { outputPath } = await import('./paths.ts');
  const copy = (path: string, contentHash: string, from: string) => {
    if (!writer.keep(path, contentHash)) writer.copy(path, contentHash, contentHash, from);
  };
  for (const { path, hash: contentHash } of code.client.files)
    copy(path, contentHash, join(clientFolder, path));
  const assetFiles = new Map(inputs.assets.map((a) => [a.path, a.file]));
  for (const { asset, url } of linked.assets)
    copy(outputPath(url), asset.hash, join(site, assetFiles.get(asset.path)!));
  for (const { path, hash: contentHash, file } of inputs.publicFiles)
    copy(path, contentHash, join(site, file));

  const load = async (path: NotePath) => {
    const known = notes.body(keys.get(path)!);
    if (known) return known;
    // Damaged in the store since its index was read: compile it again.
    const { compile } = await import('./compile/compile.ts');
    const source = await read(site, inputs.notes.find((n) => n.path === path)!.file, path);
    if ('problem' in source) throw new Error(source.problem.message);
    return compile(source, compileOptions);
  };
  const publicFiles = new Set(inputs.publicFiles.map((f) => f.path));
  const total = linked.notes.size;
  let pages = 0;
  for (const page of emit(
    linked,
    { key: (path) => keys.get(path)!, load },
    { config, client: code.client, engine: code.hash, publicFiles },
  )) {
    options.progress?.('emit', Math.min(++pages, total), total);
    const key = page.key();
    if (!writer.keep(page.path, key)) writer.add(page.path, key, await page.render());
  }
  await writeSearch(linked, load, keys, writer, config, code.hash);
  return pages;
}

/** The search index: made anew when the text of some note is new, else left as it lies. */
async function writeSearch(
  site: Site,
  load: (path: NotePath) => Promise<Note>,
  keys: Map<NotePath, string>,
  writer: Writer,
  { base }: Config,
  engineHash: string,
): Promise<void> {
  const notes = [...site.notes.values()];
  const key = hash(
    engineHash,
    'search',
    JSON.stringify([base, notes.map((n) => [n.url, keys.get(n.index.path), n.targets])]),
  );
  if (notes.length === 0 || writer.keepFolder('pagefind/', key)) return;
  const { recordsOf } = await import('./search/records.ts');
  const { searchFiles } = await import('./search/search.ts');
  const records = [];
  for (const note of notes) records.push(...recordsOf(await load(note.index.path), note, base));
  for (const { path, contents } of await searchFiles(records)) writer.add(path, key, contents);
}

async function text(site: string, file: string): Promise<string | undefined> {
  try {
    const decoded = decode(await readFile(join(site, file)), file);
    return 'text' in decoded ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}

function failed(diagnostics: Diagnostic[], out: string): BuildResult {
  return {
    diagnostics: diagnostics.sort(compareDiagnostics),
    published: false,
    unchanged: false,
    notes: 0,
    pages: 0,
    written: 0,
    deleted: 0,
    out,
  };
}
