/**
 * Has the pages of notes made in threads, in batches, while whoever asks goes on. A page that a thread cannot make is
 * made here, as all are when there are few: what goes wrong is then told as if there were no threads.
 */

import { setImmediate } from 'node:timers/promises';
import type { NoteSheet, SiteSheet } from '../emit/emit.ts';
import { pagesAside } from '../pool.ts';
import type { PrintedPage } from './thread.ts';

/** Pages in one message to a thread. */
const BATCH = 24;
/** Fewer are made here: a thread pays only when it prints for a while. */
const FEWEST = 2 * BATCH;
/** Batches on their way: enough to keep threads at work while other pages are made, few enough for the memory. */
const MOST_RUNNING = 50;

interface Waiting {
  sheet: NoteSheet;
  /** Takes the page once it is made. */
  done: (printed: PrintedPage | undefined) => Promise<void>;
}

export class Printing {
  readonly #site: SiteSheet;
  readonly #running = new Set<Promise<void>>();
  #waiting: Waiting[] = [];
  #begun = false;
  #failure: { error: unknown } | undefined;
  #closed = false;

  constructor(site: SiteSheet) {
    this.#site = site;
  }

  /**
   * Has a page made.
   *
   * @param done gets the page, or nothing: then it is to be made by whoever asked
   * @throws what `done` threw, for this page or an earlier one
   */
  async add(sheet: NoteSheet, done: Waiting['done']): Promise<void> {
    this.#waiting.push({ sheet, done });
    if (this.#waiting.length < (this.#begun ? BATCH : FEWEST)) return;
    this.#begun = true;
    while (this.#waiting.length >= BATCH) await this.#start(this.#waiting.splice(0, BATCH));
    // Only now do threads hear of it, and is heard what they have made.
    await setImmediate();
  }

  /** Waits for all pages. @throws what `done` threw */
  async finish(): Promise<void> {
    const rest = this.#closed ? [] : this.#waiting.splice(0);
    if (this.#begun && rest.length > 0) await this.#start(rest);
    else for (const { done } of rest) await done(undefined);
    await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }

  /** Nobody is told of pages any more: whoever asked for them has given up. */
  close(): void {
    this.#closed = true;
  }

  async #start(batch: Waiting[]): Promise<void> {
    while (this.#running.size >= MOST_RUNNING) await Promise.race(this.#running);
    if (this.#failure) throw this.#failure.error;
    const task: Promise<void> = this.#print(batch)
      .catch((error) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(task));
    this.#running.add(task);
  }

  async #print(batch: Waiting[]): Promise<void> {
    const job = { site: this.#site, notes: batch.map((w) => w.sheet) };
    const printed = await pagesAside(job);
    for (const [i, { done }] of batch.entries()) {
      if (this.#failure || this.#closed) return;
      await done(printed?.[i]);
    }
  }
}
