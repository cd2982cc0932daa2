/**
 * Runs the files of the bundle, and keeps beside them what V8 has compiled of them. Most of what a thread does before
 * its first note is compiling Postil itself; Node 20 has no cache for that, and V8's own is for scripts: so the bundle is
 * CommonJS, run here. (From Node 22 on `module.enableCompileCache` would do, for modules too.)
 *
 * What is kept lies in the package's own folder, and is trusted as its code is: it is code. Where that folder is not
 * ours, nothing is kept. Each Node finds only what it has kept itself, under the same settings of V8, of the same source.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { threadId } from 'node:worker_threads';
import type { Bundled } from './bundled.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const outside = createRequire(import.meta.url);
/** Some files are so small that V8 is as fast without. */
const LEAST = 2_000;
/** Bytes of a hash before what V8 gives. */
const HASH_BYTES = 32;
/** What was kept longer ago, by another Node, goes when something is kept. */
const OLD_MS = 30 * 24 * 3_600_000;

// biome-ignore lint/suspicious/noExplicitAny: whatever a file exports
type Exports = Record<string, any>;
const modules = new Map<string, { exports: Exports }>();
/** Scripts of which nothing is kept, by name, and V8's settings when they were compiled. */
const unkept = new Map<string, { script: Script; source: string; settings: number }>();

const bundled: Bundled = {
  importModule: (specifier) => import(specifier),
  keepCode,
};

/**
 * @param name of a file of the bundle
 * @returns what it exports
 */
export function load(name: string): Exports {
  const known = modules.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(name, module);
  try {
    run(name, module);
  } catch (error) {
    modules.delete(name);
    throw error;
  }
  return module.exports;
}

const require = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : outside(id));

function run(name: string, module: { exports: Exports }): void {
  const filename = join(folder, name);
  const head = '(function (exports, require, module, __filename, bundled) {"use strict";';
  // The bundle is ASCII: no character has to be looked at.
  const source = `${head}${readFileSync(filename, 'latin1')}\n})`;
  const settings = cachedDataVersionTag();
  const keeps = source.length >= LEAST;
  const cachedData = keeps ? readKept(name, source, settings) : undefined;
  const script = new Script(source, {
    filename,
    columnOffset: -head.length,
    ...(cachedData && { cachedData }),
  });
  if (keeps && (!cachedData || script.cachedDataRejected)) unkept.set(name, { script, source, settings });
  script.runInThisContext()(module.exports, require, module, filename, bundled);
}

/** V8 takes what another Node of its own version has kept, and ends the process (nodejs/node#62781). */
const keptIn = (settings: number) =>
  join(folder, 'code', `${process.version}-${process.platform}-${process.arch}-${settings}`);

/** V8 does not look whether what it is given is whole, and compares no more of two sources than their length. */
function readKept(name: string, source: string, settings: number): Buffer | undefined {
  try {
    const kept = readFileSync(join(keptIn(settings), name));
    const code = kept.subarray(HASH_BYTES);
    return hash(source, code).equals(kept.subarray(0, HASH_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what was compiled, with all that ran since, under V8's present settings. */
function keepCode(): void {
  const now = cachedDataVersionTag();
  const fitting = [...unkept].filter(([, { settings }]) => settings === now);
  // What root leaves in a user's folder the user cannot remove.
  if (fitting.length === 0 || (process.getuid && process.getuid() !== statSync(folder).uid)) return;
  const kept = keptIn(now);
  let whole = kept;
  try {
    if (mkdirSync(kept, { recursive: true })) removeOld(kept);
    for (const [name, { script, source }] of fitting) {
      unkept.delete(name);
      const code = script.createCachedData();
      whole = join(kept, `${name}.${process.pid}-${threadId}`);
      writeFileSync(whole, Buffer.concat([hash(source, code), code]));
      renameSync(whole, join(kept, name));
    }
  } catch {
    // Not ours to write, or no room.
    unkept.clear();
    if (whole !== kept) remove(whole);
  }
}

/** @param kept the folder that is new */
function removeOld(kept: string): void {
  for (const name of readdirSync(dirname(kept))) {
    const other = join(dirname(kept), name);
    if (Date.now() - statSync(other).mtimeMs > OLD_MS) remove(other);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true });
  } catch {}
}

/** Not loaded by a command that keeps and finds nothing. */
function hash(source: string, code: Uint8Array): Buffer {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(source, 'latin1').update(code).digest();
}
