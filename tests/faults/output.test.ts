/** Case 15: an output folder in which a build could destroy something is refused, and nothing is touched. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOutput, MANIFEST, printManifest, readManifest } from '../../src/write/output-folder.ts';
import { folderOf, postil, put } from '../support/folder.ts';
import { snapshot } from '../support/snapshot.ts';

const site = () =>
  folderOf({ 'posts/a.md': '# A\n', 'postil.yml': 'url: https://example.org/\n', 'mine/x': 'mine' });
const idOf = (root: string, out: string) => checkOutput(root, out)?.id;

describe('case 15: dangerous output folders', () => {
  it.each([
    ['the root', 'it is the root', () => '/'],
    ['the home folder', 'it is or holds your home', () => homedir()],
    ['what holds the home folder', '', () => dirname(homedir())],
    ['the site itself', 'it is or holds the site', (root: string) => root],
    ['what holds the site', '', (root: string) => dirname(root)],
    ...[
      'posts',
      'posts/x',
      'public',
      'public/x/y',
      'templates',
      '.postil',
      '.postil/store',
      '.git',
      'node_modules/x',
      'src',
    ].map(
      (path) => [path, `in the site’s ${path.split('/')[0]}/`, (root: string) => join(root, path)] as const,
    ),
    [
      'a symbolic link to the notes',
      'in the site’s posts/',
      (root: string) => {
        symlinkSync('posts', join(root, 'link'));
        return join(root, 'link');
      },
    ],
    [
      'a folder below a symbolic link to the notes',
      'in the site’s posts/',
      (root: string) => {
        symlinkSync('posts', join(root, 'link'));
        return join(root, 'link/new/dist');
      },
    ],
    ['a file', 'it is a file', (root: string) => join(root, 'mine/x')],
    [
      'another git repository',
      'it is a git repository',
      (root: string) => {
        mkdirSync(join(root, 'mine/.git'));
        return join(root, 'mine');
      },
    ],
  ] as const)('%s', (_, why, of) => {
    const root = site();
    expect(checkOutput(root, of(root))).toMatchObject({
      id: 'out/dangerous',
      message: expect.stringContaining(why),
    });
  });

  it.each([
    ['a folder that is not there', 'dist', undefined],
    ['one far below', 'a/b/c', undefined],
    ['one beside the notes whose name begins like theirs', 'posts2', undefined],
    ['one in Postil’s own folder', '.postil/dev', 'out/dangerous'],
    ['a folder with files of others', 'mine', 'out/foreign'],
  ])('%s', (_, path, id) => {
    const root = site();
    expect(idOf(root, join(root, path))).toBe(id);
  });

  it('an empty folder, one that Postil wrote, and one with only files on their way are taken', () => {
    const root = site();
    mkdirSync(join(root, 'empty'));
    put(root, 'own/.postil.json', '{}');
    put(root, 'own/index.html', '');
    mkdirSync(join(root, 'staged/.postil-stage'), { recursive: true });
    for (const path of ['empty', 'own', 'staged'])
      expect([path, idOf(root, join(root, path))]).toEqual([path, undefined]);
  });

  it('exit 2, the reason, and not a byte is touched', async () => {
    const root = site();
    const before = snapshot(root, (path) => path.startsWith('.postil'));
    const { code, stderr } = await postil(['build', root, '--out', join(root, 'posts')]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error\[out\/dangerous\] .*it lies in the site’s posts\//),
    ]);
    expect(snapshot(root, (path) => path.startsWith('.postil'))).toEqual(before);
  });

  it('the list of its own files names nothing outside, and is printed in one order', () => {
    const root = folderOf();
    const hash = 'h';
    const names = [
      'a',
      'a/b',
      '中/文',
      '__proto__',
      '..a',
      'a.',
      'ab:c',
      '../x',
      'a/../../x',
      '/x',
      'a//b',
      './a',
      'a/.',
      '..',
      'C:/x',
      'c:x',
      'a\\b',
      'a\0b',
      MANIFEST,
    ];
    const files = Object.fromEntries(names.map((n) => [n, hash]));
    const text = JSON.stringify({ files: { ...files, number: 1 } }).replace('"a":', '"__proto__": "h", "a":');
    writeFileSync(join(root, MANIFEST), text);
    expect([...readManifest(root)!.keys()].sort()).toEqual([
      '..a',
      '__proto__',
      'a',
      'a.',
      'a/b',
      'ab:c',
      '中/文',
    ]);
    expect(readManifest(join(root, 'nowhere'))).toBeUndefined();
    writeFileSync(join(root, MANIFEST), text.slice(0, 20));
    expect(readManifest(root)).toBeUndefined();
    const printed = printManifest(
      new Map([
        ['b', '2'],
        ['c', '4'],
        ['a', '1'],
        ['B', '3'],
      ]),
    );
    expect(printed).toBe(
      '{\n "generator": "postil",\n "files": {\n  "B": "3",\n  "a": "1",\n  "b": "2",\n  "c": "4"\n }\n}\n',
    );
  });
});
