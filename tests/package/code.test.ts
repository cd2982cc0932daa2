/** What V8 has compiled of the bundle is kept beside it: it saves time, and is never needed. */

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
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

const build = () =>
  spawnSync(process.execPath, [join(bundle, 'cli.js'), 'build'], { cwd: site, encoding: 'utf8' });

/** Builds the site without the store, in a process of its own. */
function built(): Map<string, string> {
  for (const folder of ['dist', '.postil']) rmSync(join(site, folder), { recursive: true, force: true });
  const { status, stderr } = build();
  expect([status, stderr]).toEqual([0, '']);
  return snapshot(join(site, 'dist'));
}

/** Builds with one file of the bundle changed. */
function buildWith(name: string, change: (source: string) => string): ReturnType<typeof build> {
  const file = join(bundle, name);
  const source = readFileSync(file, 'latin1');
  writeFileSync(file, change(source));
  const ran = build();
  writeFileSync(file, source);
  return ran;
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
  if (!existsSync(code)) built();
});

test('a build keeps what it and its threads have run, by file, for this Node alone', () => {
  for (const path of kept())
    expect(path.startsWith(`${process.version}-${process.platform}-${process.arch}-`), path).toBe(true);
  const names = kept().map((path) => path.replace(/^.*\/|-[\w-]{8}\.cjs$/g, ''));
  expect(names).toEqual(expect.arrayContaining(['build', 'site', 'compile', 'highlighter']));
  // A piece that was on its way lies nowhere.
  expect(kept().filter((path) => !path.endsWith('.cjs'))).toEqual([]);
});

test('the next build makes the same, and writes no code', () => {
  const before = snapshot(code);
  expect(built()).toEqual(expected);
  expect(snapshot(code)).toEqual(before);
});

test.each([
  ['one bit changed', (bytes: Buffer) => flip(bytes)],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
  ['empty', () => Buffer.alloc(0)],
  ['another file’s', (_: Buffer, path: string) => readFileSync(join(code, kept().find((p) => p !== path)!))],
])('what is %s is not run, and is made anew', (_, damage) => {
  const damaged = new Map(
    [...readFolder(code)].map(([path, bytes]) => [path, damage(Buffer.from(bytes), path)]),
  );
  for (const [path, bytes] of damaged) writeFileSync(join(code, path), bytes);
  expect(built()).toEqual(expected);
  const anew = readFolder(code);
  expect([...anew.keys()]).toEqual([...damaged.keys()]);
  for (const [path, bytes] of anew) expect([path, bytes.equals(damaged.get(path)!)]).toEqual([path, false]);
});

function flip(bytes: Buffer): Buffer {
  bytes[bytes.length >> 1]! ^= 1;
  return bytes;
}

test('what was compiled of a file that is another now, and as long, is not run', () => {
  const name = readdirSync(bundle).find((n) => /^build-.*\.cjs$/.test(n))!;
  const { stdout } = buildWith(name, (source) => {
    expect(source).toContain('Look at it: ');
    return source.replace('Look at it: ', 'Look at me: ');
  });
  expect(stdout).toContain('Look at me: ');
});

test('where nothing can be written, nothing is kept, and nothing is said', () => {
  rmSync(code, { recursive: true });
  writeFileSync(code, '');
  expect(built()).toEqual(expected);
  rmSync(code);
});

test('what another Node keeps is left alone, and goes when it is old and something new is kept', () => {
  const month = new Date(Date.now() - 31 * 24 * 3_600_000);
  for (const name of ['v20.19.0-linux-x64-1', 'v20.19.0-linux-x64-2'])
    mkdirSync(join(code, name), { recursive: true });
  utimesSync(join(code, 'v20.19.0-linux-x64-1'), month, month);
  const [mine] = kept();
  rmSync(join(code, mine!.split('/')[0]!), { recursive: true });
  expect(built()).toEqual(expected);
  expect(existsSync(join(code, mine!))).toBe(true);
  expect(readdirSync(code)).not.toContain('v20.19.0-linux-x64-1');
  expect(readdirSync(code)).toContain('v20.19.0-linux-x64-2');
});

test('a command that waits for what never comes does not end as if all were done', () => {
  const { status } = buildWith(
    'cli.cjs',
    (source) => `${source}\nexports.run = () => new Promise(() => {});`,
  );
  expect(status).toBe(13);
});
