/**
 * One file of the store: blobs, then an index of them, then where the index is. It is written front to back
 * under a temporary name while a build runs, so that nothing has to wait in memory, renamed when it is whole, and
 * never changed again.
 *
 *     pack   := blobs | index | footer
 *     index  := count (u32) | length of each blob (u32) | checksum of each (16) | keys, a line each
 *     footer := length of index (u32) | checksum of index (16) | magic (8)
 *
 * Blobs lie in the order of the index, one after the other. It is no JSON, since a process reads one in each of its
 * threads, of some ten thousand blobs.
 */

import {
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import { discard } from '../disk-error.ts';
import { hash } from '../hash.ts';

const MAGIC = 'POSTIL05';
/** Of a blob, and of an index: so many hexadecimal digits. */
const CHECKSUM = 16;
const FOOTER = 4 + CHECKSUM + MAGIC.length;
/** Blobs are gathered up to this size: one system call for many. */
const BUFFER = 1 << 20;
/** Blobs in one system call: what POSIX allows at most (IOV_MAX). */
const MOST_BLOBS = 1024;

type Entry = [offset: number, length: number, checksum: string];

const checksum = (bytes: Uint8Array) => hash(bytes).slice(0, CHECKSUM);

/** A pack that can be read. */
export class Pack {
  readonly index: Map<string, Entry>;
  readonly #fd: number;

  private constructor(
    readonly name: string,
    readonly bytes: number,
    fd: number,
    index: Map<string, Entry>,
  ) {
    this.#fd = fd;
    this.index = index;
  }

  /** @returns the pack, or `undefined` when it is damaged, of another version, or cannot be read */
  static open(folder: string, name: string): Pack | undefined {
    let fd: number | undefined;
    try {
      const path = join(folder, name);
      if (!lstatSync(path).isFile()) return undefined;
      fd = openSync(path, 'r');
      const bytes = fstatSync(fd).size;
      const footer = readAt(fd, bytes - FOOTER, FOOTER);
      if (footer.toString('latin1', 4 + CHECKSUM) !== MAGIC) throw new Error('not a pack, or truncated');
      const length = footer.readUInt32LE(0);
      if (length > bytes - FOOTER) throw new Error('damaged footer');
      const index = readAt(fd, bytes - FOOTER - length, length);
      if (checksum(index) !== footer.toString('latin1', 4, 4 + CHECKSUM)) throw new Error('damaged index');
      return new Pack(name, bytes, fd, readIndex(index));
    } catch {
      if (fd !== undefined) closeSync(fd);
      return undefined;
    }
  }

  /** The bytes under a key, or `undefined` when they are not there or damaged. */
  get(key: string): Buffer | undefined {
    const entry = this.index.get(key);
    return entry && readEntry(this.#fd, entry);
  }

  /** Bytes of the blobs under some of the keys. */
  sizeOf(keys: ReadonlySet<string>): number {
    let sum = 0;
    for (const [key, [, length]] of this.index) if (keys.has(key)) sum += length;
    return sum;
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** A pack that is being written. When the disk gives up, it goes on in memory, and only `finish` fails. */
export class PackWriter {
  readonly #folder: string;
  readonly #temporary: string;
  readonly #fd: number;
  readonly #index = new Map<string, Entry>();
  readonly #waiting = new Map<string, Uint8Array>();
  #waitingBytes = 0;
  #written = 0;
  #offset = 0;
  #broken: unknown;

  /** @throws a system error when the folder cannot be written */
  constructor(folder: string) {
    this.#folder = folder;
    this.#temporary = join(folder, `${TEMPORARY}${process.pid}-${PackWriter.#count++}`);
    this.#fd = openSync(this.#temporary, 'w+');
  }

  static #count = 0;

  add(key: string, bytes: Uint8Array): void {
    if (this.#index.has(key)) return;
    this.#index.set(key, [this.#offset, bytes.length, checksum(bytes)]);
    this.#offset += bytes.length;
    this.#waiting.set(key, bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > BUFFER) this.#flush();
  }

  has(key: string): boolean {
    return this.#index.has(key);
  }

  get(key: string): Uint8Array | undefined {
    const entry = this.#index.get(key);
    return this.#waiting.get(key) ?? (entry && readEntry(this.#fd, entry));
  }

  /**
   * Ends the pack and gives it its name.
   *
   * @param sequence higher than that of every pack that it comes after
   * @returns its file name
   * @throws a system error; what was added can still be read
   */
  finish(sequence: number): string {
    this.#flush();
    if (this.#broken) throw this.#broken;
    const index = printIndex(this.#index);
    const footer = Buffer.alloc(FOOTER);
    footer.writeUInt32LE(index.length);
    footer.write(checksum(index) + MAGIC, 4, 'latin1');
    this.#write(index);
    this.#write(footer);
    const name = `${String(sequence).padStart(8, '0')}-${checksum(index)}.pack`;
    renameSync(this.#temporary, join(this.#folder, name));
    closeSync(this.#fd);
    return name;
  }

  abandon(): void {
    closeSync(this.#fd);
    discard(this.#temporary);
  }

  #flush(): void {
    if (this.#broken || this.#waiting.size === 0) return;
    try {
      this.#writeAll([...this.#waiting.values()]);
      this.#waiting.clear();
      this.#waitingBytes = 0;
    } catch (error) {
      this.#broken = error;
    }
  }

  /** Without laying them together first: that would copy all that a build keeps. */
  #writeAll(blobs: Uint8Array[]): void {
    for (let i = 0; i < blobs.length; i += MOST_BLOBS) {
      const some = blobs.slice(i, i + MOST_BLOBS);
      const bytes = some.reduce((sum, b) => sum + b.length, 0);
      if (writevSync(this.#fd, some, this.#written) === bytes) this.#written += bytes;
      else this.#write(Buffer.concat(some));
    }
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#fd, bytes, done, bytes.length - done, this.#written + done);
    this.#written += bytes.length;
  }
}

/** Temporary names; the writer's process number follows. */
export const TEMPORARY = '.writing-';

/** @returns the place of a pack in the order of packs, or `undefined` when the name is not a pack's */
export function sequenceOf(name: string): number | undefined {
  const digits = /^(\d{8})-[0-9a-f]{16}\.pack$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** @param index of blobs that lie one after the other, in its order */
function printIndex(index: ReadonlyMap<string, Entry>): Buffer {
  const lengths = Buffer.allocUnsafe(4 + 4 * index.size);
  let at = lengths.writeUInt32LE(index.size);
  let checksums = '';
  for (const [, length, sum] of index.values()) {
    at = lengths.writeUInt32LE(length, at);
    checksums += sum;
  }
  return Buffer.concat([lengths, Buffer.from(checksums + [...index.keys()].join('\n'))]);
}

/** @param bytes as `printIndex` gave them: their checksum was right */
function readIndex(bytes: Buffer): Map<string, Entry> {
  const count = bytes.readUInt32LE();
  const index = new Map<string, Entry>();
  if (count === 0) return index;
  const sums = 4 + 4 * count;
  const keys = bytes.toString('utf8', sums + CHECKSUM * count).split('\n');
  const checksums = bytes.toString('latin1', sums, sums + CHECKSUM * count);
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const length = bytes.readUInt32LE(4 + 4 * i);
    index.set(keys[i]!, [offset, length, checksums.slice(CHECKSUM * i, CHECKSUM * (i + 1))]);
    offset += length;
  }
  return index;
}

function readEntry(fd: number, [offset, length, sum]: Entry): Buffer | undefined {
  try {
    const bytes = readAt(fd, offset, length);
    return checksum(bytes) === sum ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** @throws when there are not so many bytes at the position */
function readAt(fd: number, position: number, length: number): Buffer {
  if (position < 0) throw new Error('too short');
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const read = readSync(fd, buffer, done, length - done, position + done);
    if (read === 0) throw new Error('too short');
    done += read;
  }
  return buffer;
}
