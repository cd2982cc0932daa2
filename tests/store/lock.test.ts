/** One build at a time, and no lock that outlives its owner. */

import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Locked, lock } from '../../src/write/lock.ts';
import { arm, disarm } from '../faults/disk.mjs';
import { folderOf } from '../support/folder.ts';

const held = (owner: object) => folderOf({ lock: JSON.stringify(owner) });

describe('case 37: the lock', () => {
  it('is held by one, and given back', async () => {
    const folder = folderOf();
    const unlock = await lock(folder, { patience: 0 });
    await expect(lock(folder, { patience: 0 })).rejects.toThrow(`process ${process.pid} on ${hostname()}`);
    unlock();
    expect(readdirSync(folder)).toEqual([]);
    (await lock(folder, { patience: 0 }))();
  });

  it('is waited for', async () => {
    const folder = folderOf();
    const unlock = await lock(folder, { patience: 0 });
    const told: string[] = [];
    const second = lock(folder, { patience: 60_000, waiting: (owner) => told.push(owner) });
    setTimeout(unlock, 120);
    (await second)();
    expect(told).toEqual([`process ${process.pid} on ${hostname()}`]);
  });

  it('is waited for though its folder goes', async () => {
    const folder = join(folderOf(), 'work');
    await lock(folder, { patience: 0 });
    const second = lock(folder, { patience: 60_000, waiting: () => rmSync(folder, { recursive: true }) });
    (await second)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is never held by two, however many want it at once', async () => {
    const folder = held({ pid: 4_190_000, host: hostname(), started: '' });
    let holders = 0;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const unlock = await lock(folder, { patience: 60_000 });
        expect(++holders).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        holders--;
        unlock();
      }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a process that is gone', { pid: 4_190_000, host: hostname(), started: '' }],
    ['a process whose number another one has now', { pid: process.ppid, host: hostname(), started: 'then' }],
  ])('is taken over from %s', async (_, owner) => {
    (await lock(held(owner), { patience: 0 }))();
  });

  it('is taken over from another host, or a file system without links, only after silence', async () => {
    for (const content of [JSON.stringify({ pid: 1, host: 'elsewhere', started: '' }), '', '{"pid": 1']) {
      const folder = folderOf({ lock: content });
      await expect(lock(folder, { patience: 100, silence: 60_000 })).rejects.toThrow(Locked);
      (await lock(folder, { patience: 60_000, silence: 100 }))();
    }
  });

  it('is taken over from a number in use that may be another process’s, only after silence', async () => {
    // Where the system does not say when a process started.
    const folder = held({ pid: process.ppid, host: hostname(), started: '' });
    await expect(lock(folder, { patience: 100, silence: 60_000 })).rejects.toThrow(Locked);
    (await lock(folder, { patience: 5_000, silence: 100 }))();
  });

  it('comes with a sweep of what killed processes left on the way to it', async () => {
    const folder = folderOf({
      'lock.4190000': '',
      'lock.takeover.4190000': '',
      [`lock.${process.ppid}`]: '',
    });
    (await lock(folder, { patience: 0 }))();
    expect(readdirSync(folder)).toEqual([`lock.${process.ppid}`]);
  });

  it('is left alone by one who lost it', async () => {
    const folder = folderOf();
    const unlock = await lock(folder, { patience: 0 });
    writeFileSync(join(folder, 'lock'), 'of somebody else');
    unlock();
    expect(existsSync(join(folder, 'lock'))).toBe(true);
  });

  it('is not waited for by one who is told to end', async () => {
    const folder = held({ pid: process.pid, host: 'elsewhere', started: '' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 60);
    await expect(lock(folder, { patience: 60_000, signal: controller.signal })).rejects.toThrow('enough');
  });

  it('makes its folder, and names it when that cannot be', async () => {
    const folder = join(folderOf(), 'new/one');
    (await lock(folder, { patience: 0 }))();
    expect(readdirSync(folder)).toEqual([]);
    const file = folderOf({ file: '' });
    await expect(lock(join(file, 'file'), { patience: 0 })).rejects.toThrow('cannot create the folder');
  });

  it('is not taken over from an owner elsewhere that says it is alive', async () => {
    const folder = held({ pid: 1, host: 'elsewhere', started: '' });
    const beat = setInterval(() => utimesSync(join(folder, 'lock'), new Date(), new Date()), 20);
    try {
      await expect(lock(folder, { patience: 500, silence: 250 })).rejects.toThrow('process 1 on elsewhere');
    } finally {
      clearInterval(beat);
    }
  });

  it('that is no file is nobody’s to take', async () => {
    const folder = folderOf({ 'lock/x': '' });
    await expect(lock(folder, { patience: 0 })).rejects.toThrow('EISDIR');
  });

  describe('where links fail', () => {
    /** Takes the lock while the second call that changes the disk, the link, fails. */
    const take = async (folder: string, fault: string, forever = false) => {
      arm({ root: folder, at: 2, fault, forever });
      try {
        return await lock(folder, { patience: 0 });
      } finally {
        disarm();
      }
    };

    it.each(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'])(
      'with %s: is written as it is, and kept',
      async (code) => {
        const folder = folderOf();
        const unlock = await take(folder, code);
        expect(readdirSync(folder)).toEqual(['lock']);
        await expect(take(folder, code)).rejects.toThrow(Locked);
        unlock();
        expect(readdirSync(folder)).toEqual([]);
      },
    );

    it('with ENOENT, as when somebody swept its other name: is tried again', async () => {
      (await take(folderOf(), 'ENOENT'))();
    });

    it.each(['EIO', 'ENOSPC'])('with %s: says so', async (code) => {
      const folder = folderOf();
      await expect(take(folder, code)).rejects.toThrow(`cannot write ${join(folder, 'lock')}`);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it('is taken over once another that was about to is gone too, and left to one that lives', async () => {
    const dead = JSON.stringify({ pid: 4_190_000, host: hostname(), started: '' });
    const both = folderOf({ lock: dead, 'lock.takeover': dead });
    (await lock(both, { patience: 5_000 }))();
    expect(readdirSync(both)).toEqual([]);
    const living = JSON.stringify({ pid: process.ppid, host: hostname(), started: '' });
    const folder = folderOf({ lock: dead, 'lock.takeover': living });
    await expect(lock(folder, { patience: 100 })).rejects.toThrow('process 4190000');
    expect(readdirSync(folder).sort()).toEqual(['lock', 'lock.takeover']);
  });
});
