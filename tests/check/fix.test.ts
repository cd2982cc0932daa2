/** What `check --fix` does to notes when the disk fails: nothing by halves. */

import { chmodSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { applyFixes } from '../../src/check/fix.ts';
import type { Diagnostic } from '../../src/model.ts';
import { arm, disarm } from '../faults/disk.mjs';
import { folderOf } from '../support/folder.ts';

const TEXT = '# A\n\n见 B 一文。\n\n结尾：这一段是作者自己的结论。\n';
const MENDED = TEXT.replace('B', '[[b]]');
const offer: Diagnostic = {
  id: 'mention/unlinked',
  severity: 'warning',
  message: '',
  file: 'posts/a.md',
  line: 3,
  column: 3,
  length: 1,
  fix: '[[b]]',
};
const site = () => folderOf({ 'posts/a.md': TEXT });
const note = (folder: string) => join(folder, 'posts/a.md');

afterEach(() => {
  disarm();
});

test('a note is whole, whichever call fails, and the message names it', () => {
  for (const code of ['ENOSPC', 'EIO'])
    for (let at = 1; ; at++) {
      const folder = site();
      arm({ root: folder, at, fault: code, forever: true });
      let error: unknown;
      try {
        applyFixes(folder, [offer]);
      } catch (thrown) {
        error = thrown;
      }
      const calls = disarm();
      if (calls.length < at) {
        expect([error, readFileSync(note(folder), 'utf8')]).toEqual([undefined, MENDED]);
        expect(at).toBeGreaterThan(2);
        break;
      }
      expect(String(error)).toContain(`cannot write ${note(folder)}: `);
      expect([TEXT, MENDED]).toContain(readFileSync(note(folder), 'utf8'));
    }
});

test('a note keeps its mode, and nothing is left beside it', () => {
  const folder = site();
  chmodSync(note(folder), 0o666);
  applyFixes(folder, [offer]);
  expect(readFileSync(note(folder), 'utf8')).toBe(MENDED);
  expect(readdirSync(join(folder, 'posts'))).toEqual(['a.md']);
  if (process.platform !== 'win32') expect(statSync(note(folder)).mode & 0o777).toBe(0o666);
});

test.skipIf(process.platform === 'win32')('a symbolic link stays one', () => {
  const folder = site();
  renameSync(note(folder), join(folder, 'elsewhere.md'));
  symlinkSync('../elsewhere.md', note(folder));
  applyFixes(folder, [offer]);
  expect(readFileSync(join(folder, 'elsewhere.md'), 'utf8')).toBe(MENDED);
  expect(readdirSync(join(folder, 'posts'), { withFileTypes: true })[0]!.isSymbolicLink()).toBe(true);
});
