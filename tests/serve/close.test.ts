/** What the development server leaves behind: nothing, however it ends. */

import type * as fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDev } from '../../src/serve/dev.ts';
import { LiveSite } from '../../src/serve/live.ts';
import { oneAtATime } from '../../src/serve/one-at-a-time.ts';
import { SiteWatch } from '../../src/serve/watch.ts';
import type * as site from '../../src/site.ts';
import { folderOf, put } from '../support/folder.ts';

/** Watches that the system still has, and those that it gave. */
const system = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, given: [] as fs.FSWatcher[] }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const watch = (path: string, options: fs.WatchOptions, listener: fs.WatchListener<string>) => {
    if (system.left-- <= 0) throw Object.assign(new Error('no watch is left'), { code: 'ENOSPC' });
    const watcher = real.watch(path, options, listener);
    vi.spyOn(watcher, 'close');
    system.given.push(watcher);
    return watcher;
  };
  return { ...real, watch };
});
/** Done before a site is linked. */
const before = vi.hoisted(() => ({ link: () => {} }));
vi.mock('../../src/site.ts', async (original) => {
  const real = await original<typeof site>();
  const linkSite: typeof real.linkSite = (...given) => {
    before.link();
    return real.linkSite(...given);
  };
  return { ...real, linkSite };
});
const ended = vi.hoisted(() => ({ pools: 0 }));
vi.mock('../../src/threads/pool.ts', async (original) => {
  const real = await original<typeof import('../../src/threads/pool.ts')>();
  return { ...real, closePool: () => real.closePool().finally(() => ended.pools++) };
});

beforeEach(() => {
  system.left = Number.POSITIVE_INFINITY;
  system.given = [];
  ended.pools = 0;
  before.link = () => {};
});
afterEach(() => vi.restoreAllMocks());

describe('a task that runs once for many calls', () => {
  test('is not begun again by what came before it was to stop', async () => {
    const waiting: (() => void)[] = [];
    const task = vi.fn(() => new Promise<void>((resolve) => waiting.push(resolve)));
    const { change, stop } = oneAtATime(task);
    change();
    change();
    const stopped = stop();
    waiting.pop()!();
    await stopped;
    change();
    await new Promise(setImmediate);
    expect(task).toHaveBeenCalledTimes(1);
  });

  test('is begun again, once, otherwise', async () => {
    const task = vi.fn(async () => {});
    const { change, stop } = oneAtATime(task);
    for (let i = 0; i < 3; i++) change();
    await new Promise(setImmediate);
    await stop();
    expect(task).toHaveBeenCalledTimes(2);
  });
});

describe('where the system has no watch left', () => {
  test('the server closes what it has opened', async () => {
    const close = vi.spyOn(LiveSite.prototype, 'close');
    system.left = 0;
    const started = startDev({
      site: folderOf({ 'posts/a.md': '# A\n' }),
      port: 0,
      host: '127.0.0.1',
      updated: () => {},
      failed: () => {},
    });
    await expect(started).rejects.toThrow('no watch is left');
    expect(close).toHaveBeenCalledOnce();
    expect(ended.pools).toBe(1);
  });

  test.skipIf(['darwin', 'win32'].includes(process.platform))('those had are given back', () => {
    const folder = folderOf({ 'posts/deep/a.md': '# A\n' });
    system.left = 2;
    expect(() => new SiteWatch(folder, () => {})).toThrow('no watch is left');
    expect(system.given).toHaveLength(2);
    for (const watcher of system.given) expect(watcher.close).toHaveBeenCalledOnce();
  });
});

test('an update that had to begin again tells of all files', async () => {
  const picture = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="9"/>`;
  const folder = folderOf({ 'posts/a.md': '# A\n\n![](p.svg)\n', 'posts/p.svg': picture(1) });
  const { live } = await LiveSite.open(folder);
  put(folder, 'posts/a.md', '# A2\n\n![](p.svg)\n');
  put(folder, 'posts/p.svg', picture(2));
  let begun = 0;
  before.link = () => {
    if (++begun === 1) put(folder, 'posts/p.svg', picture(3));
  };
  const update = await live.update();
  live.close();
  expect(begun).toBe(2);
  expect(update.files).toEqual(['posts/a.md', 'posts/p.svg']);
});
