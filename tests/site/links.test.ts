/** Links as they stand on pages: to files, in the table of contents, and of notes with formulas in their titles. */

import { HtmlValidate } from 'html-validate';
import { beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, readFolder } from '../support/folder.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let page: (path: string) => string;
/** The HTML between a paragraph's start and its end. */
const paragraph = (html: string, start: string) =>
  new RegExp(`<p>${start} (.*?)</p>`).exec(html)?.[1] ?? 'no such paragraph';

beforeAll(async () => {
  const site = folderOf({
    'postil.yml': 'title: T\nurl: https://example.org/\n',
    'posts/x.png': PIXEL,
    'posts/v.webm': 'v',
    'posts/s.mp3': 's',
    'posts/p.pdf': 'p',
    'posts/papers.bib': '@article{he2016, title={Deep}, author={He, Kaiming}, year={2016}}\n',
    'public/m.pdf': 'm',
    'posts/files.md': [
      '# 文件',
      '图 [[x.png]] [[x.png|图片]] [图](x.png)',
      '影 [[v.webm]] [[v.webm|影片]]',
      '页 [[p.pdf#page=3]] [[p.pdf#page=3|第三页]] [甲](p.pdf#page=3) ![[p.pdf#page=4]]',
      '公 [[/m.pdf#page=3|公]] [公](/m.pdf#page=3)',
      '看 ![[x.png#c]] ![[v.webm]]',
      '说 ![下"降](v.webm "往下走") ![[v.webm|说明|320]] ![[v.webm|320x240]]',
      '宽 ![a|320](v.webm) ![](v.webm){width=60%} ![[s.mp3|300]] ![b|300x200](https://example.com/v.mp4)',
      '从 ![[v.webm#t=30]] ![[s.mp3#t=30,60|甲]] ![](v.webm#t=30)',
      '无 ![[无.excalidraw|500]] ![[无.png|300x200]] 与 ![[无|400]] 与 ![[无.png|字|300]] ![[无.png|字]] ![[p.pdf|500]] [[无|500]]',
    ].join('\n\n'),
    'posts/a.md': '---\ntitle: 甲的 <标题>\n---\n正文。\n',
    'posts/contents.md': [
      '# 目录',
      '## 与 [[a]] 的比较',
      '## 与 [[a|别名]]、[[没有]]、[文](a.md) 和 [外](https://example.com/)',
      '### 带 #标签 的标题',
      '## 引 [@he2016, §3; @none]',
      '## 图 ![[v.webm|影片]]',
      '## 由 $\\eqref{eq:x}$ 与 [[a]] 得',
      '$$ x \\label{eq:x} $$',
    ].join('\n\n'),
    'posts/nested.md':
      '# 外\n\n## C# 与 C++\n\n## 甲\n\n### 乙\n\n节 [[#C# 与 C++]] [[#甲#乙]] [[nested#甲#乙]]\n',
    'posts/heading.md': '# 别处\n\n见 [[contents#由 $\\eqref{eq:x}$ 与 a 得]]\n',
    'posts/formula.md': '---\ntitle: 关于 $L_p$，$5\ndate: 2021-01-02\n---\n正文。\n',
    'posts/before.md': '---\ntitle: 更早\ndate: 2021-01-01\n---\n正文。\n',
    'posts/question.md': '# 问\n\n> [!question]\n> 见 [[formula]]？\n',
    'posts/embedded.md': '# 被嵌入\n\n见 [[formula]]。\n',
    'posts/embedding.md': '# 嵌入\n\n![[embedded]]\n',
    'posts/inside.md': [
      '# 链接里',
      '引 [链 [@he2016]](https://example.com/) [站内 [@he2016, §3; @none]](a.md)',
      '式 [链 \\eqref{eq:x}](https://example.com/) [链 $\\eqref{eq:x}$](a.md)',
      '注 [链[^1]](https://example.com/) <a href="https://example.com/">标签[^1]</a>',
      '影 [链 ![片](v.webm)](https://example.com/)',
      '$$ x \\label{eq:x} $$',
      '[^1]: 脚注。',
    ].join('\n\n'),
    'posts/tagged.md': '---\ntags: [标签]\n---\n# 有标签\n',
  });
  const { out } = await build({ site, jobs: 1 });
  const files = readFolder(out);
  page = (path) => files.get(`${path}/index.html`)!.toString();
}, 60_000);

test('a wikilink without ! leads to its file, whatever the file is', () => {
  const files = page('posts/files');
  expect(paragraph(files, '图')).toBe(
    '<a class="file" href="/files/x.png">x.png</a> <a class="file" href="/files/x.png">图片</a> <a class="file" href="/files/x.png">图</a>',
  );
  expect(paragraph(files, '影')).toBe(
    '<a class="file" href="/files/v.webm">v.webm</a> <a class="file" href="/files/v.webm">影片</a>',
  );
  expect(paragraph(files, '看')).toMatch(
    /^<(?:picture|img).* src="\/files\/x\.png".*<video src="\/files\/v\.webm" controls preload="metadata"><\/video>$/,
  );
});

test('a formula in a title is letters where it cannot be set', () => {
  expect(page('posts/formula')).toContain('<title>关于 Lₚ，$5 · ');
  expect(page('posts/formula')).toMatch(/<h1[^>]*>关于 <span class="katex/);
  for (const path of ['posts/before', 'archives']) expect(page(path), path).toContain('关于 Lₚ，$5');
  expect(page('questions')).not.toContain('关于 $');
});

test('what a player shows is said', () => {
  expect(paragraph(page('posts/files'), '说')).toBe(
    [' aria-label="下&#34;降" title="往下走"', ' aria-label="说明" width="320"', ' width="320" height="240"']
      .map((said) => `<video src="/files/v.webm"${said} controls preload="metadata"></video>`)
      .join(' '),
  );
});

test('a player is as wide and begins where its author says', () => {
  const files = page('posts/files');
  const controls = 'controls preload="metadata"';
  expect(paragraph(files, '宽')).toBe(
    [
      `<video src="/files/v.webm" aria-label="a" width="320" ${controls}></video>`,
      `<video src="/files/v.webm" style="width:60%" ${controls}></video>`,
      `<audio src="/files/s.mp3" style="width:300px" ${controls}></audio>`,
      `<video src="https://example.com/v.mp4" aria-label="b" width="300" height="200" ${controls}></video>`,
    ].join(' '),
  );
  expect(paragraph(files, '从')).toBe(
    [
      `<video src="/files/v.webm#t=30" ${controls}></video>`,
      `<audio src="/files/s.mp3#t=30,60" aria-label="甲" ${controls}></audio>`,
      `<video src="/files/v.webm#t=30" ${controls}></video>`,
    ].join(' '),
  );
});

test('the size of an embed is no text for what cannot be embedded', () => {
  const names = paragraph(page('posts/files'), '无').match(/(?<=>)[^<]*(?=<\/)/g);
  expect(names).toEqual(['无.excalidraw', '无.png', '无', '字', '字', 'p.pdf', '500']);
});

test('the contents, which are links themselves, hold the text of links', () => {
  const contents = /<nav class="toc drawer"[^>]*>[\s\S]*?<\/nav>/.exec(page('posts/contents'))?.[0] ?? '';
  const entries = [...contents.matchAll(/<a href="#[^"]*">(.*?) ?<\/a>/g)].map((m) => m[1]!);
  expect(contents).not.toMatch(/<a [^>]*>(?:(?!<\/a>)[\s\S])*<a /);
  expect(entries.map((html) => html.replace(/<span class="katex[\s\S]*/, '…'))).toEqual([
    '与 甲的 &#60;标题&#62; 的比较',
    '与 别名、没有、文 和 外',
    '带 #标签 的标题',
    '引 [He 2016, §3; none]',
    '图 影片',
    '由 …',
  ]);
  expect(page('posts/contents')).toContain('<h2 id="与-a-的比较">与 <a class="internal" href="/posts/a/">');
});

test('a link holds no other: what would be one is its text, and the mark of a footnote stands behind', async () => {
  const inside = page('posts/inside');
  const out = '<a href="https://example.com/" class="external" rel="noopener noreferrer">';
  expect(paragraph(inside, '引')).toBe(
    `${out}链 [He 2016]</a> <a class="internal" href="/posts/a/">站内 [He 2016, §3; none]</a>`,
  );
  expect(paragraph(inside, '式').replace(/<span class="katex[\s\S]*(?=<\/a>)/, '…')).toBe(
    `${out}链 (1)</a> <a class="internal" href="/posts/a/">链 …</a>`,
  );
  expect(paragraph(inside, '注')).toMatch(
    /^<a [^>]*>链<\/a><sup .*?<\/sup><span class="sidenote".*?<\/span> <a [^>]*>标签<\/a><sup .*?<\/sup>$/,
  );
  expect(paragraph(inside, '影')).toBe(`${out}链 片</a>`);
  const { results } = await new HtmlValidate({
    rules: { 'element-permitted-content': 'error', 'close-order': 'error', 'no-dup-id': 'error' },
    elements: ['html5'],
  }).validateString(inside);
  expect(results.flatMap((r) => r.messages.map((m) => m.message))).toEqual([]);
});

test('a link to a heading with a link in it reads as its author wrote it', () => {
  expect(paragraph(page('posts/heading'), '见')).toMatch(
    /^<a class="internal" href="[^"]*">目录 § 由 \$\\eqref\{eq:x\}\$ 与 a 得<\/a>$/,
  );
});

test('a link to a heading reads as the heading, or as the last of nested ones', () => {
  const texts = [...paragraph(page('posts/nested'), '节').matchAll(/<a [^>]*>(.*?)<\/a>/g)].map((m) => m[1]);
  expect(texts).toEqual(['C# 与 C++', '乙', '外 § 乙']);
});

test('a fragment stays in a link to a file', () => {
  const files = page('posts/files');
  expect(paragraph(files, '页')).toBe(
    '<a class="file" href="/files/p.pdf#page=3">p.pdf#page=3</a> <a class="file" href="/files/p.pdf#page=3">第三页</a> ' +
      '<a class="file" href="/files/p.pdf#page=3">甲</a> <a class="file" href="/files/p.pdf#page=4">p.pdf#page=4</a>',
  );
  expect(paragraph(files, '公')).toBe(
    '<a class="internal" href="/m.pdf#page=3">公</a> <a class="internal" href="/m.pdf#page=3">公</a>',
  );
});

test.each(['questions', 'posts/question', 'posts/embedded', 'posts/embedding'])(
  '%s shows a title with a formula, and has the style of formulas',
  (path) => {
    expect(page(path)).toContain('>关于 <span class="katex');
    expect(page(path)).toMatch(/<link rel="stylesheet" href="\/assets\/math-[\w-]+\.css"/);
  },
);
