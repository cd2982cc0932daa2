/** Runs the command line under strace, which can make a system call fail or end the process at it. */

import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli, folderOf } from '../support/folder.ts';

/** Whether strace is here and may trace; where not, its tests say so. */
export const hasStrace = (() => {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', '-e', 'trace=rename', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A system call that changes something on the disk: the how-manieth of its name. */
export interface Call {
  name: string;
  when: number;
  line: string;
}

const NAMES = ['rename', 'unlink', 'openat'];

export interface Traced {
  /** Exit code, or what a shell would make of the signal. */
  code: number;
  stdout: string;
  stderr: string;
  calls: Call[];
}

/**
 * Runs `postil` with its system calls traced: those of its main thread, or of all.
 *
 * @param how.inject as strace takes it: `rename:signal=SIGKILL:when=3`
 * @param how.only path to which the tracing is limited
 * @param how.follow threads too; the how-manieth of a call means nothing then
 */
export function strace(
  args: string[],
  { inject, only, follow }: { inject?: string; only?: string; follow?: boolean } = {},
): Promise<Traced> {
  const log = join(folderOf(), 'log');
  const names = new Set([...NAMES, ...(inject ? inject.split(':')[0]!.split(',') : [])]);
  const options = ['-qq', '-o', log, '-e', `trace=${[...names].join(',')}`];
  if (follow) options.push('-f');
  if (inject) options.push('-e', `inject=${inject}`);
  if (only) options.push('-P', only);
  return new Promise((resolve) => {
    execFile(
      'strace',
      [...options, process.execPath, cli, ...args],
      { maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const killed = error?.signal === 'SIGKILL';
        const code = error ? (killed ? 137 : Number(error.code ?? -1)) : 0;
        const calls = parse(readFileSync(log, 'utf8'));
        rmSync(log);
        resolve({ code, stdout, stderr, calls });
      },
    );
  });
}

function parse(log: string): Call[] {
  const counts = new Map<string, number>();
  const calls: Call[] = [];
  for (const line of log.split('\n')) {
    const name = /^(?:\d+ +)?(\w+)\(/.exec(line)?.[1];
    if (!name) continue;
    const when = (counts.get(name) ?? 0) + 1;
    counts.set(name, when);
    // What V8 has compiled of Postil is kept once, and a failure there is none of the build's.
    if (line.includes('/bundle/code/')) continue;
    if (NAMES.includes(name) && (name !== 'openat' || line.includes('O_CREAT')))
      calls.push({ name, when, line });
  }
  return calls;
}

/**
 * Runs `postil` with the system calls of all its threads traced that start a program, speak to a network or open a
 * file.
 *
 * @returns the lines of the trace, the start of `postil` itself left out, those that open files apart
 */
export function reach(args: string[]): Promise<{ code: number; calls: string[]; opened: string[] }> {
  const log = join(folderOf(), 'log');
  const options = ['-qq', '-f', '-o', log, '-e', 'trace=execve,execveat,socket,connect,bind,sendto,openat'];
  return new Promise((resolve) => {
    execFile('strace', [...options, process.execPath, cli, ...args], (error) => {
      const lines = readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => /^\d+ +\w+\(/.test(line));
      const isOpen = (line: string) => /^\d+ +openat\(/.test(line);
      resolve({
        code: error ? Number(error.code ?? -1) : 0,
        calls: lines.filter((line) => !isOpen(line)).slice(1),
        opened: lines.filter(isOpen),
      });
    });
  });
}
