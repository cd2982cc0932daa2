/** What is off until asked for: comments, counting, licence and citation, Markdown, pictures; and two languages tied. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseXml } from '@rgrove/parse-xml';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { type BuildResult, build } from '../../src/build.ts';
import { readConfig } from '../../src/config/config.ts';
import { hasChineseFont } from '../../src/images/card.ts';
import { folderOf, readFolder } from '../support/folder.ts';

const SETTINGS = `title: 朱批
url: https://example.org/notes/
author: 张三
description: 笔记
comments: { repo: o/n, repoId: R_1, category: General, categoryId: DIC_2 }
analytics: { goatcounter: mycode }
licence: CC-BY-SA-4.0
citation: true
markdown: true
og: { images: true }
`;
const ZH = `---
title: '一篇 "x": [y]'
date: 2021-09-07
tags: [视觉]
internal: SECRET-FIELD
---

正文 %%SECRET-INLINE%% 与 <!-- SECRET-HTML --> 公式 $a$。

%%
SECRET-BLOCK

还是 SECRET-BLOCK
%%

<!-- more -->

![图%%SECRET-ALT%%](x.png "图题%%SECRET-TITLE%%")

<div>见%%SECRET-DIV%% <code>%%code stays%%</code></div>

    %%code stays%%

\`<!-- code stays -->\`

<div><!-- HALF-OPEN

HALF-AFTER --></div>

结尾。
`;
const EN =
  '---\ntitle: One\ndate: 2021-09-08\nlang: en\ntranslationOf: zh\ntags: [x//y/]\ncomments: false\ncssclasses: [wide, missing, a"b]\n---\n\nText.\n\n## A\n\n## B\n';

let folder: string;
let result: BuildResult;
let files: Map<string, Buffer>;
const text = (path: string) => files.get(path)!.toString();
beforeAll(async () => {
  folder = folderOf({
    'postil.yml': SETTINGS,
    'posts/zh.md': ZH,
    'posts/x.png': '',
    'posts/en.md': EN,
    'posts/about.md': '---\ntitle: 关于\ntype: page\n---\n\n一页。\n',
    'posts/d.md': '---\ntitle: SECRET-DRAFT\ndraft: true\n---\n\nSECRET-DRAFT\n',
  });
  result = await build({ site: folder });
  files = readFolder(join(folder, 'dist'));
});

test('the site is built; what is hidden is nowhere', () => {
  expect(result.published).toBe(true);
  for (const [path, bytes] of files) expect(bytes.includes('SECRET-'), path).toBe(false);
});

test('classes of a note stand at its article, and none is one of the templates’', () => {
  expect(text('posts/en/index.html')).toContain('<article class="note css-wide css-missing">');
  expect(text('posts/zh/index.html')).toContain('<article class="note">');
});

test('every note lies beside its page as Markdown, without what its page does not show', () => {
  expect(text('posts/zh/index.md')).toBe(`---
title: "一篇 \\"x\\": [y]"
url: "https://example.org/notes/posts/zh/"
date: "2021-09-07"
lang: "zh-CN"
author: "张三"
tags: ["视觉"]
license: "https://creativecommons.org/licenses/by-sa/4.0/"
---

正文  与  公式 $a$。

![图](x.png "图题")

<div>见 <code>%%code stays%%</code></div>

    %%code stays%%

\`<!-- code stays -->\`

<div></div>

结尾。
`);
  expect(text('posts/zh/index.html')).toContain(
    '<link rel="alternate" type="text/markdown" href="/notes/posts/zh/index.md"/>',
  );
  expect(text('llms.txt')).toBe(`# 朱批

> 笔记

## 笔记

- [One](https://example.org/notes/posts/en/index.md): Text.…
- [一篇 "x": \\[y\\]](https://example.org/notes/posts/zh/index.md): 正文 与 公式 a。

## 页面

- [关于](https://example.org/notes/about/index.md): 一页。
`);
});

test('a note leads to the pages of its tags', () => {
  const [, path] = /href="\/notes\/(tags\/[^"]+)"[^>]*>x\/\/y\/</.exec(text('posts/en/index.html'))!;
  expect(path).toBe('tags/x/y/');
  expect(files.has(`${path}index.html`)).toBe(true);
});

test('two notes in two languages know each other, and each speaks its own', () => {
  const [zh, en] = [text('posts/zh/index.html'), text('posts/en/index.html')];
  for (const page of [zh, en]) {
    expect(page).toContain(
      '<link rel="alternate" hreflang="zh-CN" href="https://example.org/notes/posts/zh/"/>',
    );
    expect(page).toContain(
      '<link rel="alternate" hreflang="en" href="https://example.org/notes/posts/en/"/>',
    );
  }
  expect(zh).toContain('<a href="/notes/posts/en/" hreflang="en" lang="en" rel="alternate">English: One</a>');
  expect(en).toContain('hreflang="zh-CN" lang="zh-CN" rel="alternate">中文: 一篇');
  // Around the note its own language; the bar and the foot, marked as such, in the site's.
  expect(en).toMatch(
    /<html lang="en">[\s\S]*<header class="bar" lang="zh-CN">[\s\S]*Contents[\s\S]*<footer class="foot" lang="zh-CN">/,
  );
  expect(text('about/index.html')).not.toContain('hreflang');
});

test.each([
  ['a note that is not there', { 'posts/a.md': 'translationOf: b' }, ['link/translation posts/a.md:3:16']],
  [
    'a draft',
    { 'posts/a.md': 'translationOf: b', 'posts/b.md': 'draft: true' },
    ['link/translation posts/a.md:3:16'],
  ],
  ['itself', { 'posts/a.md': 'translationOf: a' }, ['link/translation-same posts/a.md:3:16']],
  [
    'a note in the same language',
    { 'posts/a.md': 'translationOf: b', 'posts/b.md': 'tags: [x]' },
    ['link/translation-same posts/a.md:3:16'],
  ],
])('translationOf %s is a warning with its place', async (_, notes, said) => {
  const site = folderOf({ 'postil.yml': 'url: https://example.org/\n' });
  const { put } = await import('../support/folder.ts');
  for (const [path, line] of Object.entries(notes))
    put(site, path, `---\ntitle: ${path}\n${line}\n---\n\n文。\n`);
  const { diagnostics } = await build({ site, check: {} as never });
  expect(
    diagnostics.filter((d) => /^link\/tr/.test(d.id)).map((d) => `${d.id} ${d.file}:${d.line}:${d.column}`),
  ).toEqual(said);
});

test('a box says how to cite the note, and its licence', () => {
  const zh = text('posts/zh/index.html');
  expect(zh).toMatch(
    /<h2 id="_colophon">引用本笔记<\/h2><p>张三\. 一篇 &quot;x&quot;: \[y\]\[EB\/OL\]\. 2021\. https:\/\/example\.org\/notes\/posts\/zh\/\.<\/p>/,
  );
  expect(zh).toContain('@misc{zh,');
  expect(zh).toContain('howpublished = {朱批}');
  expect(zh).toContain(
    '<a class="external" rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>',
  );
  expect(text('posts/en/index.html')).toContain('Cite this note');
  expect(text('about/index.html')).not.toContain('_colophon');
});

test('comments stand below notes that take them, and only there is their host allowed', () => {
  const policy = (path: string) => /Content-Security-Policy" content="([^"]+)"/.exec(text(path))![1]!;
  expect(text('posts/zh/index.html')).toContain(
    '<a class="external" href="https://github.com/o/n/discussions">',
  );
  expect(policy('posts/zh/index.html')).toContain('frame-src https://giscus.app;');
  for (const path of ['posts/en/index.html', 'about/index.html', 'index.html']) {
    expect(text(path)).not.toContain('class="comments"');
    expect(policy(path)).not.toContain('giscus');
  }
  // Counting needs one host to talk to, and no foreign script.
  for (const path of ['posts/zh/index.html', 'index.html', '404.html']) {
    expect(policy(path)).toContain("connect-src 'self' https://mycode.goatcounter.com;");
    expect(policy(path)).toMatch(/script-src 'self'(?: 'sha256-[^']+')+;/);
  }
});

test('a page allows the hosts of all pictures, sounds and films that it shows, and of nothing else', async () => {
  const site = folderOf({
    'postil.yml': 'title: T\nurl: https://example.org/\n',
    'posts/a.md': `---
tags: [t]
---

![](https://excerpt.example/x.png)

<!-- more -->

一[^1]，二[^2]。<img alt="a > b" src="https://greater.example/x.png">

<video src="https://film.example/x.mp4" poster="https://poster.example/x.png"></video>

![](//scheme.example/x.png) ![](https://例子.example:8080/x.png) ![](https://a.example;sandbox/x.png)

<img alt="x src='https://alt.example/'" src="x.png"> \`<img src="https://code.example/x.png">\`

[^1]: ![](https://beside.example/x.png)
[^2]: 甲

    ![](https://end.example/x.png)
`,
    'posts/x.png': '',
    'posts/t.md': '---\ntitle: t\ntype: tag\n---\n\n![](https://tag.example/x.png)\n',
  });
  const { published } = await build({ site });
  expect(published).toBe(true);
  const sources = (path: string) =>
    /img-src 'self' data:([^;]*); media-src 'self'([^;]*);/
      .exec(readFileSync(join(site, 'dist', path), 'utf8'))!
      .slice(1)
      .map((list) => list.trim().split(' '));
  const note = [
    ...['beside', 'end', 'excerpt', 'film', 'greater', 'poster'].map((name) => `https://${name}.example`),
    'https://xn--fsqu00a.example:8080',
    'scheme.example',
  ];
  expect(sources('posts/a/index.html')).toEqual([note, note]);
  expect(sources('index.html')[0]).toEqual(['https://excerpt.example']);
  expect(sources('tags/t/index.html')[0]).toEqual(['https://excerpt.example', 'https://tag.example']);
  expect(sources('archives/index.html')[0]).toEqual(['']);
});

test('a note has a picture with its title; other pages have the site’s', async () => {
  const picture = (path: string) => /<meta property="og:image" content="([^"]+)"/.exec(text(path))?.[1];
  expect(picture('index.html')).toMatch(/^https:\/\/example\.org\/notes\/assets\/og-\w+\.png$/);
  expect(files.has(picture('index.html')!.slice('https://example.org/notes/'.length))).toBe(true);
  const chinese = await hasChineseFont();
  expect(result.diagnostics.map((d) => d.id)).toEqual(chinese ? [] : ['og/no-font']);
  if (!chinese) {
    // The site's own title is Chinese: no picture can be right.
    expect(result.diagnostics[0]).toMatchObject({ file: 'postil.yml', line: 10 });
    expect(picture('posts/zh/index.html')).toBe(picture('index.html'));
    return;
  }
  expect(picture('posts/zh/index.html')).toBe('https://example.org/notes/posts/zh/og.png');
  const { width, height, format } = await sharp(files.get('posts/zh/og.png')!).metadata();
  expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'png' });
  // Drawn once: it comes back from the store as it was.
  const again = await build({ site: folder, out: join(folder, 'other') });
  expect(again.published).toBe(true);
  expect(readFileSync(join(folder, 'other/posts/zh/og.png')).equals(files.get('posts/zh/og.png')!)).toBe(
    true,
  );
});

test('characters that XML cannot hold are left out of feeds, site maps and pictures of notes', async () => {
  const site = folderOf({
    'postil.yml': 'title: "S\\x08"\nurl: https://example.org/\nog: { images: true }\n',
    'posts/a.md': '---\ntags: ["x\\ufffey"]\n---\n# A\b\ufffe & B\n\nText \u000b \uffff `\u001b[31m` <b>.\n',
  });
  const { published } = await build({ site });
  expect(published).toBe(true);
  const made = readFolder(join(site, 'dist'));
  const [feed, map] = ['atom.xml', 'sitemap.xml'].map((path) => parseXml(made.get(path)!.toString()));
  expect(feed!.text).toContain('A & B');
  expect(feed!.text).toContain('Text   <code>[31m</code>');
  expect(map!.text).toContain('https://example.org/posts/a/');
  expect((await sharp(made.get('posts/a/og.png')!).metadata()).width).toBe(1200);
});

test('none of it is there unless it is asked for', async () => {
  const site = folderOf({
    'postil.yml': 'title: T\nurl: https://example.org/\n',
    'posts/a.md': '# A\n\nx\n',
  });
  await build({ site });
  const made = readFolder(join(site, 'dist'));
  expect([...made.keys()].filter((p) => /\.md$|llms|(?:^|\/)og\.png$/.test(p))).toEqual([]);
  expect(made.get('posts/a/index.html')!.toString()).not.toMatch(
    /comments"|data-count|_colophon|giscus|frame-src|hreflang|text\/markdown/,
  );
});

const settings = (yml: string) => readConfig(`url: https://example.org/\n${yml}\n`, undefined);

test.each([
  ['analytics: { goatcounter: mycode }', 'https://mycode.goatcounter.com/count'],
  ['analytics: { goatcounter: "https://stats.example.org" }', 'https://stats.example.org/count'],
  ['analytics: { plausible: example.org }', 'https://plausible.io/api/event'],
  [
    'analytics: { plausible: example.org, host: "https://p.example.org/" }',
    'https://p.example.org/api/event',
  ],
  ['analytics: { umami: 0b-1c }', 'https://cloud.umami.is/api/send'],
])('%s reports to %s', (yml, endpoint) => {
  const { config, diagnostics } = settings(yml);
  expect(diagnostics).toEqual([]);
  expect(config.analytics!.endpoint).toBe(endpoint);
});

test.each([
  ['analytics: { google: UA-1 }', 'config/unknown', 2],
  ['analytics: { umami: a, plausible: b }', 'config/type', 2],
  ['analytics: { umami: a, host: "http://example.org" }', 'config/type', 2],
  ['analytics: { goatcounter: "https://a.example/x" }', 'config/type', 2],
  ['comments: { repo: o/n }', 'config/type', 2],
  ['comments:\n  repo: "o n"\n  repoId: a\n  category: c\n  categoryId: d', 'config/type', 3],
  ['comments:\n  repo: o/n\n  repoId: a\n  category: c\n  categoryid: d', 'config/unknown', 6],
  ['licence: { url: "https://example.org/" }', 'config/type', 2],
  ['licence: { name: X, url: "javascript:1" }', 'config/type', 2],
  ['og: { image: "../x.png" }', 'config/type', 2],
  ['og: { picture: x.png }', 'config/unknown', 2],
])('%s is refused where it stands', (yml, id, line) => {
  const { diagnostics } = settings(yml);
  expect(diagnostics.map((d) => [d.id, d.line])).toContainEqual([id, line]);
});
