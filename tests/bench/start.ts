/** How long the command line takes to start, beside Node itself. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Runs of both, in turn. */
export interface Starts {
  /** Seconds of `postil --version` and of `node -e 0`, pair by pair. */
  ours: number[];
  theirs: number[];
  /** Seconds of processor time of one run of each, on average; where the system has no /proc, none. */
  cpu: { ours: number; theirs: number } | undefined;
}

/**
 * @param bundle the built command line
 * @param runs pairs
 * @throws when either ends with another code than 0
 */
export function measureStarts(bundle: string, runs: number): Starts {
  const ours: number[] = [];
  const theirs: number[] = [];
  const cpu = { ours: 0, theirs: 0 };
  const run = (args: string[]): number => {
    const from = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
    return Number(process.hrtime.bigint() - from) / 1e9;
  };
  for (let i = 0; i < runs; i++) {
    const before = childrenTime();
    ours.push(run([bundle, '--version']));
    const between = childrenTime();
    theirs.push(run(['-e', '0']));
    cpu.ours += between - before;
    cpu.theirs += childrenTime() - between;
  }
  const known = cpu.ours > 0 && cpu.theirs > 0;
  return { ours, theirs, cpu: known ? { ours: cpu.ours / runs, theirs: cpu.theirs / runs } : undefined };
}

/** Processor time of all processes that ended below this one, in seconds; not a number where there is no /proc. */
function childrenTime(): number {
  try {
    // After the name in brackets: state, twelve more fields, then the children's user and system time, in hundredths.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return Number.NaN;
  }
}
