/** Pictures of notes: beside them in lists, and beside links to them on other sites. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build, makeSite, png } from '../support/sites.ts';

test('a cover stands beside its note in lists; one that is missing is told, one of another host is left out', async () => {
  const site = makeSite({
    'posts/a/pic.png': png(700, 400),
    'public/img/p.png': png(40, 30),
    'posts/a.md': '---\ncover: a/pic.png\n---\n# A\n\n文\n',
    'posts/b.md': '---\ncover: /img/p.png\n---\n# B\n\n文\n',
    'posts/c.md': '---\ncover: https://elsewhere.test/p.png\n---\n# C\n\n文\n',
    'posts/d.md': '---\ntitle: D\ncover: none.png\n---\n文\n',
    'posts/e.md': '---\ntitle: E\ncover: "[[pic.png]]"\n---\n文\n',
    'posts/f.md': '---\ntitle: F\ncover: false\ntop_img: false\n---\n文\n',
  });
  const { diagnostics } = await build({ site });
  expect(diagnostics.map((d) => `${d.id} ${d.file}:${d.line}:${d.column}`)).toEqual([
    'link/file posts/d.md:3:8',
  ]);
  const read = (path: string) => readFileSync(join(site, 'dist', path), 'utf8');
  const entries = read('index.html').split('<article').slice(1);
  const pictures = entries.map((e) => /<picture class="cover">.*?<\/picture>/.exec(e)?.[0]);
  expect(pictures.map((p) => /<img src="([^"]*)" alt/.exec(p ?? '')?.[1])).toEqual([
    '/files/a/pic.png',
    '/img/p.png',
    undefined,
    undefined,
    '/files/a/pic.png',
    undefined,
  ]);
  // The smallest copy of each format, and the file itself for browsers that know neither.
  expect([...pictures[0]!.matchAll(/srcset="([^"]*)"/g)].map((m) => m[1])).toEqual([
    expect.stringMatching(/^\/files\/a\/pic-[0-9a-f]{8}-680\.avif$/),
    expect.stringMatching(/^\/files\/a\/pic-[0-9a-f]{8}-680\.webp$/),
  ]);
  expect(pictures[0]).toContain('width="700" height="400"');
  for (const [, path] of pictures.join('').matchAll(/(?:src|srcset)="\/([^"]*)"/g))
    expect(() => readFileSync(join(site, 'dist', path!))).not.toThrow();
  expect(read('posts/a/index.html')).toContain(
    '<meta property="og:image" content="https://example.org/files/a/pic.png"/>',
  );
  expect(read('posts/c/index.html') + entries[2]).not.toContain('elsewhere.test');
});

test('a size behind a bar is that of the picture, in both ways of writing one', async () => {
  const site = makeSite({
    'posts/a/pic.png': png(700, 400),
    'posts/a.md':
      '# A\n\n![一|140](a/pic.png)、![[pic.png|140]]、![二|70x60](a/pic.png)、![[pic.png|二|70x60]]\n',
  });
  await build({ site });
  const page = readFileSync(join(site, 'dist/posts/a/index.html'), 'utf8');
  const pictures = [
    ...page.matchAll(/<img src="\/files\/a\/pic.png" (alt="[^"]*" width="\d+" height="\d+")/g),
  ];
  expect(pictures.map((m) => m[1])).toEqual([
    'alt="一" width="140" height="80"',
    'alt="" width="140" height="80"',
    'alt="二" width="70" height="60"',
    'alt="二" width="70" height="60"',
  ]);
});

test('a cover is shown by other sites, also where pictures are drawn: those are for notes without', async () => {
  const site = makeSite({
    'postil.yml': 'title: T\nurl: https://example.org/\nog: { images: true }\n',
    'posts/pic.png': png(700, 400),
    'posts/a.md': '---\ntitle: A\ncover: pic.png\n---\ntext\n',
    'posts/b.md': '---\ntitle: B\n---\ntext\n',
  });
  await build({ site });
  const picture = (path: string) =>
    /og:image" content="([^"]*)"/.exec(readFileSync(join(site, 'dist', path), 'utf8'))?.[1];
  expect(picture('posts/a/index.html')).toBe('https://example.org/files/pic.png');
  expect(picture('posts/b/index.html')).toBe('https://example.org/posts/b/og.png');
  expect(() => readFileSync(join(site, 'dist/posts/a/og.png'))).toThrow('ENOENT');
});

test('a note is shown as pinned where that puts it first', async () => {
  const site = makeSite({
    'posts/a.md': '---\ntitle: A\ndate: 2020-01-01\nsticky: 1\ntags: [x]\n---\ntext\n',
    'posts/b.md': '---\ntitle: B\ndate: 2021-01-01\ntags: [x]\n---\ntext\n',
  });
  await build({ site });
  const read = (path: string) => readFileSync(join(site, 'dist', path), 'utf8');
  expect(read('index.html')).toMatch(/>A<[\s\S]*class="pinned"[\s\S]*>B</);
  expect(read('tags/x/index.html')).not.toContain('class="pinned"');
});
