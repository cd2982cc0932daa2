/** Runs a command and says how long it took and how much memory all of its processes held at once. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  seconds: number;
  /** Largest sum over all processes of the command, MB; `undefined` when nobody looked, or the system has no /proc. */
  peakMb: number | undefined;
  /** Processor time of all processes: what other work on the machine changes least. */
  cpuSeconds: number | undefined;
}

/** Often enough beside the high-water mark, seldom enough not to slow down what is looked at. */
const SAMPLE_MS = 100;
/** Runs what it is given, then says what processor time that took, in the words of POSIX' `times`. */
const SHELL = '"$0" "$@"; code=$?; times >&3; exit $code';

/**
 * What commands inherit. Where a network needs certificates of its own, Node reads them all at each start, for 50 ms or
 * more (20.20): half of what it takes to start. No build that is measured asks the network for anything.
 */
const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;

/**
 * @param command program and arguments
 * @param watched whether to look at its memory: that takes time away from a build that has use for all cores
 * @throws when it ends with another code than 0, with the end of what it said
 */
export function measure(
  command: [string, ...string[]],
  cwd: string,
  env: Record<string, string> = {},
  watched = false,
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn('sh', ['-c', SHELL, ...command], {
      cwd,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    let said = '';
    let spent = '';
    let peak = 0;
    let seconds = 0;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk) => {
        said = (said + chunk).slice(-2000);
      });
    }
    child.stdio[3]!.on('data', (chunk) => {
      spent += chunk;
    });
    const timer = watched
      ? setInterval(() => {
          peak = Math.max(peak, sample(child.pid!));
        }, SAMPLE_MS)
      : undefined;
    child.on('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.on('exit', () => {
      seconds = Number(process.hrtime.bigint() - started) / 1e9;
      clearInterval(timer);
    });
    // Then all that it said was heard.
    child.on('close', (code, signal) => {
      if (code === 0)
        resolve({ seconds, peakMb: peak > 0 ? peak / 1000 : undefined, cpuSeconds: processorTime(spent) });
      else reject(new Error(`${command[0]} ended with ${signal ?? code}: ${said}`));
    });
  });
}

/** @param times what `times` prints: the shell's own time in one line, that of its children in the next */
function processorTime(times: string): number | undefined {
  const children = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return children.length === 2
    ? children.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0)
    : undefined;
}

/**
 * Kilobytes held by a process and all below it. The system's own high-water mark of the process, when it is
 * larger, catches what happened between two samples.
 */
function sample(pid: number): number {
  const status = read(`/proc/${pid}/status`);
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  let sum = field('VmRSS');
  for (const child of read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean))
    sum += sample(Number(child));
  return Math.max(sum, field('VmHWM'));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
