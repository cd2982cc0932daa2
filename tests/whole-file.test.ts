/** Files that somebody will work on, when the disk fails: there whole, or not at all. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeWhole } from '../src/whole-file.ts';
import { arm, disarm } from './faults/disk.mjs';
import { folderOf } from './support/folder.ts';

afterEach(() => {
  disarm();
});

test.each(['text', 'copy'])('%s: whichever call fails, nothing is left, and another try makes it', (kind) => {
  for (let at = 1; ; at++) {
    const folder = folderOf({ 'picture.png': '12345678' });
    const path = join(folder, 'posts', 'a.md');
    const contents = kind === 'text' ? '12345678' : { from: join(folder, 'picture.png') };
    arm({ root: folder, at, fault: 'ENOSPC' });
    let error: unknown;
    try {
      makeWhole(path, contents);
    } catch (thrown) {
      error = thrown;
    }
    const calls = disarm();
    if (calls.length < at) {
      expect([at, error]).toEqual([3, undefined]);
      expect(readFileSync(path, 'utf8')).toBe('12345678');
      break;
    }
    expect(String(error)).toContain(`cannot write ${path}: no space left on the disk`);
    expect(existsSync(path)).toBe(false);
    makeWhole(path, contents);
    expect(readFileSync(path, 'utf8')).toBe('12345678');
  }
});

test('what is there already stays as it is', () => {
  const folder = folderOf({ 'a.md': 'mine', 'b.md': 'other' });
  for (const contents of ['other', { from: join(folder, 'b.md') }])
    expect(() => makeWhole(join(folder, 'a.md'), contents)).toThrow(/EEXIST|there/);
  expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('mine');
});
