/**
 * A content-addressed store in a few large files (see pack.ts).
 *
 * Each build that has something new adds one pack; packs are never changed. So two builds may share a store, it
 * may be copied between machines, and a part of it may vanish at any time: whatever cannot be read, or whose
 * checksum is wrong, is simply not there. What a key stands for never changes, hence nothing found can be stale.
 * A store that cannot be written costs the next build time, never this one.
 */

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { discard } from '../disk-error.ts';
import { isRunning } from '../processes.ts';
import { Pack, PackWriter, sequenceOf, TEMPORARY } from './pack.ts';

/** More packs than this are laid together: each costs an open and an index at every start. */
const MAX_PACKS = 8;
/** More are not even looked at: each holds a file open. */
const MAX_OPEN = 40;
/** A store this large, or this many times larger than what a build uses, throws out everything else. */
const ROOM_BYTES = 64_000_000;
const ROOM_TIMES = 3;

/** What is put is found at once; others find it, and later builds, after `commit`. */
export class Store {
  readonly #folder: string;
  readonly #room: number;
  /** Newest first. */
  #packs: Pack[] = [];
  /** Names of packs that were not opened: damaged, of another version, or too many. */
  readonly #useless: string[] = [];
  #fresh: PackWriter | undefined;
  /** What is new when there is no file to write it to. */
  readonly #unwritten = new Map<string, Uint8Array>();
  #sequence = 0;
  readonly #used = new Set<string>();
  #inUse: () => Iterable<string> = () => [];

  /**
   * @param folder may be absent, damaged or read-only; then the store is empty or keeps nothing
   * @param room bytes that the store may take in any case
   */
  constructor(folder: string, room = ROOM_BYTES) {
    this.#folder = folder;
    this.#room = room;
    for (const name of list(folder).sort().reverse()) {
      const sequence = sequenceOf(name);
      if (sequence === undefined) continue;
      this.#sequence = Math.max(this.#sequence, sequence);
      const pack = this.#packs.length < MAX_OPEN ? Pack.open(folder, name) : undefined;
      if (pack) this.#packs.push(pack);
      else this.#useless.push(name);
    }
  }

  /** Whether a key was kept; its bytes may still turn out damaged. */
  has(key: string): boolean {
    return (
      this.#unwritten.has(key) ||
      this.#fresh?.has(key) === true ||
      this.#packs.some((pack) => pack.index.has(key))
    );
  }

  /** The bytes kept under a key, or `undefined`. */
  get(key: string): Uint8Array | undefined {
    this.#used.add(key);
    const fresh = this.#unwritten.get(key) ?? this.#fresh?.get(key);
    if (fresh) return fresh;
    for (const pack of this.#packs) {
      const bytes = pack.get(key);
      if (bytes) return bytes;
      pack.index.delete(key);
    }
    return undefined;
  }

  /** Keeps bytes for this build; later ones have them after `commit`. */
  put(key: string, bytes: Uint8Array): void {
    this.#used.add(key);
    try {
      if (!this.#fresh && this.#unwritten.size === 0) {
        mkdirSync(this.#folder, { recursive: true });
        this.#fresh = new PackWriter(this.#folder);
      }
    } catch {}
    if (this.#fresh) this.#fresh.add(key, bytes);
    else this.#unwritten.set(key, bytes);
  }

  /** Marks a key as in use without reading it, so that it is not thrown out. */
  touch(key: string): void {
    this.#used.add(key);
  }

  /**
   * Says what else is in use without being read, so that it is not thrown out.
   *
   * @param keys asked only when something is: a site has tens of thousands. It takes the place of what was said before
   */
  keepInUse(keys: () => Iterable<string>): void {
    this.#inUse = keys;
  }

  /** Leaves what is new to later builds, and throws out what the store has no room for. */
  commit(): void {
    try {
      if (this.#fresh) {
        this.#keep(this.#fresh);
        this.#fresh = undefined;
      }
      const total = this.#packs.reduce((sum, pack) => sum + pack.bytes, 0);
      const used = total > this.#room ? new Set([...this.#used, ...this.#inUse()]) : undefined;
      if (used && total > ROOM_TIMES * this.#sizeOf(used)) this.#merge(this.#packs, used);
      else if (this.#packs.length > MAX_PACKS) this.#merge(this.#newest());
      for (const name of this.#useless) discard(join(this.#folder, name));
      this.#sweep();
    } catch {
      // What could not be written stays readable until `close`.
    }
  }

  close(): void {
    this.#fresh?.abandon();
    this.#fresh = undefined;
    for (const pack of this.#packs) pack.close();
    this.#packs = [];
  }

  #sizeOf(keys: ReadonlySet<string>): number {
    return this.#packs.reduce((sum, pack) => sum + pack.sizeOf(keys), 0);
  }

  /** The newest packs, up to one that is much larger than they are together: that one is not copied. */
  #newest(): Pack[] {
    let count = 2;
    let bytes = this.#packs[0]!.bytes + this.#packs[1]!.bytes;
    while (count < this.#packs.length && this.#packs[count]!.bytes <= 2 * bytes)
      bytes += this.#packs[count++]!.bytes;
    return this.#packs.slice(0, count);
  }

  /** Replaces packs by one that has their blobs, or those of some keys. */
  #merge(packs: Pack[], keys?: ReadonlySet<string>): void {
    const replaced = new Set(packs);
    const writer = new PackWriter(this.#folder);
    try {
      for (const pack of replaced) {
        for (const key of pack.index.keys()) {
          const bytes = (!keys || keys.has(key)) && !writer.has(key) ? pack.get(key) : undefined;
          if (bytes) writer.add(key, bytes);
        }
      }
      this.#keep(writer);
    } catch (error) {
      writer.abandon();
      throw error;
    }
    this.#packs = this.#packs.filter((pack) => !replaced.has(pack));
    for (const pack of replaced) {
      pack.close();
      discard(join(this.#folder, pack.name));
    }
  }

  #keep(writer: PackWriter): void {
    const pack = Pack.open(this.#folder, writer.finish(++this.#sequence));
    if (pack) this.#packs.unshift(pack);
  }

  /** Removes what builds that were killed left under temporary names. */
  #sweep(): void {
    for (const name of list(this.#folder)) {
      const pid = name.startsWith(TEMPORARY) ? Number.parseInt(name.slice(TEMPORARY.length), 10) : Number.NaN;
      if (pid && pid !== process.pid && !isRunning(pid)) discard(join(this.#folder, name));
    }
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
