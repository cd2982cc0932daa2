/** TeX and references of notes where no formula and no link can be set: they are letters and words, wherever they are shown. */

import { beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, readFolder } from '../support/folder.ts';

let files: Map<string, Buffer>;
const page = (path: string) => files.get(path)!.toString();
/** What stands between two texts. */
const between = (html: string, start: string, end: string) => {
  const from = html.indexOf(start);
  return from === -1
    ? `no ${start}`
    : html.slice(from + start.length, html.indexOf(end, from + start.length));
};
const described = (html: string) =>
  [...html.matchAll(/<meta (?:name|property)="(?:og:)?description" content="(.*?)"/g)].map((m) => m[1]);
const entry = (path: string) => {
  const { items } = JSON.parse(page('feed.json')) as {
    items: { url: string; title: string; summary: string }[];
  };
  return items.find((i) => i.url.endsWith(`/${path}/`))!;
};

beforeAll(async () => {
  const site = folderOf({
    'postil.yml': 'title: T\nurl: https://example.org/\nmarkdown: true\ncitation: true\nlang: zh-CN\n',
    'posts/papers.bib': [
      '@article{a, title={甲的文}, author={A, B}, year={2000}}',
      '@article{b, title={乙的文}, author={B, C}, year={2001}}',
    ].join('\n'),
    'posts/cites.md':
      '---\ntitle: 引\ndate: 2021-01-03\n---\n很多 [@a; @b]，见 [@a, p. 3; @none, §2] 与 [@none]，如 [[formula]]、[[formula#节 $y_2$]] 及 $z^2$，花 $5。\n',
    'posts/formula.md': [
      '---',
      'title: 关于 $L_p$ 的 <文>',
      'date: 2021-01-02',
      'description: 在 $O(n)$ 内，$5',
      'paper: {title: On $L_1$ & more, authors: [A B], year: 2003, key: own}',
      'builds-on: [other]',
      'aliases: [/old/]',
      'results:',
      '  - {dataset: D, metric: M $\\uparrow$, value: $4 \\pm 1$, setting: $\\lambda=0.1$}',
      '---',
      '见 [[other]]。',
      '',
      '## 节 $y_2$',
    ].join('\n'),
    'posts/table.md': '# 表\n\n```results\ndataset: D\nmetric: M $\\uparrow$\n```\n',
    'posts/other.md': '---\ntitle: 别的 $M_k$\ndate: 2021-01-01\n---\n见 [[formula]] 与 [@own]。\n',
  });
  const { out } = await build({ site, jobs: 1 });
  files = readFolder(out);
}, 60_000);

test('an excerpt that is text says what the page says', () => {
  const said =
    '很多 [A 2000; B 2001]，见 [A 2000, p. 3; none] 与 none，如 关于 Lₚ 的 <文>、关于 Lₚ 的 <文> § 节 y₂ 及 z²，花 $5。';
  const escaped = said.replaceAll('<', '&lt;');
  const html = page('posts/cites/index.html');
  expect(described(html)).toEqual([escaped, escaped]);
  expect(entry('posts/cites').summary).toBe(said);
  expect(page('atom.xml')).toContain(`<summary>${escaped.replaceAll('>', '&gt;')}</summary>`);
  expect(JSON.parse(between(html, '<script type="application/ld+json">', '</script>'))).toHaveProperty(
    'description',
    said,
  );
  expect(page('llms.txt')).toContain(said);
  expect(JSON.parse(page('posts/cites/preview.json')).text).toBe(said);
});

test('a title is letters where no formula can be set', () => {
  const title = '关于 Lₚ 的 <文>';
  const html = page('posts/formula/index.html');
  expect(entry('posts/formula').title).toBe(title);
  expect(page('atom.xml')).toContain('<title>关于 Lₚ 的 &lt;文&gt;</title>');
  expect(JSON.parse(between(html, '<script type="application/ld+json">', '</script>')).headline).toBe(title);
  expect(html).toContain('<meta name="citation_title" content="关于 Lₚ 的');
  expect(JSON.parse(page('posts/formula/preview.json')).title).toBe(title);
  expect(page('llms.txt')).toContain(`[${title}]`);
  expect(page('old/index.html')).toContain('关于 Lₚ');
  expect(between(page('posts/other/index.html'), 'id="_lineage"', '</section>')).toContain('关于 Lₚ 的');
  expect(page('graph/index.html').replace(/<script[\s\S]*?<\/script>/g, '')).not.toContain('$');
  expect(page('graph/index.html')).toMatch(/<svg[\s\S]*>别的 Mₖ<\/text>[\s\S]*<ul>[\s\S]*别的 Mₖ/);
  expect(page('graph.json')).toContain('别的 Mₖ');
});

test('a table of results shows letters, but for titles', () => {
  const html = page('posts/table/index.html');
  const table = between(html, '<figure class="table results">', '</figure>');
  expect(table).toMatch(
    /<a class="internal" href="\/posts\/formula\/">关于 <span class="katex" data-tex="L_p">/,
  );
  expect(html).toMatch(/<link rel="stylesheet" href="\/assets\/math-/);
  expect(table).not.toContain('$');
  for (const text of ['D · M ↑', '>λ=0.1<', '>4 ± 1<']) expect(table).toContain(text);
});

test('so is what a note says of itself', () => {
  const html = page('posts/formula/index.html');
  const said = '在 O(n) 内，$5';
  expect(html).toContain(`<p class="lead">${said}</p>`);
  expect(described(html)).toEqual([said, said]);
  expect(entry('posts/formula').summary).toBe(said);
});

test('and the title of a paper, but for what is to be read as TeX', () => {
  const letters = 'On L₁ &amp; more';
  const own = page('papers/own/index.html');
  expect(own).toMatch(new RegExp(`<title>${letters} · .*<h1[^>]*>${letters}</h1>`, 's'));
  expect(own).toContain(`content="${letters}"`);
  const forms = between(own, 'class="forms"', '</section>');
  expect(forms.match(/On L₁ &amp; more/g)).toHaveLength(2);
  expect(forms).toContain('On $L_1$');
  expect(between(page('posts/formula/index.html'), 'class="paper-title"', '</dd>')).toContain(letters);
  expect(between(page('posts/other/index.html'), 'class="references"', '</section>')).toContain(letters);
  expect(page('papers/index.html')).toContain(letters);
  expect(page('papers/own/preview.json')).toContain('On L₁ & more');
});
