/** Lets a long loop come up for air, so that signals and timers are heard. */

import { setImmediate } from 'node:timers/promises';

const EVERY_MS = 40;

/** Counts the time since other things last had their turn. One for each loop, or for loops that follow each other. */
export class Breath {
  readonly #signal: AbortSignal | undefined;
  #last = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** @throws the signal's reason when it was given */
  async take(): Promise<void> {
    if (performance.now() - this.#last > EVERY_MS) {
      await setImmediate();
      this.#last = performance.now();
    }
    this.#signal?.throwIfAborted();
  }
}
