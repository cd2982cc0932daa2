/** A folder on a read-only file system, as Node 20 tells of it. */

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { attempt, makeFolder } from '../../src/disk-error.ts';
import { folderOf } from '../support/folder.ts';

const real = fs.mkdirSync;
afterEach(() => {
  fs.mkdirSync = real;
  syncBuiltinESMExports();
});

test('why a folder cannot be made is said, though Node says that it does not exist', () => {
  const site = folderOf();
  const tried: string[] = [];
  fs.mkdirSync = ((path: string, options?: fs.MakeDirectoryOptions) => {
    tried.push(path);
    throw Object.assign(new Error(path), { code: options?.recursive ? 'ENOENT' : 'EROFS' });
  }) as typeof real;
  syncBuiltinESMExports();
  const folder = join(site, 'dist/.postil-stage/aside');
  expect(() => attempt('write', folder, () => makeFolder(folder))).toThrow(
    `cannot write ${folder}: the file system is read-only`,
  );
  expect(tried).toEqual([folder, join(site, 'dist')]);
});
