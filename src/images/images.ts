/**
 * The files beside the notes that pages use → the files that are published: pictures in smaller copies, without
 * what cameras wrote into them; SVG without anything that runs; everything else as it is. Results lie in the
 * store by content, so sharp is loaded only when a picture is new.
 */

import { fileActive, imageBroken, svgCleaned } from '../diagnostics/messages.ts';
import { hash } from '../hash.ts';
import type { Asset, Diagnostic } from '../model.ts';
import { outputPath, type Url } from '../paths.ts';
import { type Variant, variantsOf } from '../pictures.ts';
import { isActive } from './active.ts';

/** A file to be published. */
export interface PublishedFile {
  path: string;
  /** Hash of what it is made from. */
  key: string;
  asset: Asset;
  /** Where in the store it lies; absent: the file beside the notes, as it is. */
  stored?: string;
}

/** Where results are kept, by key. */
export interface Kept {
  has(key: string): boolean;
  get(key: string): Uint8Array | undefined;
  put(key: string, bytes: Uint8Array): void;
  touch(key: string): void;
}

interface Outcome {
  /** Whether the file itself had to change. */
  changed: boolean;
  /** Why it cannot be published. */
  broken?: string;
  /** What was taken out of an SVG file. */
  removed?: string[];
}

/** Changes with what this stage makes of a file. */
const VERSION = 'images-3';
const METADATA = /\.(?:png|jpe?g|webp)$/i;

/**
 * @param used the files that pages use, with their addresses
 * @param read bytes of a file
 * @param encoder version of sharp
 * @param breathe called between files; it may throw to stop
 */
export async function prepareFiles(
  used: { asset: Asset; url: Url }[],
  store: Kept,
  read: (asset: Asset) => Uint8Array,
  encoder: string,
  breathe: () => Promise<void>,
): Promise<{ files: PublishedFile[]; diagnostics: Diagnostic[] }> {
  const files: PublishedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const copies = new Set<Url>();
  for (const { asset, url } of used) {
    const at = { file: `posts/${asset.path}` };
    const path = outputPath(url);
    if (isActive(asset.path)) {
      diagnostics.push(fileActive(at));
      continue;
    }
    const isSvg = /\.svg$/i.test(asset.path);
    if (!isSvg && !METADATA.test(asset.path)) {
      files.push({ path, key: asset.hash, asset });
      continue;
    }
    const variants = variantsOf(asset);
    const key = hash(VERSION, encoder, asset.path.replace(/^.*\./, '').toLowerCase(), asset.hash);
    const keyOf = (v: Variant) => copyKey(key, v);
    let outcome = variants.every((v) => store.has(keyOf(v))) ? load(store, key) : undefined;
    if (!outcome || (outcome.changed && !store.has(`${key}.file`))) {
      await breathe();
      outcome = await make(asset, read(asset), store, key);
    }
    for (const used of [...variants.map(keyOf), ...(outcome.changed ? [`${key}.file`] : [])])
      store.touch(used);
    if (outcome.broken !== undefined) diagnostics.push(imageBroken(at, outcome.broken));
    if (outcome.removed?.length) diagnostics.push(svgCleaned(at, outcome.removed));
    files.push({ path, key: hash(key), asset, ...(outcome.changed && { stored: `${key}.file` }) });
    // Two pictures with the same bytes and one name but for `.jpg` and `.png` have the same copies.
    for (const v of variants.filter(({ url: copy }) => !copies.has(copy) && copies.add(copy)))
      files.push({ path: outputPath(v.url), key: hash(keyOf(v)), asset, stored: keyOf(v) });
  }
  return { files, diagnostics };
}

/**
 * The bytes of a file that `prepareFiles` named. What the disk has spoilt since is made again: never is the original
 * published in its place, which may hold what was to be taken out of it.
 */
export async function contentsOf(
  { asset, stored }: PublishedFile,
  store: Kept,
  read: (asset: Asset) => Uint8Array,
): Promise<Uint8Array> {
  if (stored === undefined) return read(asset);
  const kept = store.get(stored);
  if (kept) return kept;
  await make(asset, read(asset), store, stored.slice(0, stored.indexOf('.')));
  const made = store.get(stored);
  if (!made) throw new Error(`${asset.path} could be published once, and can no longer`);
  return made;
}

const copyKey = (key: string, { width, format }: Pick<Variant, 'width' | 'format'>) =>
  `${key}.${width}.${format}`;

/** Makes all that is published of a picture, and keeps it. @param key of the outcome */
async function make(asset: Asset, bytes: Uint8Array, store: Kept, key: string): Promise<Outcome> {
  const outcome = /\.svg$/i.test(asset.path)
    ? await svg(bytes, store, key)
    : await raster(bytes, store, key, variantsOf(asset));
  store.put(key, Buffer.from(JSON.stringify(outcome)));
  return outcome;
}

function load(store: Kept, key: string): Outcome | undefined {
  const bytes = store.get(key);
  return bytes && (JSON.parse(Buffer.from(bytes).toString()) as Outcome);
}

async function svg(bytes: Uint8Array, store: Kept, key: string): Promise<Outcome> {
  const { cleanSvgFile } = await import('./svg.ts');
  try {
    const source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const { svg: cleaned, removed } = cleanSvgFile(source);
    if (cleaned === source) return { changed: false };
    store.put(`${key}.file`, Buffer.from(cleaned));
    return { changed: true, removed };
  } catch (error) {
    return { changed: false, broken: reason(error) };
  }
}

async function raster(bytes: Uint8Array, store: Kept, key: string, variants: Variant[]): Promise<Outcome> {
  const { stripMetadata } = await import('./strip.ts');
  const stripped = stripMetadata(bytes);
  const changed = !Buffer.from(stripped).equals(bytes);
  if (changed) store.put(`${key}.file`, stripped);
  if (variants.length === 0) return { changed };
  try {
    const { resize } = await import('./resize.ts');
    const made = await resize(bytes, variants);
    variants.forEach((v, i) => {
      store.put(copyKey(key, v), made[i]!);
    });
    return { changed };
  } catch (error) {
    return { changed, broken: reason(error) };
  }
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
