/**
 * When V8 optimises code. A build ends before its optimising compiler has paid for itself: it took a quarter of the
 * processor time of a full build, in each thread anew. It is asked for less, and later (docs/performance.md). This is of
 * the whole process: only for one that is Postil's own.
 */

import { setFlagsFromString } from 'node:v8';

/** Bytecodes that a function runs before V8 asks whether to optimise it; V8's own: 67,584. */
const BUDGET = {
  late: 400_000,
  /** For a build in which few notes changed: a build of a thousand takes a fifth longer with this. */
  hardly: 2_000_000,
};

/** Does nothing but in Node 20's V8: others were not measured. */
export function optimise(when: keyof typeof BUDGET): void {
  if (!process.versions.v8.startsWith('11.')) return;
  setFlagsFromString(`--interrupt-budget=${BUDGET[when]}`);
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
}
