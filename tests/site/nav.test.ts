/** Links of the bar, which stand on every page: each leads somewhere, or is told. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build, makeSite } from '../support/sites.ts';

const NAV = `url: https://example.org/notes/
nav:
- 笔记: /
- 标签: /tags/
- 关于: /about/#谁
- 旧址: /old/
- 论文: /%E8%AE%BA%E6%96%87.pdf
- 搜索: /search?q=DETR
- 别处: https://example.org/nowhere/
`;
const files = {
  'posts/about.md': '---\ntype: page\naliases: [/old/]\n---\n## 谁\n\n文\n',
  'posts/a.md': '# A\n\n文\n',
  'posts/draft.md': '---\ntype: page\ndraft: true\n---\n文\n',
  'public/论文.pdf': 'x',
};

test('what leads to a page or a file of the site is right, with what is asked of it', async () => {
  const site = makeSite({ ...files, 'postil.yml': NAV });
  const { diagnostics } = await build({ site });
  expect(diagnostics).toEqual([]);
  const bar = /<nav.*?<\/nav>/s.exec(readFileSync(join(site, 'dist/about/index.html'), 'utf8'))![0];
  expect([...bar.matchAll(/href="([^"]*)"/g)].map((m) => m[1])).toEqual([
    '/notes/',
    '/notes/tags/',
    '/notes/about/#谁',
    '/notes/old/',
    '/notes/%E8%AE%BA%E6%96%87.pdf',
    '/notes/search?q=DETR',
    'https://example.org/nowhere/',
  ]);
});

test('what leads nowhere is told at its place; what has the base path in front, with what to write', async () => {
  const nav = 'url: https://example.org/notes/\nnav:\n- 关于: /abuot/\n- 标签: /notes/tags/\n- 稿: /draft/\n';
  const site = makeSite({ ...files, 'postil.yml': nav });
  const said = async (strict: boolean) => (await build({ site, strict })).diagnostics;
  const diagnostics = await said(false);
  expect(
    diagnostics.map((d) => `${d.severity} ${d.id} ${d.file}:${d.line}:${d.column} ${d.message} ${d.hint}`),
  ).toEqual([
    'warning config/nav postil.yml:3:7 nav: nothing is at “/abuot/” did you mean “/about/”?',
    'warning config/nav postil.yml:4:7 nav: nothing is at “/notes/tags/” did you mean “/tags/”?',
    'warning config/nav postil.yml:5:6 nav: nothing is at “/draft/” undefined',
  ]);
  expect(diagnostics[0]!.frame!.lines).toContain('- 关于: /abuot/');
  expect((await said(true)).map((d) => d.severity)).toEqual(['error', 'error', 'error']);
});
