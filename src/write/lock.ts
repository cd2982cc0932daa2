/** One build of a site at a time: a file in `.postil/` that names the process which holds it. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../cache/store.ts';

interface Owner {
  pid: number;
  host: string;
  /** When the process started, as the system counts; tells a process from a later one of the same number. */
  started: string;
}

const WAIT_MS = 50;

export class Locked extends Error {
  constructor(readonly owner: string) {
    super(`another build is running (${owner})`);
  }
}

/**
 * Takes the lock, waiting while another build holds it. A lock whose owner is gone is taken over.
 *
 * @param folder the site's `.postil/`
 * @param patience milliseconds to wait
 * @param waiting called once, when it has to wait
 * @returns a function that gives the lock back
 * @throws Locked when patience ends
 */
export async function lock(
  folder: string,
  patience: number,
  waiting: (owner: string) => void,
): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  const self: Owner = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  const mine = JSON.stringify(self);
  const until = Date.now() + patience;
  let told = false;
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return () => {
        // Only our own: a build that took us for dead may hold it by now.
        if (read(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const text = read(path);
    if (text === undefined) continue;
    const owner = parse(text);
    if (!owner || isDead(owner)) {
      // Between our look and the removal another build may have taken over: look again first.
      if (read(path) === text) rmSync(path, { force: true });
      continue;
    }
    const name = `process ${owner.pid} on ${owner.host}`;
    if (Date.now() >= until) throw new Locked(name);
    if (!told) waiting(name);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Owner | undefined {
  try {
    const { pid, host, started } = JSON.parse(text) as Owner;
    return Number.isInteger(pid) && typeof host === 'string' ? { pid, host, started } : undefined;
  } catch {
    // Half written: its owner was killed in between.
    return undefined;
  }
}

/** An owner on another host cannot be asked; it is believed. */
function isDead({ pid, host, started }: Owner): boolean {
  if (host !== hostname()) return false;
  return !isRunning(pid) || (started !== '' && startOf(pid) !== started);
}

/** Start time of a process from /proc (field 22 of stat), or empty where there is none. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
