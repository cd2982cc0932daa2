/**
 * What the last build left: stamps that save hashing, and its result, so that a build in which nothing changed
 * compares and ends. One JSON file with a checksum; damaged, foreign or absent, it is as if there was none.
 */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import type { Stamp } from '../stamp.ts';

export interface State {
  /** Hash of all that the build read, the code included. */
  key: string;
  /** Content hashes of the inputs, by path below the site. */
  inputs: Record<string, Stamp>;
  /** Made and copied files, by path below the output folder: key of what went in, stamp of what lies there. */
  outputs: Record<string, [key: string, stamp: Stamp]>;
  diagnostics: Diagnostic[];
  counts: { notes: number; pages: number };
  out: string;
}

const VERSION = 'postil-state-3';

export function loadState(path: string): State | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const cut = text.indexOf('\n');
    const json = text.slice(cut + 1);
    return text.slice(0, cut) === `${VERSION} ${hash(json)}` ? (JSON.parse(json) as State) : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the reason why it could not be kept; that costs the next build time, nothing else */
export function saveState(path: string, state: State): Error | undefined {
  try {
    const json = JSON.stringify(state);
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, `${VERSION} ${hash(json)}\n${json}`);
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
