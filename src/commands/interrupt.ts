/** Ctrl-C and its like: the work in hand is given up cleanly, and the process ends within a second. */

/** Reason of an abort: the signal that came. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** As shells count: 128 and the signal's number. */
  readonly code: number;
  constructor(signal: keyof typeof NUMBERS) {
    super(`ended by ${signal}`);
    this.code = 128 + NUMBERS[signal];
  }
}

const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
/** A build that does not come up for air in time is cut off; the next one clears up after it. */
const GRACE_MS = 800;

/** @returns a signal that is aborted when the process is told to end, with an `Interrupted` as its reason */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const name of Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]) {
    process.once(name, () => {
      const reason = new Interrupted(name);
      setTimeout(() => process.exit(reason.code), GRACE_MS).unref();
      controller.abort(reason);
    });
  }
  return controller.signal;
}
