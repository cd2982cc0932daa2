/** A site of which nothing is published. */

import { expect, test, vi } from 'vitest';
import { build } from '../src/build.ts';
import { folderOf } from './support/folder.ts';

// A build waits so long for threads to keep their code, and no longer: here, for ever.
const KEEP_MS = 1_000;
vi.mock('node:timers/promises', async (original) => {
  const real = await original<typeof import('node:timers/promises')>();
  const setTimeout = (ms: number, ...rest: [unknown?, object?]) =>
    ms === KEEP_MS ? new Promise(() => {}) : real.setTimeout(ms, ...rest);
  return { ...real, default: { ...real, setTimeout }, setTimeout };
});

test('a build without a published note waits for no thread that reads for the search index', async () => {
  const site = folderOf({ 'postil.yml': 'title: T\n', 'posts/a.md': '---\ndraft: true\n---\n# A\n' });
  expect(await build({ site })).toMatchObject({ published: true, notes: 0 });
});
