/** Where processes compile templates beside each other, without a lock. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layOut } from '../../src/theme/compile.ts';
import { ownPlace } from '../../src/theme/own-place.ts';
import { folderOf, put } from '../support/folder.ts';

const dead = spawnSync('true').pid;

test('what processes that are gone left is removed, what another one uses is not', () => {
  const theme = join(folderOf(), 'theme');
  const names = [
    `${dead}-source-ab12`,
    `${dead}-ef.mjs`,
    `${process.ppid}-source-gh34`,
    // Of earlier versions.
    'source',
  ];
  for (const name of names) put(theme, name.endsWith('.mjs') ? name : `${name}/templates/note.tsx`, '');
  // What was laid there just now may be of a process that cannot be seen from here.
  const own = ownPlace(theme, 'x.mjs');
  expect(own).toBe(join(theme, `${process.pid}-x.mjs`));
  expect(readdirSync(theme).sort()).toEqual([...names].sort());
  const before = new Date(Date.now() - 120_000);
  for (const name of names) utimesSync(join(theme, name), before, before);
  ownPlace(theme, 'x.mjs');
  expect(readdirSync(theme)).toEqual([`${process.ppid}-source-gh34`]);
});

test('one process lays templates out twice at once', () => {
  const site = folderOf();
  const lay = (text: string) =>
    layOut(site, join(site, 'theme'), new Map([['parts/date.tsx', Buffer.from(text)]]));
  const [first, second] = [lay('1'), lay('2')];
  expect(first.folder).not.toBe(second.folder);
  second.remove();
  expect(existsSync(join(first.folder, 'templates/parts/date.tsx'))).toBe(true);
  first.remove();
  expect(readdirSync(join(site, 'theme'))).toEqual([]);
});
