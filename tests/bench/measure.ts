/** Runs a command and says how long it took and how much memory all of its processes held at once. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  seconds: number;
  /** Largest sum over all processes of the command, MB; `undefined` where the system has no /proc. */
  peakMb: number | undefined;
  /** Processor time of all processes, to a sample's precision: what other work on the machine does not change. */
  cpuSeconds: number | undefined;
}

/** Often enough beside the high-water mark, seldom enough not to slow down what is measured: every 20 ms cost a build 7 %. */
const SAMPLE_MS = 100;
/** The system counts processor time in hundredths of a second. */
const TICKS = 100;

/**
 * @param command program and arguments
 * @throws when it ends with another code than 0, with the end of what it said
 */
export function measure(
  [program, ...args]: [string, ...string[]],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let peak = 0;
    const ticks = new Map<number, number>();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said = (said + chunk).slice(-2000);
      });
    }
    const timer = setInterval(() => {
      peak = Math.max(peak, sample(child.pid!, ticks));
    }, SAMPLE_MS);
    child.on('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.on('exit', (code, signal) => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      clearInterval(timer);
      const cpu = [...ticks.values()].reduce((sum, n) => sum + n, 0) / TICKS;
      if (code === 0)
        resolve({
          seconds,
          peakMb: peak > 0 ? peak / 1000 : undefined,
          cpuSeconds: cpu > 0 ? cpu : undefined,
        });
      else reject(new Error(`${program} ended with ${signal ?? code}: ${said}`));
    });
  });
}

/**
 * Kilobytes held by a process and all below it. The system's own high-water mark of the process, when it is
 * larger, catches what happened between two samples.
 *
 * @param ticks processor time of every process seen so far; brought up to date
 */
function sample(pid: number, ticks: Map<number, number>): number {
  const status = read(`/proc/${pid}/status`);
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  // After the name in brackets: state, then eleven more fields, then user and system time.
  const [, stat = ''] = /\) (.*)/.exec(read(`/proc/${pid}/stat`)) ?? [];
  const fields = stat.split(' ');
  if (fields.length > 12) ticks.set(pid, Number(fields[11]) + Number(fields[12]));
  let sum = field('VmRSS');
  for (const child of read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean))
    sum += sample(Number(child), ticks);
  return Math.max(sum, field('VmHWM'));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
