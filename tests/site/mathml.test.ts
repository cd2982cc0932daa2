/** `math: output: mathml`: what formulas look like is in `tests/compile/math-mathml`. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, readFolder } from '../support/folder.ts';

test('formulas are MathML, on pages and in feeds, and nothing of KaTeX’s is sent', async () => {
  const site = folderOf({
    'postil.yml':
      'title: T\nurl: https://example.org/\nmath:\n  output: mathml\n  macros:\n    R: \\mathbb{R}\n',
    'posts/a.md':
      '# A\n\n$$ \\sum_i x_i \\in \\R \\label{eq:a} $$\n\n由 $\\eqref{eq:a}$ 与 [[#eq:a]]，$y$。\n',
  });
  expect((await build({ site })).diagnostics).toEqual([]);
  const files = readFolder(join(site, 'dist'));
  const page = files.get('posts/a/index.html')!.toString();
  expect(page).toContain('<mi>ℝ</mi>');
  expect(page).toContain('<mtext><a href="#eq:a">(1)</a></mtext>');
  expect(page).toContain('<a class="ref" href="#eq:a">');
  expect(page).toMatch(/<link rel="stylesheet" href="\/assets\/mathml-[\w-]+\.css">/);
  expect([...files.keys()].filter((path) => /KaTeX|math-/.test(path))).toEqual([]);
  for (const [path, bytes] of files) expect(bytes.includes('KaTeX_'), path).toBe(false);
  const { items } = JSON.parse(files.get('feed.json')!.toString()) as { items: { content_html: string }[] };
  expect(items[0]!.content_html).toContain('<mtext>(1)</mtext></mtd></mtr></mtable></math>');
  expect(items[0]!.content_html).not.toContain('<span');
});
