/** `postil check --fix`: what is safe to change in notes. Every change is one that a message offered. */

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { attempt } from '../disk-error.ts';
import { type BroughtHome, bringHome } from '../images/bring-home.ts';
import type { Diagnostic } from '../model.ts';
import { writeWhole } from '../whole-file.ts';
import type { Picture } from './notes.ts';

/**
 * Puts the offered text in place of each marked span. Spans are taken from the end of a file, so that earlier
 * ones keep their place; one whose line is no longer what the message saw is left alone.
 *
 * @returns lines that say what was done
 * @throws DiskError; every note is whole then, as it was or as it was to be
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
    const { lines, textOf } = linesOf(attempt('read', path, () => readFileSync(path, 'utf8')));
    const last = [...list].sort((a, b) => b.line! - a.line! || b.column! - a.column!);
    let changed = false;
    for (const d of last) {
      const line = lines[d.line! - 1];
      const start = d.column! - 1;
      const end = start + (d.length ?? 0);
      const from = d.frame?.from ?? 0;
      const seen = d.frame?.lines[d.line! - d.frame.first]?.slice(0, end - from);
      if (line === undefined || (seen !== undefined && line.slice(from, from + seen.length) !== seen))
        continue;
      lines[d.line! - 1] = line.slice(0, start) + d.fix + line.slice(end);
      changed = true;
      done.push(`${file}:${d.line}:${d.column} ${line.slice(start, end)} → ${d.fix}`);
    }
    if (changed) writeWhole(path, textOf(lines));
  }
  return done.reverse();
}

/**
 * A file's lines as messages count them (`read/decode.ts`): without a BOM, a stray carriage return ends one too.
 *
 * @returns the lines, and what makes a text of them again, with the ends that they had
 */
function linesOf(text: string): { lines: string[]; textOf: (lines: string[]) => string } {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const parts = text.slice(mark.length).split(/(\r\n|\r|\n)/);
  return {
    lines: parts.filter((_, i) => i % 2 === 0),
    textOf: (lines) => mark + lines.map((line, i) => line + (parts[2 * i + 1] ?? '')).join(''),
  };
}

/**
 * Brings remote pictures home: each is saved once in the folder of its note, and the address of the image changed where
 * it stands.
 *
 * @returns lines that say what was done and what was not
 * @throws DiskError, as above
 */
export async function fetchPictures(site: string, pictures: Picture[]): Promise<string[]> {
  const byFile = new Map<string, Picture[]>();
  for (const p of pictures) byFile.set(p.file, [...(byFile.get(p.file) ?? []), p]);
  const said: string[] = [];
  for (const [file, list] of byFile) {
    const path = join(site, file);
    const parent = dirname(path);
    const folder = basename(file).replace(/\.md$/i, '');
    const taken = new Set(
      existsSync(join(parent, folder)) ? readdirSync(join(parent, folder)).map((f) => `${folder}/${f}`) : [],
    );
    const homes = new Map<string, Awaited<ReturnType<typeof bringHome>>>();
    for (const { url } of list) {
      if (homes.has(url)) continue;
      const home = await bringHome(folder, url, taken);
      homes.set(url, home);
      if ('file' in home) taken.add(home.file);
    }
    const { lines, textOf } = linesOf(attempt('read', path, () => readFileSync(path, 'utf8')));
    const used = new Set<BroughtHome>();
    const here: string[] = [];
    const last = [...list].sort((a, b) => b.line - a.line || b.column - a.column);
    for (const { url, line, column, written } of last) {
      const at = `${file}:${line}:${column} ${url}`;
      const home = homes.get(url)!;
      const text = lines[line - 1] ?? '';
      const before = text.slice(0, column - 1);
      const rest = text.slice(column - 1);
      if ('problem' in home) here.push(`not fixed ${at} stays: ${home.problem}`);
      else if (!rest.startsWith(written)) here.push(`not fixed ${at} stays: the note has changed`);
      else {
        lines[line - 1] = before + home.address + rest.slice(written.length);
        used.add(home);
        here.push(`fixed ${at} → ${home.address}`);
      }
    }
    said.push(...here.reverse());
    if (used.size === 0) continue;
    attempt('write', join(parent, folder), () => mkdirSync(join(parent, folder), { recursive: true }));
    for (const home of used) writeWhole(join(parent, home.file), home.bytes);
    writeWhole(path, textOf(lines));
  }
  return said;
}
