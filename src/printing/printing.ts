/**
 * Has files of the site made and written in threads, in batches, while whoever asks goes on. A file that a thread
 * cannot make is made here, as all are when there are few: what goes wrong is then told as if there were no threads.
 */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Sheet, SiteSheet } from '../emit/page.ts';
import { printAside } from '../threads/aside.ts';
import type { Places, PrintingSite } from './thread.ts';

/** Files in one message to a thread. */
const BATCH = 32;
/** In the first ones of a build, whose threads have nothing to do yet. */
const FIRST_BATCH = 8;
const FIRST_BATCHES = 4;
/** Fewer are made here: a thread pays only when it prints for a while. */
const FEWEST = 4 * BATCH;
/** Batches on their way: enough to keep threads at work while other pages are made, few enough for the memory. */
const MOST_RUNNING = 50;

/** A file that a thread wrote. */
export interface Printed {
  /** Where it lies. */
  staged: string;
  /** Hash of its bytes. */
  content: string;
}

interface Waiting {
  path: string;
  sheet: Sheet;
  /** Takes the file once it is written. */
  done: (printed: Printed | undefined) => Promise<void>;
}

/** The files of one build. They come back in any order. */
export class Printing {
  readonly #site: PrintingSite;
  readonly #places: (paths: string[]) => Places;
  readonly #running = new Set<Promise<void>>();
  #waiting: Waiting[] = [];
  #begun: boolean;
  #batches = 0;
  #failure: { error: unknown } | undefined;
  #closed = false;

  /**
   * @param store the store's folder: what was compiled lies there
   * @param places says where files of some paths are to be written
   * @param expected how many files at least, as far as is known: enough of them, and threads begin with the first
   */
  constructor(sheet: SiteSheet, store: string, places: (paths: string[]) => Places, expected = 0) {
    this.#places = places;
    this.#begun = expected >= FEWEST;
    this.#site = { build: randomUUID(), sheet, store };
  }

  /** Whether threads are at work: then a file that is made here may be written there. */
  get begun(): boolean {
    return this.#begun;
  }

  /**
   * Has a file made.
   *
   * @param path below the output folder
   * @param done gets the file, or nothing: then it is to be made by whoever asked
   * @throws what `done` threw, for this file or an earlier one
   */
  async add(path: string, sheet: Sheet, done: Waiting['done']): Promise<void> {
    this.#waiting.push({ path, sheet, done });
    if (this.#waiting.length < (this.#begun ? this.#size : FEWEST)) return;
    this.#begun = true;
    while (this.#waiting.length >= this.#size) await this.#start(this.#waiting.splice(0, this.#size));
    // Only now do threads hear of it, and is heard what they have made.
    await setImmediate();
  }

  /** Waits for all files. @throws what `done` threw */
  async finish(): Promise<void> {
    const rest = this.#closed ? [] : this.#waiting.splice(0);
    if (this.#begun && rest.length > 0) await this.#start(rest);
    else for (const { done } of rest) await done(undefined);
    await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }

  /** Nobody is told of files any more: whoever asked for them has given up. */
  close(): void {
    this.#closed = true;
  }

  get #size(): number {
    return this.#batches < FIRST_BATCHES ? FIRST_BATCH : BATCH;
  }

  async #start(batch: Waiting[]): Promise<void> {
    while (this.#running.size >= MOST_RUNNING) await Promise.race(this.#running);
    if (this.#failure) throw this.#failure.error;
    this.#batches++;
    const task: Promise<void> = this.#print(batch)
      .catch((error) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(task));
    this.#running.add(task);
  }

  async #print(batch: Waiting[]): Promise<void> {
    const places = this.#places(batch.map(({ path }) => path));
    const hashes = await printAside({ site: this.#site, sheets: batch.map(({ sheet }) => sheet), places });
    for (const [i, { done }] of batch.entries()) {
      if (this.#failure || this.#closed) return;
      const content = hashes?.[i];
      await done(
        content === undefined ? undefined : { content, staged: join(places.folder, places.names[i]!) },
      );
    }
  }
}
