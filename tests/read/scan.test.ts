/** What a scan reads, it reads once. */

import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { hash } from '../../src/hash.ts';
import { find, notesSince, scan } from '../../src/read/scan.ts';
import { folderOf, put } from '../support/folder.ts';

test('notes that had to be read for their hash come with what was read; others, and other files, without', async () => {
  const site = folderOf({
    'posts/a.md': '甲',
    'posts/b/c.md': '乙',
    'posts/x.svg': '<svg/>',
    'public/p.md': '丙',
  });
  // Until their stamps can be trusted.
  await setTimeout(80);
  const { notes, assets, publicFiles, stamps } = scan(site, {});
  expect(notes.map((n) => [n.path, n.contents?.toString(), n.hash])).toEqual([
    ['a.md', '甲', hash('甲')],
    ['b/c.md', '乙', hash('乙')],
  ]);
  expect([...assets, ...publicFiles].map((f) => [f.path, 'contents' in f])).toEqual([
    ['x.svg', false],
    ['p.md', false],
  ]);
  put(site, 'posts/a.md', '甲乙');
  const again = scan(site, stamps);
  expect(again.notes.map((n) => [n.path, n.contents?.toString(), n.hash])).toEqual([
    ['a.md', '甲乙', hash('甲乙')],
    ['b/c.md', undefined, hash('乙')],
  ]);
});

test('of the hidden files of public/, .well-known/ is taken, which other programs ask for; no other one anywhere', () => {
  const { notes, assets, publicFiles, templates } = scan(
    folderOf({
      'posts/.well-known/a.md': '',
      'posts/.obsidian/b.json': '',
      'public/.well-known/atproto-did': 'did:plc:x',
      'public/.well-known/acme/security.txt': '',
      'public/.well-known/.DS_Store': '',
      'public/.well-known/.git/HEAD': '',
      'public/.git/HEAD': '',
      'public/.nojekyll': '',
      'public/below/.well-known/c.txt': '',
      'public/d.txt': '',
      'templates/.well-known/e.tsx': '',
    }),
    {},
  );
  expect(publicFiles.map((f) => f.path)).toEqual([
    '.well-known/acme/security.txt',
    '.well-known/atproto-did',
    'd.txt',
  ]);
  expect([...notes, ...assets, ...templates]).toEqual([]);
});

test('notes written since the last build are told without what it left', async () => {
  const site = folderOf({ 'posts/a.md': '甲', 'posts/b/c.md': '乙丙', 'posts/x.svg': '<svg/>' });
  await setTimeout(20);
  const ended = Date.now();
  await setTimeout(20);
  expect(notesSince(find(site), ended)).toEqual([]);
  put(site, 'posts/b/c.md', '丁');
  put(site, 'posts/x.svg', '<svg></svg>');
  expect(notesSince(find(site), ended)).toEqual([3]);
  expect(notesSince(find(site), Number.NEGATIVE_INFINITY)).toEqual([3, 3]);
});

test('two files of one name in another Unicode form are told, and the first one is named', () => {
  const { diagnostics } = scan(folderOf({ 'posts/caf\u00e9.md': '1', 'posts/cafe\u0301.md': '2' }), {});
  expect(diagnostics.map((d) => d.id)).toEqual(['fs/same-name']);
  expect(diagnostics[0]!.message).toContain('caf');
});
