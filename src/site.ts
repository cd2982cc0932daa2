/**
 * The first three stages: a folder → what its pages are made from. A build sends that to the writer, the development
 * server to whoever asks; both have it from here, so that they cannot differ.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Breath } from './breath.ts';
import type { BuildOptions } from './build-options.ts';
import { bundlePlugins } from './bundling/plugins.ts';
import { memo } from './cache/memo.ts';
import { NoteStore } from './cache/notes.ts';
import type { Store } from './cache/store.ts';
import type { Config } from './config/config.ts';
import { CONFIG_FILE, type Configured, configOf } from './config/file.ts';
import { compareDiagnostics, withFrames } from './diagnostics/messages/define.ts';
import { cardNoFont, fileMissing } from './diagnostics/messages.ts';
import type { Cards } from './emit/cards.ts';
import { hash } from './hash.ts';
import type { PublishedFile } from './images/images.ts';
import type { Locate, LocateTag } from './link/inspect.ts';
import type { MentionMemory } from './link/mentions.ts';
import type { Asset, BibEntry, Diagnostic, NoteIndex, Site } from './model.ts';
import { Changed, compileOptions, Notes, readAs } from './notes.ts';
import { dependencies, engine, root } from './package.ts';
import type { Indexed } from './packed.ts';
import type { NotePath } from './paths.ts';
import { type BibliographyFile, readBibliographies } from './read/bibliography.ts';
import { decode } from './read/decode.ts';
import { type FoundFiles, find, type Inputs, scan } from './read/scan.ts';
import type { Stamp } from './stamp.ts';
import type { SiteTheme } from './theme/theme.ts';
import { warmPool } from './threads/pool.ts';
import { bytesOf, textOf } from './utf8.ts';

/** A site's files, looked at: hashes and configuration, nothing compiled. */
export interface ReadSite {
  /** The site's folder. */
  folder: string;
  /** Where bundled plugins and templates are kept. */
  work: string;
  inputs: Inputs;
  config: Config;
  /** To be remembered: as it was read. */
  configured: Configured;
  plugins: Awaited<ReturnType<typeof bundlePlugins>>['plugins'];
  bibliography: BibliographyFile[];
  /** Of all that was read so far. */
  diagnostics: Diagnostic[];
  /** Hash of everything that the site is made from, the code included; but for what its templates import (`SiteTheme`). */
  key: string;
}

/** What is known of a site before it is looked at. */
export interface Known {
  /** Stamps of files whose content is known. */
  stamps?: Record<string, Stamp>;
  /** The files, when somebody has looked for them already. */
  found?: FoundFiles;
  /** The configuration as the last build read it. */
  configured?: Configured;
}

/**
 * Looks at the files of a site.
 *
 * @param work where bundled plugins and templates are kept
 * @returns the site, or the errors of its configuration that leave nothing to build
 * @throws DiskError
 */
export async function readSite(
  folder: string,
  work: string,
  options: Pick<BuildOptions, 'url' | 'base' | 'drafts' | 'jobs'>,
  { stamps = {}, found = find(folder), configured: last }: Known = {},
): Promise<ReadSite | { failed: Diagnostic[] }> {
  const scanned = scan(folder, stamps, found);
  // Postil's own repository is a site too, and what stands in its templates/ replaces nothing.
  const inputs = folder === root ? { ...scanned, templates: [] } : scanned;
  const fresh = inputs.notes.filter(({ file, hash: content }) => stamps[file]?.[4] !== content);
  await warmPool(
    fresh.map((n) => n.bytes),
    options.jobs,
  );
  const configured = await configOf(inputs, options, last);
  const { config } = configured;
  if (configured.diagnostics.some((d) => d.severity === 'error')) return { failed: configured.diagnostics };
  const bibliography = await readBibliographies(folder, config.bibliography, inputs.config);
  const code = engine();
  const extended = await bundlePlugins({
    site: folder,
    entries: config.plugins,
    yml: inputs.config,
    work,
    code: code.hash,
  });
  if (extended.diagnostics.length > 0) return { failed: extended.diagnostics };
  const key = hash(
    code.hash,
    JSON.stringify([
      config,
      extended.plugins?.hash ?? '',
      options.drafts ?? false,
      [...inputs.notes, ...inputs.assets, ...inputs.publicFiles, ...inputs.templates].map((i) => [
        i.file,
        i.hash,
      ]),
      configured.diagnostics,
      inputs.diagnostics,
      bibliography.files.map((b) => [b.file, b.hash]),
      bibliography.diagnostics,
    ]),
  );
  return {
    folder,
    work,
    inputs,
    config,
    configured,
    plugins: extended.plugins,
    bibliography: bibliography.files,
    diagnostics: [...configured.diagnostics, ...inputs.diagnostics, ...bibliography.diagnostics],
    key,
  };
}

/** Everything that pages are made from. */
export interface LinkedSite {
  site: Site;
  notes: Notes;
  /** The files beside the notes that pages use. `contents` rejects with Changed when one is no longer what it was. */
  files: { list: PublishedFile[]; contents: (file: PublishedFile) => Promise<Uint8Array> };
  /** Draws notes' pictures, where the site wants them. */
  cards: Cards | undefined;
  /** What pages look like; absent when a diagnostic says why. */
  theme: SiteTheme | undefined;
  /** Sorted by file and place, with their frames. */
  diagnostics: Diagnostic[];
}

export interface LinkSiteOptions
  extends Pick<BuildOptions, 'drafts' | 'strict' | 'jobs' | 'signal' | 'progress' | 'check'> {
  breath: Breath;
  /** Indexes of notes that are in memory already, by key; what is read is added. */
  indexes?: Map<string, Indexed>;
  /** Told when all notes are compiled and in the store. */
  compiled?: (notes: Notes) => void;
}

/**
 * Compiles what is new and links everything. With `options.check`, says also what is worth knowing.
 *
 * @param store must stay open as long as notes and files are asked for
 * @throws Changed when a file is no longer what `read` saw; DiskError; the signal's reason
 */
export async function linkSite(read: ReadSite, store: Store, options: LinkSiteOptions): Promise<LinkedSite> {
  const { folder, inputs, config } = read;
  const { breath } = options;
  const code = engine();
  const { compile, read: decisive } = compileOptions(config, read.plugins);
  // Loaded while the first notes are compiled.
  const linking = import('./link/link.ts');
  linking.catch(() => {});
  const notes = await Notes.compile(inputs.notes, {
    site: folder,
    store: new NoteStore(store, code.hash, decisive, options.indexes),
    compile,
    jobs: options.jobs,
    signal: options.signal,
    breathe: () => breath.take(),
    progress: (done, total) => options.progress?.('compile', done, total),
  });
  const assets = await measureAssets(folder, inputs, store, code.hash);
  const cited = await parseBibliographies(read.bibliography, store, code.hash);
  store.commit();
  options.compiled?.(notes);
  await breath.take();

  const { siteTheme } = await import('./theme/theme.ts');
  const theme = await siteTheme({
    site: folder,
    config,
    yml: inputs.config,
    files: inputs.templates,
    read: (file) => readInput(folder, file),
    publicFiles: new Set(inputs.publicFiles.map((f) => f.path)),
    store,
    work: read.work,
    engine: code,
  });

  const { link, isPublished } = await linking;
  const linkOptions = { ...config, drafts: options.drafts ?? false };
  const linked = link(
    [...notes.indexes.values()].map((i) => i.index),
    linkOptions,
    {
      assets,
      publicFiles: inputs.publicFiles.map((f) => f.path),
      themeFiles: theme.made?.client.files.map((f) => f.path) ?? [],
      bibliography: cited.entries,
      nav: config.nav?.map(({ to, place }) => ({ to, at: { file: CONFIG_FILE, ...place } })) ?? [],
      memory: mentionMemory(notes, store, code.hash),
    },
  );
  // What is wrong with a note that is not published keeps nobody from publishing the others.
  const published = notes.diagnostics.filter((d) => {
    const entry = d.file?.startsWith('posts/') ? notes.indexes.get(d.file.slice(6) as NotePath) : undefined;
    return !entry || isPublished(entry.index, linkOptions);
  });
  const found = [...read.diagnostics, ...cited.diagnostics, ...published, ...linked.diagnostics];
  const { contentsOf, prepareFiles } = await import('./images/images.ts');
  const byPath = new Map(inputs.assets.map((a) => [a.path, a]));
  const readAsset = (asset: Asset) => readInput(folder, byPath.get(asset.path)!);
  const prepared = await prepareFiles(linked.assets, store, readAsset, dependencies.sharp ?? '', () =>
    breath.take(),
  );
  found.push(...prepared.diagnostics);
  found.push(...theme.diagnostics);
  const { cards, diagnostics: missing } = await cardsOf(read, linked, store);
  found.push(...missing);
  store.commit();
  const onDisk = spelling(inputs);
  if (options.check) {
    const { inspect } = await import('./link/inspect.ts');
    const { splitFrontMatter } = await import('./compile/front-matter.ts');
    const { placeOfTag } = await import('./compile/meta.ts');
    const locateTag: LocateTag = (file, tag, place) => {
      const source = text(folder, onDisk(file)) ?? '';
      const at = place ?? placeOfTag(splitFrontMatter(source, file).fields, source, tag);
      const line = at && source.split('\n')[at.line - 1]?.slice(at.column - 1);
      return line?.startsWith(tag) ? { file, ...at, length: tag.length } : { file };
    };
    found.push(...inspect(linked, cited.entries, assets, locateIn(folder, onDisk), locateTag, options.check));
  }
  const named = found.map((d) => (d.file === undefined ? d : { ...d, file: onDisk(d.file) }));
  const diagnostics = (await framed(folder, named))
    .map((d) => (options.strict ? { ...d, severity: 'error' as const } : d))
    .sort(compareDiagnostics);
  const contents = (file: PublishedFile) => contentsOf(file, store, readAsset);
  const files = { list: prepared.files, contents };
  return { site: linked, notes, files, cards, theme: theme.made, diagnostics };
}

/**
 * Keeps in the store in which lines names stand. What is kept there for some names grows and shrinks with the notes, but
 * each note is found in it by its own key, and what is said of it never changes.
 */
function mentionMemory(notes: Notes, store: Store, engineHash: string): MentionMemory {
  let key = '';
  return {
    known(names) {
      key = hash('mentions', engineHash, JSON.stringify(names));
      const bytes = store.get(key);
      const kept = bytes ? (JSON.parse(textOf(bytes)) as Record<string, NoteIndex['prose']>) : {};
      const known = new Map<NotePath, NoteIndex['prose']>();
      for (const path of notes.indexes.keys()) {
        const lines = kept[notes.key(path)];
        if (lines) known.set(path, lines);
      }
      return known;
    },
    keep(lines) {
      const kept = Object.fromEntries([...lines].map(([path, found]) => [notes.key(path), found]));
      store.put(key, bytesOf(JSON.stringify(kept)));
    },
  };
}

/** Who draws the pictures of notes; what is drawn is kept. Says what keeps them from being right. */
async function cardsOf(
  { folder, config, inputs }: ReadSite,
  site: Site,
  store: Store,
): Promise<{ cards: Cards | undefined; diagnostics: Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const at = (needle: string) => locateIn(folder)(CONFIG_FILE, needle);
  const image = config.og.image?.replace(/^\//, '');
  if (image !== undefined && !inputs.publicFiles.some((f) => f.path === image))
    diagnostics.push(fileMissing(at(image), `public/${image}`, []));
  if (!config.og.images) return { cards: undefined, diagnostics };
  const { CARD_VERSION, drawCard, hasChineseFont } = await import('./images/card.ts');
  const { canDraw, cardOf, shownCover } = await import('./emit/cards.ts');
  const version = `${CARD_VERSION} ${dependencies.sharp}`;
  const cards: Cards = {
    chinese: await hasChineseFont(),
    version,
    draw: async (card) => {
      const key = hash('card', version, JSON.stringify(card));
      const kept = store.get(key);
      if (kept) return kept;
      const made = await drawCard(card);
      store.put(key, made);
      return made;
    },
  };
  const without = [...site.notes.values()].filter(
    (note) => shownCover(note) === undefined && !canDraw(cardOf(note, config), cards),
  ).length;
  if (without > 0) diagnostics.push(cardNoFont(at('images:'), without));
  return { cards, diagnostics };
}

/** The diagnostics with the lines around their places. */
export function framed(folder: string, diagnostics: Diagnostic[]): Promise<Diagnostic[]> {
  return withFrames(diagnostics, async (file) => text(folder, file));
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
      return measure(path, readInput(site, { file, hash: contentHash })) ?? {};
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
export function readInput(
  folder: string,
  { file, hash: expected }: { file: string; hash: string },
): Uint8Array {
  const bytes = readAs(folder, file, expected);
  if ('problem' in bytes) throw new Changed(file);
  return bytes;
}

/** @returns how the disk spells a file below `posts/`, whose name is in NFC wherever it is a path */
function spelling({ notes, assets }: Inputs): (file: string) => string {
  const spelled = new Map(
    [...notes, ...assets].filter((i) => i.file !== `posts/${i.path}`).map((i) => [`posts/${i.path}`, i.file]),
  );
  return (file) => spelled.get(file) ?? file;
}

/** Finds texts in the site's files; each file is read once. */
function locateIn(site: string, onDisk = (file: string) => file): Locate {
  const lines = new Map<string, string[]>();
  return (file, needle, from = 1) => {
    if (!lines.has(file)) lines.set(file, text(site, onDisk(file))?.split('\n') ?? []);
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
