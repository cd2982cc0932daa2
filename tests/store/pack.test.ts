/** Packs: what of them lies on the disk when, which the store lays together, and a disk that takes a part or nothing. */

import fs, { existsSync, readdirSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Pack, sequenceOf } from '../../src/cache/pack.ts';
import { Store } from '../../src/cache/store.ts';
import { arm, disarm } from '../faults/disk.mjs';
import { quickFolder } from '../support/folder.ts';

const text = (found: Uint8Array | undefined) => found && Buffer.from(found).toString();
const names = (folder: string) => readdirSync(folder).sort();
const newFolder = () => join(quickFolder(), 'store');

/** One build: puts values, and leaves them to later ones. */
function build(folder: string, entries: Record<string, string>, room?: number): void {
  const store = new Store(folder, room);
  for (const [key, value] of Object.entries(entries)) store.put(key, Buffer.from(value));
  store.commit();
  store.close();
}

function found(folder: string, keys: string[]): (string | undefined)[] {
  const store = new Store(folder);
  const values = keys.map((key) => text(store.get(key)));
  store.close();
  return values;
}

describe('case 31: packs', () => {
  const { writeSync, writevSync } = fs;
  afterEach(() => {
    disarm();
    Object.assign(fs, { writeSync, writevSync });
    syncBuiltinESMExports();
  });

  it('one that is not there is none', () => {
    expect(Pack.open(quickFolder(), '00000001-0123456789abcdef.pack')).toBeUndefined();
  });

  it('are gathered up to a megabyte, and written from there on', () => {
    const folder = newFolder();
    const store = new Store(folder);
    const written = () => names(folder).map((name) => statSync(join(folder, name)).size);
    store.put('a', Buffer.alloc(600_000, 'a'));
    expect(written()).toEqual([0]);
    store.put('b', Buffer.alloc(600_000, 'b'));
    expect(written()).toEqual([1_200_000]);
    store.put('c', Buffer.alloc(600_000, 'c'));
    expect(written()).toEqual([1_200_000]);
    store.commit();
    store.close();
    expect(found(folder, ['a', 'b', 'c']).map((value) => value?.slice(-1))).toEqual(['a', 'b', 'c']);
  });

  it('of which nothing more could be written are thrown away; the build that made them still has all', () => {
    const folder = newFolder();
    const store = new Store(folder);
    arm({ root: folder, at: 4, fault: 'ENOSPC' });
    store.put('a', Buffer.alloc(1_100_000, 'a'));
    store.put('b', Buffer.alloc(1_100_000, 'b'));
    expect(disarm().map((call) => call.name)).toEqual(['mkdirSync', 'openSync', 'writevSync', 'writevSync']);
    store.put('c', Buffer.from('c'));
    store.commit();
    expect(['a', 'b', 'c'].map((key) => text(store.get(key))?.slice(-1))).toEqual(['a', 'b', 'c']);
    store.close();
    expect(names(folder)).toEqual([]);
  });

  it('are whole where the disk takes less at a time than it is given', () => {
    const half = (length: number) => Math.max(1, length >> 1);
    Object.assign(fs, {
      writeSync: (fd: number, bytes: Uint8Array, offset: number, length: number, position: number) =>
        writeSync(fd, bytes, offset, half(length), position),
      writevSync: (fd: number, blobs: Uint8Array[], position: number) => {
        const bytes = Buffer.concat(blobs);
        return writeSync(fd, bytes, 0, half(bytes.length), position);
      },
    });
    syncBuiltinESMExports();
    const folder = newFolder();
    build(folder, { a: 'one', b: 'x'.repeat(1_100_000), c: 'three' });
    expect(found(folder, ['a', 'b', 'c']).map((value) => value?.slice(-3))).toEqual(['one', 'xxx', 'ree']);
  });

  it('have numbers in the order in which they came, and eight of them may lie there', () => {
    const folder = newFolder();
    for (let i = 1; i <= 8; i++) build(folder, { [`k${i}`]: 'v' });
    expect(names(folder).map(sequenceOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    build(folder, { k9: 'v' });
    expect(names(folder).map(sequenceOf)).toEqual([10]);
    expect(found(folder, ['k1', 'k9'])).toEqual(['v', 'v']);
  });

  it('keep what was put into them and never asked for, when there is no room', () => {
    const folder = newFolder();
    build(folder, { old: 'x'.repeat(5000) });
    build(folder, { new: 'y'.repeat(500) }, 10);
    expect(found(folder, ['old', 'new']).map((value) => value?.length)).toEqual([undefined, 500]);
  });

  it.skipIf(!existsSync('/proc/self/fd'))('leave no file open, those that were laid together neither', () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const folder = newFolder();
    build(folder, { k: 'v' });
    const before = open();
    for (let i = 0; i < 12; i++) build(folder, { [`k${i}`]: 'v' });
    expect(open()).toBe(before);
  });

  it('are closed once, however often the store is', () => {
    const folder = newFolder();
    build(folder, { a: '1' });
    const store = new Store(folder);
    store.put('b', Buffer.from('2'));
    store.close();
    expect(() => store.close()).not.toThrow();
    expect([store.has('a'), store.has('b')]).toEqual([false, false]);
  });
});
