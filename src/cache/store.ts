/**
 * A content-addressed store in a few large files.
 *
 * Each build that has something new writes one pack, under a temporary name, and renames it into place; packs
 * are never changed. So two builds may share a store, it may be copied between machines, and a part of it may
 * vanish at any time: whatever cannot be read, or whose checksum is wrong, is simply not there. What a key
 * stands for never changes, hence nothing found can be stale.
 *
 *     pack := magic (8) | length of index (u32) | checksum of index (16) | index (JSON) | blobs
 *     index := {key: [offset in blobs, length, checksum]}
 */

import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { hash } from '../hash.ts';

const MAGIC = Buffer.from('POSTIL03');
const HEADER = MAGIC.length + 4 + 16;
const PACK = /^(\d{8})-[0-9a-f]{16}\.pack$/;
/** More packs than this are laid together: each costs an open and an index at every start. */
const MAX_PACKS = 8;
/** Least recently used packs go when the store is larger. */
export const DEFAULT_LIMIT = 1_500_000_000;

type Index = Record<string, [offset: number, length: number, checksum: string]>;

interface Pack {
  name: string;
  sequence: number;
  fd: number;
  bytes: number;
  blobs: number;
  index: Map<string, [number, number, string]>;
}

const checksum = (bytes: Uint8Array) => hash(bytes).slice(0, 16);

export class Store {
  readonly #folder: string;
  readonly #limit: number;
  readonly #packs: Pack[] = [];
  readonly #fresh = new Map<string, Uint8Array>();
  readonly #used = new Set<string>();

  /** @param folder may be absent, damaged or read-only; then the store is empty or keeps nothing */
  constructor(folder: string, limit = DEFAULT_LIMIT) {
    this.#folder = folder;
    this.#limit = limit;
    let names: string[] = [];
    try {
      names = readdirSync(folder).sort().reverse();
    } catch {}
    for (const name of names) {
      const pack = openPack(folder, name);
      if (pack) this.#packs.push(pack);
    }
  }

  /** Whether a key was kept; its bytes may still turn out damaged. */
  has(key: string): boolean {
    return this.#fresh.has(key) || this.#packs.some((p) => p.index.has(key));
  }

  /** The bytes kept under a key, or `undefined`. */
  get(key: string): Uint8Array | undefined {
    const fresh = this.#fresh.get(key);
    if (fresh) return fresh;
    for (const pack of this.#packs) {
      const entry = pack.index.get(key);
      if (!entry) continue;
      const bytes = readEntry(pack, entry);
      if (bytes) {
        this.#used.add(key);
        return bytes;
      }
      pack.index.delete(key);
    }
    return undefined;
  }

  /** Keeps bytes; they reach the disk with `commit`. */
  put(key: string, bytes: Uint8Array): void {
    this.#fresh.set(key, bytes);
    this.#used.add(key);
  }

  /** Marks a key as in use without reading it, so that it is not thrown out. */
  touch(key: string): void {
    this.#used.add(key);
  }

  /**
   * Writes what is new and throws out what was not used for longest. A store that cannot be written costs the
   * next build time, never this build: the reason is returned, not thrown.
   */
  commit(): Error | undefined {
    try {
      if (this.#fresh.size > 0) this.#writePack(this.#fresh);
      const packed = this.#packs.length > MAX_PACKS;
      const total = () => this.#packs.reduce((sum, p) => sum + p.bytes, 0);
      if (packed || total() > this.#limit) this.#compact();
      while (this.#packs.length > 1 && total() > this.#limit) this.#drop(this.#packs.at(-1)!);
      return undefined;
    } catch (error) {
      return error as Error;
    } finally {
      this.#fresh.clear();
    }
  }

  close(): void {
    for (const pack of this.#packs) closeSync(pack.fd);
    this.#packs.length = 0;
  }

  /** Lays everything in use into one pack; the packs before it become the oldest part of the store. */
  #compact(): void {
    const live = new Map<string, Uint8Array>();
    for (const key of this.#used) {
      const bytes = this.get(key);
      if (bytes) live.set(key, bytes);
    }
    const before = [...this.#packs];
    this.#writePack(live);
    let kept = this.#packs[0]?.bytes ?? 0;
    for (const pack of before) {
      const idle = [...pack.index.keys()].some((key) => !live.has(key));
      // A pack with nothing but copies is worth nothing; of the others, a few stay for a switch back.
      kept += pack.bytes;
      if (!idle || kept > this.#limit || before.indexOf(pack) >= 2) this.#drop(pack);
    }
  }

  #writePack(entries: Map<string, Uint8Array>): void {
    mkdirSync(this.#folder, { recursive: true });
    const index: Index = {};
    let offset = 0;
    for (const [key, bytes] of entries) {
      index[key] = [offset, bytes.length, checksum(bytes)];
      offset += bytes.length;
    }
    const json = Buffer.from(JSON.stringify(index));
    const head = Buffer.alloc(HEADER);
    MAGIC.copy(head);
    head.writeUInt32LE(json.length, MAGIC.length);
    head.write(checksum(json), MAGIC.length + 4, 'latin1');
    const sequence = (this.#packs[0]?.sequence ?? 0) + 1;
    const name = `${String(sequence).padStart(8, '0')}-${checksum(json)}.pack`;
    const target = join(this.#folder, name);
    if (existsSync(target)) return;
    const temporary = join(this.#folder, `.${name}.${process.pid}`);
    const fd = openSync(temporary, 'w');
    try {
      writeAll(fd, head);
      writeAll(fd, json);
      for (const bytes of entries.values()) writeAll(fd, bytes);
    } catch (error) {
      closeSync(fd);
      rmSync(temporary, { force: true });
      throw error;
    }
    closeSync(fd);
    renameSync(temporary, target);
    const pack = openPack(this.#folder, name);
    if (pack) this.#packs.unshift(pack);
    this.#sweep();
  }

  #drop(pack: Pack): void {
    this.#packs.splice(this.#packs.indexOf(pack), 1);
    closeSync(pack.fd);
    rmSync(join(this.#folder, pack.name), { force: true });
  }

  /** Removes what builds that were killed left under temporary names. */
  #sweep(): void {
    for (const name of readdirSync(this.#folder)) {
      const pid = Number(/^\..*\.pack\.(\d+)$/.exec(name)?.[1]);
      if (pid && pid !== process.pid && !isRunning(pid)) rmSync(join(this.#folder, name), { force: true });
    }
  }
}

/** Whether a process of this machine is alive. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function openPack(folder: string, name: string): Pack | undefined {
  const sequence = PACK.exec(name)?.[1];
  if (sequence === undefined) return undefined;
  let fd: number | undefined;
  try {
    const path = join(folder, name);
    if (!statSync(path).isFile()) return undefined;
    fd = openSync(path, 'r');
    const bytes = fstatSync(fd).size;
    const head = readAt(fd, 0, HEADER);
    if (!head?.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('not a pack');
    const length = head.readUInt32LE(MAGIC.length);
    if (length > bytes) throw new Error('truncated');
    const json = readAt(fd, HEADER, length);
    if (!json || checksum(json) !== head.toString('latin1', MAGIC.length + 4))
      throw new Error('damaged index');
    const index = new Map(Object.entries(JSON.parse(json.toString()) as Index));
    return { name, sequence: Number(sequence), fd, bytes, blobs: HEADER + length, index };
  } catch {
    if (fd !== undefined) closeSync(fd);
    return undefined;
  }
}

function readEntry(pack: Pack, [offset, length, sum]: [number, number, string]): Uint8Array | undefined {
  const bytes = readAt(pack.fd, pack.blobs + offset, length);
  return bytes && checksum(bytes) === sum ? bytes : undefined;
}

function readAt(fd: number, position: number, length: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    let read = 0;
    try {
      read = readSync(fd, buffer, done, length - done, position + done);
    } catch {
      return undefined;
    }
    if (read === 0) return undefined;
    done += read;
  }
  return buffer;
}

function writeAll(fd: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done);
}
