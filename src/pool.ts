/**
 * Runs compile for many notes in worker threads. Always there, however few they are: a note that hangs, nests too
 * deeply or exhausts memory then ends a thread, not the build, and is judged by one and the same stack
 * everywhere. The threads live on between builds of one process, and keep no process alive.
 */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import type { Tinypool } from 'tinypool';
import { importModule } from './bundled.ts';
import type { Batch, Outcome } from './compile/batch.ts';
import type { FormulasJob } from './compile/formulas-ahead.ts';
import type { CompileOptions } from './compile/options.ts';
import { noteExhausted, noteFailed } from './diagnostics/messages.ts';
import { type Drawings, drawnBy } from './drawings.ts';
import type { Source } from './model.ts';
import { root } from './package.ts';
import type { PrintJob } from './printing/thread.ts';
import type { WordsAhead } from './search/thread.ts';
import type { WordFile, WordsJob } from './search/word-files.ts';

/** Notes in one message to a worker. */
const BATCH = 16;
/** Notes in one message that draw with the same library. */
const DRAWING_BATCH = 64;
/** From so many notes on, one thread prints formulas first, and of so many. */
const AHEAD = { fewest: 100, most: 1_000 };
/** Another thread pays from this much text on. */
const PER_THREAD = 50_000;
/** A note that takes longer, or more memory, is reported and left out. */
const LIMIT_MS = 8_000;
/** A thread that waits without working is given up after this long. */
const IDLE_LIMIT_MS = 60_000;
const LIMIT_MB = 352;
/** Of a thread's first generation. With 64 a site of 10,000 notes takes 150 MB more, and no less time. */
const YOUNG_MB = 32;
const STACK_MB = 4;
const LOOK_MS = 100;
const KEEP_MS = 1_000;

export interface Compiled {
  source: Source;
  result: Outcome;
}

export interface PoolOptions {
  jobs: number | undefined;
  signal: AbortSignal | undefined;
  drawings: (text: string) => Drawings;
  /** See `Batch`. */
  build: number;
}

/** What threads are at, in all builds of this process: of each task, how many notes were begun. */
const batches = new Set<Int32Array>();

interface Pool {
  threads: number;
  workers: Promise<Tinypool>;
  /** How many are at work with it, or about to be. */
  users: number;
}

let pool: Pool | undefined;

/** The pool, with at least `wanted` threads and at most `most`, or the one that others are at work with. */
function poolOf(wanted: number, most: number): Pool {
  if (pool && (pool.users > 0 || (pool.threads >= wanted && pool.threads <= most))) return pool;
  const closed = closePool();
  pool = { threads: wanted, workers: closed.then(() => start(wanted)), users: 0 };
  return pool;
}

/** Has threads do something. Until it is done, no other build ends them. */
async function inPool<T>(used: Pool, task: (workers: Tinypool) => Promise<T>): Promise<T> {
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

/** How many threads are worth their start. @param size characters of all the notes */
function threadsFor(notes: number, size: number, most: number): number {
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

/** A thread that makes the word files of the search index. */
export interface WordsAside {
  /** @returns the files; nothing when the thread could not */
  files(job: WordsJob): Promise<WordFile[] | undefined>;
  /** Nobody will ask any more. */
  close(): void;
}

/**
 * Has a thread, if one is there, read what it will make word files from: one and the same thread, which waits for the rest.
 *
 * @returns nothing when there is no thread
 */
export function wordsAside(ahead: WordsAhead): WordsAside | undefined {
  if (!pool) return undefined;
  const { port1, port2 } = new MessageChannel();
  const task = { ...ahead, port: port2 };
  const made = inPool(pool, (workers) => workers.run(task, { name: 'words', transferList: [port2] })).catch(
    () => undefined,
  ) as Promise<WordFile[] | undefined>;
  return {
    files: (job) => {
      port1.postMessage(job);
      return made;
    },
    close: () => {
      // A message, since a port that is closed before the thread has it never tells so.
      port1.postMessage(undefined);
      made.finally(() => port1.close());
    },
  };
}

/**
 * Makes and writes files in a thread, starting threads when there are none.
 *
 * @returns the hash of each that was written; nothing when it could not
 */
export async function printAside(job: PrintJob): Promise<(string | undefined)[] | undefined> {
  try {
    const used = pool ?? poolOf(1, availableParallelism());
    return await inPool(used, (workers) => workers.run(job, { name: 'print' }));
  } catch {
    return undefined;
  }
}

/**
 * Has threads load what they will print with, while notes are linked and they have nothing to do. One thread alone
 * has: it reads ahead for the search index.
 */
export async function warmPrinting(): Promise<void> {
  if (pool?.threads === 1) return;
  // What goes wrong here goes wrong again when a page is made, and is told then.
  for (const warm of await inEachThread('warm')) warm.catch(() => {});
}

/** Has each thread keep what V8 has compiled of its code, unless that is kept already. */
export async function keepCodeAside(): Promise<void> {
  const kept = await inEachThread('keepCode');
  // No build is worth waiting longer for it.
  await Promise.race([Promise.all(kept), setTimeout(KEEP_MS, undefined, { ref: false })]).catch(() => {});
}

/** Starts a task that takes nothing in each of the threads that are there, where none has other work. */
async function inEachThread(name: 'warm' | 'keepCode'): Promise<Promise<unknown>[]> {
  const threads = pool?.threads ?? 0;
  const workers = await pool?.workers.catch(() => undefined);
  return workers ? Array.from({ length: threads }, () => workers.run(undefined, { name })) : [];
}

/** Ends the threads; for programs that want to be rid of them at once. */
export async function closePool(): Promise<void> {
  const old = pool;
  pool = undefined;
  await old?.workers.then((workers) => workers.destroy()).catch(() => {});
}

/**
 * Compiles notes; results come in any order, one for each.
 *
 * @param how.jobs worker threads, `undefined` for one a core
 * @param how.signal ends it
 * @param how.drawings what is known of the drawings in a text
 * @param how.build number of the build that keeps the results, 0 for none
 */
export async function* compileAll(
  sources: Source[],
  options: CompileOptions,
  how: PoolOptions,
): AsyncGenerator<Compiled> {
  if (sources.length === 0) return;
  const most = how.jobs ?? availableParallelism();
  const size = sources.reduce((sum, s) => sum + s.text.length, 0);
  const threads = threadsFor(sources.length, size, most);
  const used = poolOf(threads, most);
  // Between two batches too.
  used.users++;
  try {
    yield* compileIn(await used.workers, threads, sources, options, how);
  } finally {
    used.users--;
  }
}

/** @param threads for how many there are batches on their way */
async function* compileIn(
  workers: Tinypool,
  threads: number,
  sources: Source[],
  options: CompileOptions,
  how: PoolOptions,
): AsyncGenerator<Compiled> {
  const queue = inBatches(sources, threads).map((batch) => ({ sources: batch, last: false, spent: 0 }));
  const running = new Set<Promise<Compiled[]>>();
  const start = async ({ sources: batch, last, spent }: (typeof queue)[number]): Promise<Compiled[]> => {
    const { outcomes, culprit, reason, took } = await run(workers, batch, options, how, spent);
    if (outcomes) return outcomes.map((result, i) => ({ source: batch[i]!, result }));
    const source = batch[culprit]!;
    const others = batch.filter((s) => s !== source);
    if (others.length > 0) queue.unshift({ sources: others, last: false, spent: 0 });
    // A thread may die of what others did to it: once more, in a fresh one, for the rest of its time.
    if (reason !== 'time' && !last) {
      queue.unshift({ sources: [source], last: true, spent: took });
      return [];
    }
    const at = { file: `posts/${source.path}` };
    const failed =
      reason instanceof Error
        ? noteFailed(at, reason.message)
        : noteExhausted(at, reason === 'time' ? `${LIMIT_MS / 1000} s` : `${LIMIT_MB} MB`);
    return [{ source, result: { failed } }];
  };
  const stopAhead =
    threads > 1 && sources.length >= AHEAD.fewest ? printAhead(workers, sources, options, how) : undefined;
  try {
    while (queue.length > 0 || running.size > 0) {
      while (queue.length > 0 && running.size < threads + 1) {
        const task = start(queue.shift()!);
        running.add(task);
        task.catch(() => {});
      }
      const [task, done] = await Promise.race([...running].map((t) => t.then((d) => [t, d] as const)));
      running.delete(task);
      yield* done;
    }
  } finally {
    stopAhead?.();
  }
}

/**
 * Has a thread print formulas before the notes are compiled in which they stand.
 *
 * @returns tells it that nobody needs the rest
 */
function printAhead(
  workers: Tinypool,
  sources: Source[],
  options: CompileOptions,
  { signal }: PoolOptions,
): () => void {
  const begun = new Int32Array(new SharedArrayBuffer(8));
  const job: FormulasJob = { sources: sources.slice(0, AHEAD.most), options, begun };
  // What goes wrong goes wrong again when the note is compiled, and is told then.
  watched(begun, { signal, before: 0 }, (ended) => workers.run(job, { name: 'printAhead', signal: ended }));
  return () => {
    Atomics.store(begun, 1, 1);
  };
}

/**
 * Notes that draw with one library go to one thread, and first, since they take longest: to load such a library
 * and to run it for the first times costs as much as a hundred notes without drawings, in each thread anew.
 */
function inBatches(sources: Source[], threads: number): Source[][] {
  const plain: Source[] = [];
  const drawing = new Map<string, Source[]>();
  for (const source of sources) {
    const library = drawnBy(source.text);
    if (library === undefined) plain.push(source);
    else if (drawing.has(library)) drawing.get(library)!.push(source);
    else drawing.set(library, [source]);
  }
  const length = Math.min(BATCH, Math.ceil(sources.length / (2 * threads)));
  return [...[...drawing.values()].flatMap((list) => cut(list, DRAWING_BATCH)), ...cut(plain, length)];
}

function cut<T>(list: T[], length: number): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < list.length; i += length) out.push(list.slice(i, i + length));
  return out;
}

/** Has a worker compile a batch. Without outcomes, `culprit` is the note at which the worker hung or died; `took` what it was given, with `before`. */
async function run(
  workers: Tinypool,
  sources: Source[],
  options: CompileOptions,
  { signal, drawings, build }: PoolOptions,
  before: number,
): Promise<{ outcomes?: Outcome[]; culprit: number; took: number; reason?: 'time' | 'memory' | Error }> {
  signal?.throwIfAborted();
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const drawn = Object.assign({}, ...sources.map((s) => drawings(s.text))) as Drawings;
  const batch: Batch = { sources, options, drawn, begun, build };
  const { done, error, slow, took } = await watched(
    begun,
    { signal, before },
    (ended) => workers.run(batch, { signal: ended }) as Promise<Outcome[]>,
  );
  if (done) return { outcomes: done, culprit: -1, took: 0 };
  signal?.throwIfAborted();
  const count = Atomics.load(begun, 0);
  // It failed before the first note: the worker itself is broken.
  if (count === 0) throw error;
  const { code } = error as NodeJS.ErrnoException;
  const reason = slow ? 'time' : code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : (error as Error);
  return { culprit: count - 1, took, reason };
}

/**
 * Waits for a thread that is at work on notes, and ends it when one of them takes too long or the build is to end.
 *
 * @param begun its first number: how many notes the thread has begun
 * @param how.before what the first note was given already, in milliseconds
 * @returns what it has done; or its error, whether that is because of the time, and what the last note was given
 */
async function watched<T>(
  begun: Int32Array,
  { signal, before }: { signal: AbortSignal | undefined; before: number },
  task: (ended: AbortSignal) => Promise<T>,
): Promise<{ done?: T; error?: unknown; slow: boolean; took: number }> {
  const abort = new AbortController();
  batches.add(begun);
  let slow = false;
  let seen = 0;
  let spent = new Spent(before);
  const watch = setInterval(() => {
    const count = Atomics.load(begun, 0);
    if (count !== seen || count === 0) [seen, spent] = [count, new Spent(before)];
    slow = spent.isOver();
    if (slow || signal?.aborted) abort.abort();
  }, LOOK_MS);
  try {
    return { done: await task(abort.signal), slow: false, took: 0 };
  } catch (error) {
    return { error, slow, took: spent.milliseconds };
  } finally {
    clearInterval(watch);
    batches.delete(begun);
  }
}

/**
 * Time that a note was given. On a machine with other things to do, much of what the clock says went to them:
 * what counts is at most its thread's share of the processor time, so that load fails no note.
 */
class Spent {
  readonly #start = performance.now();
  #wall = this.#start;
  #processor = process.cpuUsage();
  /** So far, with those of an earlier try. */
  milliseconds: number;

  constructor(before: number) {
    this.milliseconds = before;
  }

  isOver(): boolean {
    const now = performance.now();
    const processor = process.cpuUsage();
    const used = processor.user + processor.system - this.#processor.user - this.#processor.system;
    // A batch that no thread has begun waits for one: it takes no part.
    const busy = [...batches].filter((begun) => Atomics.load(begun, 0) > 0).length;
    this.milliseconds += Math.min(now - this.#wall, used / 1000 / Math.max(1, busy));
    this.#wall = now;
    this.#processor = processor;
    return this.milliseconds > LIMIT_MS || now - this.#start > IDLE_LIMIT_MS;
  }
}
