/** `postil check --fix`: what is safe to change in notes. Every change is one that a message offered. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bringHome } from '../images/bring-home.ts';
import type { Diagnostic } from '../model.ts';
import type { ExternalLink } from './external.ts';

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
      const from = d.frame?.from ?? 0;
      const seen = d.frame?.lines[d.line! - d.frame.first]?.slice(0, end - from);
      if (
        line === undefined ||
        (seen !== undefined && line.replace(/\r$/, '').slice(from, from + seen.length) !== seen)
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

/** Brings remote pictures home: saved in the folder of their note, and the note's address changed. */
export async function fetchPictures(site: string, pictures: ExternalLink[]): Promise<string[]> {
  const done: string[] = [];
  for (const { url, file } of pictures) {
    const path = join(site, file);
    const text = readFileSync(path, 'utf8');
    const parent = dirname(path);
    const folder = basename(file, '.md');
    const taken = new Set(
      existsSync(join(parent, folder)) ? readdirSync(join(parent, folder)).map((f) => `${folder}/${f}`) : [],
    );
    const home = await bringHome(text, folder, url, taken);
    if ('problem' in home) {
      done.push(`${file}: ${url} stays: ${home.problem}`);
      continue;
    }
    mkdirSync(join(parent, folder), { recursive: true });
    writeFileSync(join(parent, home.file), home.bytes);
    writeFileSync(path, home.text);
    done.push(`${file}: ${url} → ${home.file}`);
  }
  return done;
}
