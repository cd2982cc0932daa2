/**
 * Runs compile for many notes in threads. Always there, however few they are: a note that hangs, nests too
 * deeply or exhausts memory then ends a thread, not the build, and is judged by one and the same stack
 * everywhere.
 */

import { availableParallelism } from 'node:os';
import type { Tinypool } from 'tinypool';
import type { Batch, Outcome } from '../compile/batch.ts';
import type { FormulasJob } from '../compile/formulas-ahead.ts';
import type { CompileOptions } from '../compile/options.ts';
import { noteExhausted, noteFailed, pluginFailed } from '../diagnostics/messages.ts';
import { type Drawings, drawnBy } from '../drawings.ts';
import type { Diagnostic, Source } from '../model.ts';
import { LIMIT_MB, poolOf, threadsFor } from './pool.ts';
import { LIMIT_MS, watched } from './time-limit.ts';

/** Notes in one message to a worker. */
const BATCH = 16;
/** Notes in one message that draw with the same library. */
const DRAWING_BATCH = 64;
/** From so many notes on, one thread prints formulas first, and of so many. */
const AHEAD = { fewest: 100, most: 1_000 };

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

/** Notes for a thread. */
interface Waiting {
  sources: Source[];
  /** Whether this is the only one left of a batch that ended a thread. */
  last: boolean;
  /** How long it has taken, in milliseconds, in threads that died. */
  spent: number;
  /** Whether a thread ended before it began with them. */
  lost: boolean;
}

/** @param threads for how many there are batches on their way */
async function* compileIn(
  workers: Tinypool,
  threads: number,
  sources: Source[],
  options: CompileOptions,
  how: PoolOptions,
): AsyncGenerator<Compiled> {
  const queue: Waiting[] = inBatches(sources, threads).map((batch) => ({
    sources: batch,
    last: false,
    spent: 0,
    lost: false,
  }));
  const running = new Set<Promise<Compiled[]>>();
  const start = async ({ sources: batch, last, spent, lost }: Waiting): Promise<Compiled[]> => {
    const { outcomes, culprit, plugin, reason, took } = await run(workers, batch, options, how, spent);
    if (outcomes) return outcomes.map((result, i) => ({ source: batch[i]!, result }));
    const source = batch[culprit];
    if (!source) {
      // It may have been given to a thread that was being ended for another task. Twice, and threads are broken.
      if (lost) throw reason;
      queue.unshift({ sources: batch, last, spent, lost: true });
      return [];
    }
    const others = batch.filter((s) => s !== source);
    if (others.length > 0) queue.unshift({ sources: others, last: false, spent: 0, lost });
    // A thread may die of what others did to it: once more, in a fresh one, for the rest of its time.
    if (reason !== 'time' && !last) {
      queue.unshift({ sources: [source], last: true, spent: took, lost });
      return [];
    }
    const at = { file: `posts/${source.path}` };
    const limit = reason === 'time' ? `${LIMIT_MS / 1000} s` : `${LIMIT_MB} MB`;
    const failed =
      reason instanceof Error
        ? await faultOf(at, reason, options)
        : plugin !== undefined
          ? pluginFailed(at, plugin, `it takes more than ${limit}`)
          : noteExhausted(at, limit);
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

/** An error that ended a thread: a plugin's, where that is what left it. */
async function faultOf(at: { file: string }, error: Error, { plugins }: CompileOptions): Promise<Diagnostic> {
  if (plugins && error.stack?.includes(plugins.hash)) {
    const { PluginError, pluginFault } = await import('../plugin-fault.ts');
    const all = plugins.list.map((p) => p.use).join(', ');
    return pluginFault(at, new PluginError(all, error), plugins);
  }
  return noteFailed(at, error.message);
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

/**
 * Has a worker compile a batch. Without outcomes, `culprit` is the note at which the worker hung or died, −1 before the
 * first, `plugin` what was at work on it; `took` what it was given, with `before`.
 */
async function run(
  workers: Tinypool,
  sources: Source[],
  options: CompileOptions,
  { signal, drawings, build }: PoolOptions,
  before: number,
): Promise<{
  outcomes?: Outcome[];
  culprit: number;
  plugin?: string | undefined;
  took: number;
  reason?: 'time' | 'memory' | Error;
}> {
  signal?.throwIfAborted();
  const begun = new Int32Array(new SharedArrayBuffer(8));
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
  const { code } = error as NodeJS.ErrnoException;
  const isFull = code === 'ERR_WORKER_OUT_OF_MEMORY' && count > 0;
  const reason = slow ? 'time' : isFull ? 'memory' : (error as Error);
  const plugin = options.plugins?.list[Atomics.load(begun, 1) - 1]?.use;
  return { culprit: count - 1, plugin, took, reason };
}
