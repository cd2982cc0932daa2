/** How long a note may keep a thread. */

/** A note that takes longer is reported and left out. */
export const LIMIT_MS = 8_000;
/** A thread that waits without working is given up after this long. */
const IDLE_LIMIT_MS = 60_000;
const LOOK_MS = 100;

/** What threads are at, in all builds of this process: of each task, how many notes were begun. */
const batches = new Set<Int32Array>();

/**
 * Waits for a thread that is at work on notes, and ends it when one of them takes too long or the build is to end.
 *
 * @param begun its first number: how many notes the thread has begun
 * @param how.before what the first note was given already, in milliseconds
 * @returns what it has done; or its error, whether that is because of the time, and what the last note was given
 */
export async function watched<T>(
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
