/** A call that changed the disk, or was to. */
export interface Change {
  /** As Node calls it: `renameSync`. */
  name: string;
  path: string;
}

/**
 * Begins to count, from 1.
 *
 * @param fault.root only calls below this folder count
 * @param fault.at the call that fails; none with `Infinity`
 * @param fault.fault a system error, or `SIGKILL`
 * @param fault.forever all calls from there on fail
 * @param fault.dead the calls after it fail too and have no effect, not even half of one: as if the process were gone
 */
export function arm(fault: {
  root: string;
  at: number;
  fault: string;
  forever?: boolean;
  dead?: boolean;
}): void;

/** Ends it. @returns the calls, the one that failed included */
export function disarm(): Change[];
