/** `postil check --fix`: what is safe to change in notes. Every change is one that a message offered. */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../model.ts';
import { version } from '../package.ts';
import { slugify } from '../paths.ts';
import type { ExternalLink } from './external.ts';

const MAX_PICTURE = 20_000_000;
const TYPES: Record<string, string> = {
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/**
 * Puts the offered text in place of each marked span. Spans are taken from the end of a file, so that earlier
 * ones keep their place; one whose line is no longer what the message saw is left alone.
 *
 * @returns lines that say what was done
 */
export function applyFixes(site: string, diagnostics: Diagnostic[]): string[] {
  const byFile = new Map<string, Diagnostic[]>();
  for (const d of diagnostics) {
    if (d.fix === undefined || d.file === undefined || d.line === undefined || d.column === undefined)
      continue;
    byFile.set(d.file, [...(byFile.get(d.file) ?? []), d]);
  }
  const done: string[] = [];
  for (const [file, list] of byFile) {
    const path = join(site, file);
    const lines = readFileSync(path, 'utf8').split('\n');
    const last = [...list].sort((a, b) => b.line! - a.line! || b.column! - a.column!);
    let changed = false;
    for (const d of last) {
      const line = lines[d.line! - 1];
      const start = d.column! - 1;
      const end = start + (d.length ?? 0);
      const seen = d.frame?.lines[d.line! - d.frame.first];
      if (
        line === undefined ||
        (seen !== undefined && line.replace(/\r$/, '').slice(0, end) !== seen.slice(0, end))
      )
        continue;
      lines[d.line! - 1] = line.slice(0, start) + d.fix + line.slice(end);
      changed = true;
      done.push(`${file}:${d.line}:${d.column} ${line.slice(start, end)} → ${d.fix}`);
    }
    if (changed) writeFileSync(path, lines.join('\n'));
  }
  return done.reverse();
}

/**
 * Brings remote pictures home: saved beside their note, and the note's address changed. A picture that cannot be
 * fetched, is too large or is none stays where it is.
 */
export async function bringHome(site: string, pictures: ExternalLink[]): Promise<string[]> {
  const done: string[] = [];
  for (const { url, file } of pictures) {
    let bytes: Uint8Array;
    let extension: string | undefined;
    try {
      const response = await fetch(url, {
        signal: AbortSignal.timeout(15_000),
        headers: { 'user-agent': `postil/${version}` },
      });
      extension = TYPES[(response.headers.get('content-type') ?? '').split(';')[0]!.trim()];
      if (!response.ok || !extension || Number(response.headers.get('content-length') ?? 0) > MAX_PICTURE) {
        done.push(`${file}: ${url} is no picture that can be fetched; left as it is`);
        continue;
      }
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch {
      done.push(`${file}: ${url} cannot be reached; left as it is`);
      continue;
    }
    if (bytes.length > MAX_PICTURE) continue;
    const note = file.replace(/\.md$/, '');
    const base =
      slugify(decodeURIComponentSafe(new URL(url).pathname.split('/').at(-1) ?? '').replace(/\.\w+$/, '')) ??
      'picture';
    const sum = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    const name = `${base}-${sum}.${extension}`;
    mkdirSync(join(site, note), { recursive: true });
    writeFileSync(join(site, note, name), bytes);
    const path = join(site, file);
    const text = readFileSync(path, 'utf8');
    const relative = `${encodeURI(note.split('/').at(-1)!)}/${name}`;
    writeFileSync(path, text.split(url).join(relative));
    done.push(`${file}: ${url} → ${join(dirname(file), relative)}`);
  }
  return done;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
