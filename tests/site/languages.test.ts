/** Titles and passages of notes on pages in another language say which they are in; others say nothing. */

import { beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, put, readFolder } from '../support/folder.ts';

let files: Map<string, Buffer>;
const page = (path: string) => files.get(`${path}/index.html`)!.toString();
/** Elements of a language other than the page's, each up to its end. */
const marked = (html: string, lang: string) =>
  [...html.matchAll(new RegExp(`<(\\w+)[^>]* lang="${lang}"[^>]*>[\\s\\S]*?</\\1>`, 'g'))].map((m) =>
    m[0].replace(/<[^>]*>/g, '').trim(),
  );

beforeAll(async () => {
  const site = folderOf({
    'postil.yml': 'title: 站\nurl: https://example.org/\n',
    'posts/first.md':
      '---\ntitle: 先读\ndate: 2024-01-01\nseries: 一套\n---\n见 [[english]]、[[english#Part]] 与 [[english|它]]，题 [[english#English title]]。\n\n![[english#Part]]\n',
    'posts/english.md':
      '---\ntitle: English title\ndate: 2024-01-02\nlang: en\nseries: 一套\nbuilds-on: [first]\n---\nOf [[last]].\n\n## Part\n\nPassage in English.\n',
    'posts/last.md': '---\ntitle: 后读\ndate: 2024-01-03\nseries: 一套\nuses: [english]\n---\n没有。\n',
    'posts/same.md':
      '---\ntitle: 同样\ndate: 2024-01-04\nbuilds-on: [last]\n---\n见 [[last]]。\n\n![[last]]\n',
  });
  put(site, 'posts/long.md', `---\nlang: en\n---\n${'word '.repeat(500)}检测\n`);
  put(site, 'posts/mixed.md', `${'注意力'.repeat(100)} ${'word '.repeat(200)}\n`);
  const { out } = await build({ site, jobs: 1 });
  files = readFolder(out);
}, 60_000);

test('links, embeds, relations, the series and neighbours in English', () => {
  const html = page('posts/first');
  expect(html).toContain(
    '<a class="internal" href="/posts/english/"><span lang="en">English title</span></a>',
  );
  expect(html).toContain('<span lang="en">English title § Part</span>');
  expect(html).toContain(
    '题 <a class="internal" href="/posts/english/"><span lang="en">English title</span></a>',
  );
  expect(html).toContain('href="/posts/english/">它</a>');
  expect(html).toMatch(
    /<div class="embed" lang="en"><h2[\s\S]*Passage in English\.[\s\S]*English title<\/a>/,
  );
  expect(html).toMatch(/→ <a href="\/posts\/english\/" lang="en">English title<\/a>/);
  expect(html).toMatch(/<a href="\/posts\/english\/" lang="en">English title<\/a><\/li>/);
  expect(html).toContain('<b lang="en">English title</b>');
});

test('backlinks and what they say in Chinese', () => {
  const html = page('posts/english');
  const backlinks = /<section class="backlinks"[\s\S]*?<\/section>/.exec(html)![0];
  expect(backlinks).toMatch(/<li lang="zh-CN"><a class="backlink" href="\/posts\/first\/">/);
  expect(html).toContain('<b lang="zh-CN">先读</b>');
  expect(html).toContain('<span lang="zh-CN">后读</span>');
});

test('nothing where all is in the language of the page', () => {
  expect(marked(page('posts/same').replace(/^[\s\S]*<article/, ''), 'zh-CN')).toEqual([]);
  expect(page('posts/same')).toContain('<div class="embed">');
});

test('entries of feeds too', () => {
  expect(files.get('atom.xml')!.toString()).toContain(
    '&lt;div class=&quot;embed&quot; lang=&quot;en&quot;&gt;',
  );
});

test('a note is as long as its characters and words together, in the unit of most of it', () => {
  expect(page('posts/long')).toContain('<span>502 words</span>');
  expect(page('posts/mixed')).toContain('<span>500 字</span>');
  expect(page('posts/english')).toMatch(/<span>\d+ words<\/span>/);
});
