/**
 * Runs the files of the bundle, and keeps beside them what V8 has compiled of them. Most of what a thread does before
 * its first note is compiling Postil itself; Node 20 has no cache for that, and V8's own is for scripts: so the bundle is
 * CommonJS, run here. (From Node 22 on `module.enableCompileCache` would do, for modules too.)
 *
 * What is kept lies in the package's own folder, and is trusted as its code is: it is code. Where that folder cannot be
 * written, nothing is kept. Another version of V8, of its settings or of the bundle finds nothing of it.
 */

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { threadId } from 'node:worker_threads';
import type { Bundled } from './bundled.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const outside = createRequire(import.meta.url);
/** A name that holds a hash of what is in the file: V8 itself compares no more of two sources than their length. */
const HASHED = /-[\w-]{8}\.cjs$/;
/** Bytes of a hash before what V8 gives. */
const HASH_BYTES = 32;

// biome-ignore lint/suspicious/noExplicitAny: whatever a file exports
type Exports = Record<string, any>;
const modules = new Map<string, { exports: Exports }>();
/** Scripts of which nothing is kept, by name, with V8's version and settings when they were compiled. */
const unkept = new Map<string, { script: Script; version: number }>();

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
  const head = '(function (exports, require, module, __filename, bundled) {';
  // The bundle is ASCII: no character has to be looked at.
  const source = `${head}${readFileSync(filename, 'latin1')}\n})`;
  const version = cachedDataVersionTag();
  const keeps = HASHED.test(name);
  const cachedData = keeps ? readKept(name, version) : undefined;
  const script = new Script(source, {
    filename,
    columnOffset: -head.length,
    ...(cachedData && { cachedData }),
  });
  if (keeps && (!cachedData || script.cachedDataRejected)) unkept.set(name, { script, version });
  script.runInThisContext()(module.exports, require, module, filename, bundled);
}

const keptFile = (name: string, version: number) => join(folder, 'code', String(version), name);

/** V8 does not look whether what it is given is whole, and one bit changed can end the process. */
function readKept(name: string, version: number): Buffer | undefined {
  try {
    const kept = readFileSync(keptFile(name, version));
    const code = kept.subarray(HASH_BYTES);
    return hash(code).equals(kept.subarray(0, HASH_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what was compiled, with all that ran since, under V8's present settings. */
function keepCode(): void {
  const now = cachedDataVersionTag();
  for (const [name, { script, version }] of unkept) {
    if (version !== now) continue;
    unkept.delete(name);
    const file = keptFile(name, version);
    const whole = `${file}.${process.pid}-${threadId}`;
    const code = script.createCachedData();
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(whole, Buffer.concat([hash(code), code]));
      renameSync(whole, file);
    } catch {
      // Not ours to write, or no room.
      unkept.clear();
      discard(whole);
    }
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

/** Not loaded by a command that keeps and finds nothing. */
function hash(bytes: Uint8Array): Buffer {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest();
}
