/**
 * When V8 optimises code, and when it collects garbage. A build ends before its optimising compiler has paid for itself: it
 * took a quarter of the processor time of a full build, in each thread anew. It is asked for less, and in Node 20 later
 * (docs/performance.md). This is of the whole process: only for one that is Postil's own. Does nothing but in the V8 of
 * Node 20, 22 and 24: others were not measured.
 */

import { setFlagsFromString } from 'node:v8';

/** Bytecodes that a function runs before V8 of Node 20 asks whether to optimise it; V8's own: 67,584. */
const BUDGET = {
  late: 400_000,
  /** For a build in which few notes changed: a build of a thousand takes a fifth longer with this. */
  hardly: 2_000_000,
};

/** By how much of what is in use a heap grows, in percent, before V8 collects; else by up to three times as much as that. */
const GROWTH = 40;

/** V8 complains on the standard error of a setting that it does not know, and none is known for all versions. */
const V8 = Number.parseInt(process.versions.v8, 10);
const isKnown = V8 >= 11 && V8 <= 13;

/** @param when `late`: later than V8 would; `hardly`: only what runs long, for a build with few changed notes */
export function optimise(when: keyof typeof BUDGET): void {
  if (V8 === 11) setFlagsFromString(`--interrupt-budget=${BUDGET[when]}`);
  if (isKnown) setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
}

/** For sites of thousands of notes, of which the memory is too much for a small machine. It takes no more time. */
export function spareMemory(): void {
  if (isKnown) setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
