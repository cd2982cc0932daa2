/** Whatever a site writes, nobody else may write there: each of its files as an old address of a note is an error. */

import { expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, readFolder } from '../support/folder.ts';
import { png } from '../support/sites.ts';

const FILES = {
  'postil.yml': `title: T
url: https://example.org/
markdown: true
offline: true
perPage: 2
og: { images: true }
`,
  'public/data/x.txt': 'x',
  'public/about/index.html': '<p>x</p>',
  'posts/tag.md': '---\ntitle: x\ntype: tag\n---\nText.\n',
  'posts/page.md': '---\ntype: page\n---\nText.\n',
  'posts/old.md': '---\npermalink: /old/a.html\naliases: [/older/, /oldest.html]\n---\nText.\n',
  'posts/vision/pic.png': png(900, 4),
  ...Object.fromEntries(
    Array.from({ length: 5 }, (_, i) => [
      `posts/vision/n${i}.md`,
      `---
title: N${i}
date: 2024-01-0${i + 1}
tags: [x, x/y]
categories: [c, d]
series: S
lang: en
depth: 精读
paper: { key: k${i}, title: P${i}, authors: [A B], venue: CVPR, year: 2020 }
${i > 0 ? `builds-on: n${i - 1}\n` : ''}---
![](pic.png)

> [!question] Why?
> So.

Term${i} (T${i}):: What it is.
`,
    ]),
  ),
};

test('each file of a site, as an address of a note', async () => {
  const site = folderOf(FILES);
  const first = await build({ site });
  expect(first.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  const files = [...readFolder(`${site}/dist`).keys()].filter((path) => path !== '.postil.json');
  for (const some of [
    ...['assets/', 'search/words-', 'search/notes-', 'files/vision/pic-', 'page/2/', 'sw.js', 'glossary/'],
    ...['questions/', 'reading-log/', 'graph/', 'venues/', 'papers/k1/preview.json', 'series/S/', 'offline/'],
  ])
    expect(files.find((path) => path.startsWith(some)) ?? '').toContain(some);
  const aliases = JSON.stringify(files.map((path) => `/${path}`));
  const other = folderOf({ ...FILES, 'posts/z.md': `---\naliases: ${aliases}\n---\n` });
  const { diagnostics } = await build({ site: other });
  const said = diagnostics.filter((d) => d.id === 'url/duplicate').map((d) => d.message);
  const untold = files.filter((path) => {
    const address = `/${path}`.replace(/\/index\.html$/, '/');
    return !said.some((message) => message.endsWith(` want the address ${address}`));
  });
  expect(untold).toEqual([]);
});

test('two pictures with the same bytes and one name but for its ending have the same copies', async () => {
  const picture = png(900, 4);
  const notes = { 'posts/a.md': '![](p.png) ![](p.jpg)', 'posts/p.png': picture, 'posts/p.jpg': picture };
  const site = folderOf({ 'postil.yml': FILES['postil.yml'], ...notes });
  expect((await build({ site })).published).toBe(true);
  const copies = [...readFolder(`${site}/dist`).keys()].filter((path) => /^files\/p-.*webp$/.test(path));
  expect(copies).toHaveLength(2);
});
