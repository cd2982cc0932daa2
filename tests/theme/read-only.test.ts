/** Postil installed where nothing can be written, as in the store of Nix or the layers of an image. */

import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { layOut } from '../../src/theme/compile.ts';
import { folderOf } from '../support/folder.ts';

const { root } = vi.hoisted(() => ({
  root: `${process.env.TMPDIR ?? '/tmp'}/postil-read-only-${process.pid}`,
}));
vi.mock('../../src/package.ts', async (original) => ({ ...(await original<object>()), root }));

const parts = join(root, 'bundle/templates/parts');
afterAll(() => {
  chmodSync(parts, 0o755);
  rmSync(root, { recursive: true });
});

test('the files that are laid out can be replaced and removed, whatever those of the package allow', () => {
  mkdirSync(parts, { recursive: true });
  for (const name of ['date.tsx', 'toc.tsx']) writeFileSync(join(parts, name), 'ours', { mode: 0o444 });
  chmodSync(parts, 0o555);
  const site = folderOf();
  const own = new Map([['parts/date.tsx', Buffer.from('theirs')]]);
  const { folder, remove } = layOut(site, join(site, 'theme'), own);
  const there = readdirSync(folder, { recursive: true }) as string[];
  expect(there.sort()).toEqual([
    'templates',
    'templates/parts',
    'templates/parts/date.tsx',
    'templates/parts/toc.tsx',
    'tsconfig.json',
  ]);
  // Root may write everywhere: the modes tell what others may.
  for (const path of there) expect([path, statSync(join(folder, path)).mode & 0o200]).toEqual([path, 0o200]);
  expect(['date', 'toc'].map((n) => readFileSync(join(folder, `templates/parts/${n}.tsx`), 'utf8'))).toEqual([
    'theirs',
    'ours',
  ]);
  remove();
  expect(readdirSync(join(site, 'theme'))).toEqual([]);
});
