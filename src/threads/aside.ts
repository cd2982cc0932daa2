/** What threads do beside compile, while whoever asks goes on: print files of the site, make word files, keep their code. */

import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import type { PrintJob } from '../printing/thread.ts';
import type { WordsAhead } from '../search/thread.ts';
import type { WordFile, WordsJob } from '../search/word-files.ts';
import { inPool, poolOf, poolThere } from './pool.ts';

const KEEP_MS = 1_000;

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
  const pool = poolThere();
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
    const used = poolThere() ?? poolOf(1, availableParallelism());
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
  if (poolThere()?.threads === 1) return;
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
  const pool = poolThere();
  const workers = await pool?.workers.catch(() => undefined);
  return workers ? Array.from({ length: pool!.threads }, () => workers.run(undefined, { name })) : [];
}
