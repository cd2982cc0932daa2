/**
 * An image of another host, brought home: loaded once, to be kept beside the note. For `check --fix`; a build never
 * loads anything.
 */

import { slugify } from '../paths.ts';

/** By what the host says it sends: its name may say anything. SVG is left out, for it can hold scripts. */
const EXTENSIONS = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
]);
const MAX_BYTES = 20_000_000;
const PATIENCE_MS = 20_000;

export interface BroughtHome {
  /** Path of the copy from the note's folder. */
  file: string;
  /** The same as an address in Markdown. */
  address: string;
  bytes: Uint8Array;
}

/**
 * @param folder where its files lie, from its own folder: `detr`
 * @param address of the image, as the note has it
 * @param taken names of files that are there already
 * @param load how to ask; the platform's `fetch`
 * @returns what to write, or why the image stays where it is
 */
export async function bringHome(
  folder: string,
  address: string,
  taken: ReadonlySet<string>,
  load: typeof fetch = fetch,
): Promise<BroughtHome | { problem: string }> {
  const url = URL.canParse(address, 'https://host/') ? new URL(address, 'https://host/') : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !/^(?:https?:)?\/\//.test(address))
    return { problem: 'it is no address of an image on the web' };
  let bytes: Uint8Array;
  let type: string;
  try {
    const response = await load(url, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { accept: 'image/*' },
    });
    if (!response.ok) return { problem: `the host answers ${response.status}` };
    type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
    if (Number(response.headers.get('content-length') ?? 0) > MAX_BYTES)
      return { problem: 'it is larger than 20 MB' };
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const extension = EXTENSIONS.get(type);
  if (!extension) return { problem: `the host sends “${type || 'something without a type'}”, no image` };
  if (bytes.length > MAX_BYTES) return { problem: 'it is larger than 20 MB' };

  const stem = slugify(nameOf(url).replace(/\.\w+$/, '')) ?? 'image';
  let file = `${folder}/${stem}.${extension}`;
  for (let n = 2; taken.has(file); n++) file = `${folder}/${stem}-${n}.${extension}`;
  return { file, address: encodePath(file), bytes };
}

/** Letters of every script stay readable; what could end an address in Markdown, or mean something in it, does not stay. */
function encodePath(path: string): string {
  return path.replace(/[^\p{L}\p{M}\p{N}\-_.~/]/gu, (c) =>
    /[!'()*]/.test(c) ? `%${c.charCodeAt(0).toString(16)}` : encodeURIComponent(c),
  );
}

function nameOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname.split('/').at(-1)!);
  } catch {
    return '';
  }
}
