/**
 * One build of a site at a time: a file in `.postil/` that names the process which holds it. It appears whole
 * (made under another name, then linked), so nobody ever reads half of one. The lock of an owner that is gone
 * is taken over under a lock of its own, so that two builds that both found it dead cannot both believe to have
 * removed it.
 */

import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { attempt, discard } from '../disk-error.ts';
import { isRunning, startOf } from '../processes.ts';

interface Owner {
  pid: number;
  host: string;
  /** When the process started; tells a process from a later one of the same number. */
  started: string;
}

const WAIT_MS = 50;
/** The owner renews the time stamp of its lock this often, */
const BEAT_MS = 2_000;
/** and one whose process cannot be asked is given up when it has not done so for this long. */
const SILENCE_MS = 30_000;

/** Another process builds the site, for longer than whoever asked would wait. */
export class Locked extends Error {
  override readonly name = 'Locked';
  constructor(owner: string) {
    super(`another build is running (${owner})`);
  }
}

export interface LockOptions {
  /** Milliseconds to wait for a living owner. */
  patience: number;
  /** Called once, when it has to wait. */
  waiting?: (owner: string) => void;
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
  /** How long an owner that cannot be asked may be silent. */
  silence?: number;
}

/**
 * Takes the lock, waiting while another build holds it. A lock whose owner is gone is taken over.
 *
 * @param folder the site's `.postil/`; made when needed
 * @returns a function that gives the lock back
 * @throws Locked when patience ends, DiskError when the folder cannot be written
 */
export async function lock(folder: string, options: LockOptions): Promise<() => void> {
  const { patience, waiting, signal, silence = SILENCE_MS } = options;
  const path = join(folder, 'lock');
  const mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
  } satisfies Owner);
  const until = performance.now() + patience;
  let told = false;
  let seen = { text: '', stamp: 0, since: 0 };
  for (;;) {
    signal?.throwIfAborted();
    // Each time: “postil clean”, which may be what is waited for, removes it.
    attempt('create the folder', folder, () => mkdirSync(folder, { recursive: true }));
    if (attempt('write', path, () => create(path, mine))) {
      sweep(folder);
      return hold(path, mine);
    }
    const found = look(path);
    if (found === undefined) continue;
    if (found.text !== seen.text || found.stamp !== seen.stamp) seen = { ...found, since: performance.now() };
    const owner = parse(found.text);
    const silent = performance.now() - seen.since >= silence;
    if (owner ? (isDead(owner) ?? silent) : silent) {
      if (attempt('delete', path, () => takeOver(path, found.text, mine))) continue;
    }
    const name = owner ? `process ${owner.pid} on ${owner.host}` : 'process unknown';
    if (performance.now() >= until) throw new Locked(name);
    if (!told) waiting?.(name);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** Makes the lock, whole or not at all. @returns false when there is one */
function create(path: string, text: string): boolean {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, text);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Without the other name somebody else has swept it away, taking us for dead, or the whole folder: once more.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error;
    // A file system without links, such as exFAT: a lock read half is waited for like a silent one.
    try {
      writeFileSync(path, text, { flag: 'wx' });
      return true;
    } catch (second) {
      if ((second as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw second;
    }
  } finally {
    discard(temporary);
  }
}

function hold(path: string, mine: string): () => void {
  const beat = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(path, now, now);
    } catch {}
  }, BEAT_MS).unref();
  return () => {
    clearInterval(beat);
    // Only our own: a build that took us for dead may hold it by now.
    if (look(path)?.text === mine) discard(path);
  };
}

/** Removes what processes that were killed left on the way to a lock. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^lock\.(?:takeover\.)?(\d+)$/.exec(name)?.[1] ?? 0);
    if (pid > 0 && !isRunning(pid)) discard(join(folder, name));
  }
}

/** Removes a dead lock. @returns whether it made room; otherwise another build is about to */
function takeOver(path: string, dead: string, mine: string): boolean {
  const guard = `${path}.takeover`;
  if (!create(guard, mine)) {
    const other = look(guard);
    const owner = other && parse(other.text);
    // Its owner died in the few instructions below.
    if (owner && isDead(owner)) discard(guard);
    return false;
  }
  try {
    if (look(path)?.text === dead) rmSync(path, { force: true });
    return true;
  } finally {
    discard(guard);
  }
}

function look(path: string): { text: string; stamp: number } | undefined {
  try {
    return { text: readFileSync(path, 'utf8'), stamp: statSync(path).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Owner | undefined {
  try {
    const { pid, host, started } = JSON.parse(text) as Owner;
    return Number.isInteger(pid) && pid > 0 && typeof host === 'string' ? { pid, host, started } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the owner is gone; `undefined` when it cannot be asked: it is on another host, or its number is in use and the system
 * does not say since when, so that it may be another process's by now.
 */
function isDead({ pid, host, started }: Owner): boolean | undefined {
  if (host !== hostname()) return undefined;
  if (!isRunning(pid)) return true;
  const now = startOf(pid);
  return started === '' || now === '' ? undefined : now !== started;
}
