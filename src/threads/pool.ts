/**
 * The worker threads of this process, shared by all its builds: they live on between builds, and keep no process alive.
 */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Tinypool } from 'tinypool';
import { importModule } from '../bundled.ts';
import { root } from '../package.ts';

/** Another thread pays from this much text on. */
const PER_THREAD = 50_000;
/** Of a thread's old generation: a note that takes more is left out. */
export const LIMIT_MB = 352;
/** Of a thread's first generation. With 64 a site of 10,000 notes takes 150 MB more, and no less time. */
const YOUNG_MB = 32;
const STACK_MB = 4;

export interface Pool {
  threads: number;
  workers: Promise<Tinypool>;
  /** The same, once they are there. */
  started?: Tinypool;
  /** How many are at work with it, or about to be. */
  users: number;
}

let pool: Pool | undefined;

/** The pool, with at least `wanted` threads and at most `most`, or the one that others are at work with. */
export function poolOf(wanted: number, most: number): Pool {
  if (pool && (pool.users > 0 || (pool.threads >= wanted && pool.threads <= most))) return pool;
  const closed = closePool();
  const fresh: Pool = { threads: wanted, workers: closed.then(() => start(wanted)), users: 0 };
  fresh.workers.then(
    (workers) => {
      fresh.started = workers;
    },
    () => {},
  );
  pool = fresh;
  return pool;
}

/** Has threads do something. Until it is done, no other build ends them. */
export async function inPool<T>(used: Pool, task: (workers: Tinypool) => Promise<T>): Promise<T> {
  used.users++;
  try {
    return await task(await used.workers);
  } finally {
    used.users--;
  }
}

async function start(threads: number): Promise<Tinypool> {
  const { Tinypool } = await importModule<typeof import('tinypool')>('tinypool');
  const workers = new Tinypool({
    filename: join(root, 'bundle', 'worker.js'),
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: {
      maxOldGenerationSizeMb: LIMIT_MB,
      maxYoungGenerationSizeMb: YOUNG_MB,
      stackSizeMb: STACK_MB,
    },
  });
  // A thread that dies at work also rejects the task that it was at.
  workers.on('error', () => {});
  return workers;
}

/** @returns the pool, where threads were started */
export function poolThere(): Pool | undefined {
  return pool;
}

/** How many threads are worth their start. @param size characters of all the notes */
export function threadsFor(notes: number, size: number, most: number): number {
  return Math.min(most, notes, Math.ceil(size / PER_THREAD) || 1);
}

/**
 * Starts threads for notes that will come, while whoever calls still reads other things.
 *
 * @param bytes length of each note; Chinese takes three for a character, the rest of a note one
 * @param jobs as for `compileAll`
 */
export async function warmPool(bytes: number[], jobs: number | undefined): Promise<void> {
  if (bytes.length === 0) return;
  const most = jobs ?? availableParallelism();
  const size = bytes.reduce((sum, b) => sum + b / 2, 0);
  // What goes wrong here goes wrong again when a note is compiled, and is told then.
  await poolOf(threadsFor(bytes.length, size, most), most).workers.catch(() => {});
}

/**
 * Ends the threads; for programs that want to be rid of them at once. Those that are there begin to end before this
 * returns: it takes them some 30 ms, in which whoever calls may do other things.
 */
export async function closePool(): Promise<void> {
  const old = pool;
  pool = undefined;
  const ended = old?.started?.destroy() ?? old?.workers.then((workers) => workers.destroy());
  await ended?.catch(() => {});
}
