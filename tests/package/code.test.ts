/** What V8 has compiled of the bundle is kept beside it: it saves time, and is never needed. */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import { folderOf, readFolder } from '../support/folder.ts';
import { snapshot } from '../support/snapshot.ts';

const SITE = {
  'postil.yml': 'title: T\nurl: https://example.org/\n',
  'posts/a.md': '# 甲\n\n见 [[乙]]，$x^2$。\n\n```python\nx = 1\n```\n',
  'posts/b.md': '# 乙\n\n正文。\n',
};

let bundle: string;
let code: string;
let site: string;
let expected: Map<string, string>;

/** Builds the site without the store, in a process of its own. */
function built(): Map<string, string> {
  for (const folder of ['dist', '.postil']) rmSync(join(site, folder), { recursive: true, force: true });
  const { status, stderr } = spawnSync(process.execPath, [join(bundle, 'cli.js'), 'build'], {
    cwd: site,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return snapshot(join(site, 'dist'));
}
const kept = () => [...readFolder(code)].map(([path]) => path);

beforeAll(() => {
  // A package of our own: what others run meanwhile keeps nothing in it.
  const postil = folderOf();
  bundle = join(postil, 'bundle');
  code = join(bundle, 'code');
  cpSync(join(root, 'bundle'), bundle, { recursive: true, filter: (path) => !path.endsWith('/code') });
  cpSync(join(root, 'package.json'), join(postil, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(postil, 'node_modules'));
  site = folderOf(SITE);
  expected = built();
});
beforeEach(() => {
  if (!existsSync(join(code))) built();
});

test('a build keeps what it and its threads have run, by file, and nothing of files whose names say nothing', () => {
  const names = kept().map((path) => path.replace(/^\d+\/|-[\w-]{8}\.cjs$/g, ''));
  expect(names).toEqual(expect.arrayContaining(['build', 'site', 'compile', 'highlighter']));
  expect(names.filter((name) => /^(?:cli|worker|index)/.test(name))).toEqual([]);
});

test('the next build makes the same, and writes no code', () => {
  const before = snapshot(code);
  expect(built()).toEqual(expected);
  expect(snapshot(code)).toEqual(before);
});

test.each([
  [
    'one bit changed',
    (bytes: Buffer) => bytes.fill(bytes[bytes.length >> 1]! ^ 1, bytes.length >> 1, (bytes.length >> 1) + 1),
  ],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
  ['empty', () => Buffer.alloc(0)],
  ['another file’s', () => readFileSync(join(code, kept()[0]!))],
])('what is %s is not run, and is made anew', (_, damage) => {
  const before = readFolder(code);
  for (const [path, bytes] of before) writeFileSync(join(code, path), damage(Buffer.from(bytes)));
  expect(built()).toEqual(expected);
  expect([...readFolder(code).keys()].sort()).toEqual([...before.keys()].sort());
  for (const [path, bytes] of readFolder(code)) expect([path, bytes.length > 1000]).toEqual([path, true]);
});

test('where nothing can be written, nothing is kept, and nothing is said', () => {
  rmSync(code, { recursive: true });
  writeFileSync(code, '');
  expect(built()).toEqual(expected);
  rmSync(code);
});

test('code for other settings of V8 is left alone', () => {
  mkdirSync(join(code, '1'), { recursive: true });
  const [path] = kept();
  cpSync(join(code, path!), join(code, '1', 'other.cjs'));
  expect(built()).toEqual(expected);
  expect(existsSync(join(code, '1', 'other.cjs'))).toBe(true);
});
