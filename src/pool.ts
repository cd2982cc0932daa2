/** Runs compile for many notes: here when they are few and small, in worker threads otherwise. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Packed } from './compile/batch.ts';
import type { CompileOptions } from './compile/options.ts';
import { noteExhausted } from './diagnostics/messages.ts';
import type { Drawings } from './drawings.ts';
import type { Diagnostic, Source } from './model.ts';
import { root } from './package.ts';

/** Up to this much work is done sooner than a worker starts. */
const FEW = 8;
const SMALL = 24_000;
/** Notes in one message to a worker. */
const BATCH = 16;
/** A note that takes longer, or more memory, is reported and left out. */
const LIMIT_MS = 10_000;
const LIMIT_MB = 512;
/** So that the same note nests equally deep everywhere. */
const STACK_MB = 4;

export interface Compiled {
  source: Source;
  result: Packed | { failed: Diagnostic };
}

/**
 * Compiles notes; results come in any order.
 *
 * @param jobs worker threads, `undefined` for one a core
 * @param drawings what is known of the drawings in a text, and whether some are still to be made
 */
export async function* compileAll(
  sources: Source[],
  options: CompileOptions,
  jobs: number | undefined,
  drawings: (text: string) => { known: Drawings; missing: boolean } = () => ({ known: {}, missing: false }),
): AsyncGenerator<Compiled> {
  const size = sources.reduce((sum, s) => sum + s.text.length, 0);
  const asked = new Map(sources.map((s) => [s, drawings(s.text)]));
  // Laying out a diagram may take any time: that is for a worker, which can be ended.
  const bounded = ![...asked.values()].some((a) => a.missing);
  if (sources.length <= FEW && size <= SMALL && bounded) {
    const { compileBatch } = await import('./compile/batch.ts');
    for (const source of sources) {
      const [result] = await compileBatch({ sources: [source], options, drawn: asked.get(source)!.known });
      yield { source, result: result! };
    }
    return;
  }
  const { Tinypool } = await import('tinypool');
  const threads = Math.min(jobs ?? availableParallelism(), Math.ceil(sources.length / BATCH)) || 1;
  const make = () =>
    new Tinypool({
      filename: join(root, 'bundle', 'worker.js'),
      minThreads: threads,
      maxThreads: threads,
      runtime: 'worker_threads',
      resourceLimits: { maxOldGenerationSizeMb: LIMIT_MB, stackSizeMb: STACK_MB },
    });
  let pool = make();
  // A pool whose worker dies says so here; the run that it was busy with is rejected as well.
  pool.on('error', () => {});
  const run = async (batch: Source[]): Promise<Packed[]> => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), LIMIT_MS * (batch.length === 1 ? 1 : 3));
    try {
      const drawn = Object.assign({}, ...batch.map((s) => asked.get(s)!.known)) as Drawings;
      return (await pool.run({ sources: batch, options, drawn }, { signal: abort.signal })) as Packed[];
    } finally {
      clearTimeout(timer);
    }
  };
  const batches: Source[][] = [];
  for (let i = 0; i < sources.length; i += BATCH) batches.push(sources.slice(i, i + BATCH));

  const suspects: Source[] = [];
  try {
    const pending = new Map<number, Promise<{ id: number; done: Compiled[] }>>();
    let next = 0;
    const start = () => {
      const id = next++;
      const batch = batches[id]!;
      pending.set(
        id,
        run(batch).then(
          (packed) => ({ id, done: packed.map((result, i) => ({ source: batch[i]!, result })) }),
          () => {
            suspects.push(...batch);
            return { id, done: [] };
          },
        ),
      );
    };
    while (next < batches.length || pending.size > 0) {
      while (next < batches.length && pending.size < threads * 2) start();
      const { id, done } = await Promise.race(pending.values());
      pending.delete(id);
      yield* done;
    }
    // One note of a failed batch is to blame: each again, alone, with its own limits.
    for (const source of suspects) {
      try {
        const [result] = await run([source]);
        yield { source, result: result! };
      } catch (error) {
        const reason =
          error instanceof Error && error.name === 'AbortError' ? `${LIMIT_MS / 1000} s` : `${LIMIT_MB} MB`;
        yield { source, result: { failed: noteExhausted({ file: `posts/${source.path}` }, reason) } };
        await pool.destroy().catch(() => {});
        pool = make();
        pool.on('error', () => {});
      }
    }
  } finally {
    await pool.destroy().catch(() => {});
  }
}
