/** One build at a time, and no lock that outlives its owner. */

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Locked, lock } from '../../src/write/lock.ts';
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
});
