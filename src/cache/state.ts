/**
 * What the last build left: stamps that save hashing, and its result, so that a build in which nothing changed
 * compares and ends. One JSON file with a checksum; damaged, foreign or absent, it is as if there was none.
 */

import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { BundleInputs } from '../bundling/inputs.ts';
import type { Configured } from '../config/file.ts';
import { discard } from '../disk-error.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import type { Stamp } from '../stamp.ts';

export interface State {
  /** Hash of all that the build read, the code included. */
  key: string;
  /** Content hashes of the inputs, by path below the site. */
  inputs: Record<string, Stamp>;
  /** What else it read: files that only templates and styles name. An older state has none. */
  outside?: BundleInputs;
  /** As it was read; an older state has none. */
  config?: Configured;
  /** Made and copied files, by path below the output folder: key of what went in, stamp of what lies there. */
  outputs: Record<string, [key: string, stamp: Stamp]>;
  diagnostics: Diagnostic[];
  counts: { notes: number; pages: number };
  out: string;
}

const VERSION = 'postil-state-4';

/** @returns when the last build ended, in milliseconds; before everything when there was none */
export function stateTime(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}

/** Reads the state of the last build, if there is a whole one. */
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

/** Keeps the state for the next build; called under the lock. Where it cannot, the next build takes longer. */
export function saveState(path: string, state: State): void {
  const temporary = `${path}.tmp`;
  try {
    const json = JSON.stringify(state);
    writeFileSync(temporary, `${VERSION} ${hash(json)}\n${json}`);
    renameSync(temporary, path);
  } catch {
    // An older state would do no harm either, but half of a new one only takes up space.
    discard(temporary);
  }
}
