/** A site with less: formulas as MathML alone (tests/compile/math-mathml says how they look), no search; and its size. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { measureSite, type Report } from '../../src/report/measure.ts';
import { drawReport } from '../../src/report/picture.ts';
import { printReport, shareText, sizeText } from '../../src/report/print.ts';
import { folderOf, readFolder } from '../support/folder.ts';

let out: string;
let files: Map<string, Buffer>;
beforeAll(async () => {
  const site = folderOf({
    'postil.yml':
      'title: T\nurl: https://example.org/\nsearch: false\nmath:\n  output: mathml\n  macros:\n    R: \\mathbb{R}\n',
    'posts/a.md':
      '# A\n\n$$ \\sum_i x_i \\in \\R \\label{eq:a} $$\n\n由 $\\eqref{eq:a}$ 与 [[#eq:a]]，$y$。\n',
    'posts/b.md': '# B\n\n见 [[A]]。\n',
  });
  const result = await build({ site });
  expect(result.diagnostics).toEqual([]);
  ({ out } = result);
  files = readFolder(out);
});

test('formulas are MathML, on pages and in feeds, and nothing of KaTeX’s is sent', () => {
  const page = files.get('posts/a/index.html')!.toString();
  expect(page).toContain('<mi>ℝ</mi>');
  expect(page).toContain('<mtext><a href="#eq:a">(1)</a></mtext>');
  expect(page).toContain('<a class="ref" href="#eq:a">');
  expect(page).toMatch(/<link rel="stylesheet" href="\/assets\/mathml-[\w-]+\.css"/);
  expect([...files.keys()].filter((path) => /KaTeX|math-/.test(path))).toEqual([]);
  for (const [path, bytes] of files) expect(bytes.includes('KaTeX_'), path).toBe(false);
  const { items } = JSON.parse(files.get('feed.json')!.toString()) as { items: { content_html: string }[] };
  const feed = items.find((item) => item.content_html.includes('<math'))!.content_html;
  expect(feed).toContain('<mtext>(1)</mtext></mtd></mtr></mtable></math>');
  expect(feed).not.toContain('<span');
});

test('without search there is no index, no page and no button', () => {
  expect([...files.keys()].filter((path) => /^search\/|search\.json$/.test(path))).toEqual([]);
  for (const [path, bytes] of files)
    if (path.endsWith('.html')) expect(bytes.includes('class="search"'), path).toBe(false);
});

test('the report counts every file once, and formulas whole', async () => {
  const report = await measureSite(out);
  const sizes = [...files.keys()].map((path) => statSync(join(out, path)).size);
  expect(report.files).toBe(files.size);
  expect(report.bytes).toBe(sizes.reduce((a, b) => a + b));
  expect(report.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(report.bytes);
  const part = (kind: string) => report.parts.find((p) => p.kind === kind);
  expect(part('pages of notes')).toMatchObject({
    files: 2,
    bytes: files.get('posts/a/index.html')!.length + files.get('posts/b/index.html')!.length,
  });
  expect(part('search index')).toBeUndefined();
  expect(part('fonts')!.gzipped).toBe(part('fonts')!.bytes);
  expect(part('style')!.gzipped).toBeLessThan(part('style')!.bytes / 2);
  const page = files.get('posts/a/index.html')!.toString();
  const whole = page.slice(
    page.indexOf('<span class="katex-display">'),
    page.indexOf('</math></span></span>') + 21,
  );
  expect(report.formulas.count).toBe(3);
  expect(report.formulas.bytes).toBeGreaterThanOrEqual(Buffer.byteLength(whole));
  expect(report.formulas.bytes).toBeLessThan(part('pages of notes')!.bytes);
  expect(report.largest[0]!.bytes).toBeGreaterThanOrEqual(report.largest[1]!.bytes);
});

test('the report says how far it is to what GitHub Pages holds', () => {
  const parts = [
    { kind: 'pages of notes', files: 1000, bytes: 40_000_000, gzipped: 8_000_000 },
    { kind: 'fonts', files: 9, bytes: 300_000, gzipped: 300_000 },
  ];
  const report: Report = {
    files: 1009,
    bytes: 40_300_000,
    gzipped: 8_300_000,
    parts,
    formulas: { count: 17_000, bytes: 25_000_000 },
    largest: [{ path: 'posts/<a>/index.html', bytes: 90_000 }],
  };
  expect(printReport(report, 'dist')).toBe(`                    files   bytes  gzipped
pages of notes       1000   40 MB   8.0 MB
  formulas in them  17000   25 MB
fonts                   9  300 kB   300 kB
all                  1009   40 MB   8.3 MB

Largest pages:
    90 kB  posts/<a>/index.html

dist takes 4.0 % of the 1 GB that GitHub Pages holds, which would be full at about 24813 such notes.
`);
  expect(printReport({ ...report, bytes: 1_200_000_000 }, 'dist')).toContain(', 200 MB more than it holds.');
  expect([999, 1000, 9949, 9950, 1_500_000_000].map(sizeText)).toEqual([
    '999 B',
    '1.0 kB',
    '9.9 kB',
    '10 kB',
    '1.5 GB',
  ]);
  expect([5_000_000, 1_200_000_000].map(shareText)).toEqual(['0.5 %', '120 %']);
  const picture = drawReport(report, '笔记 & "<b>"');
  expect(XMLValidator.validate(picture)).toBe(true);
  expect(picture).toContain('17000, 25 MB');
  // The longest bar is the largest part's, and every bar is inside the picture.
  const bars = [...picture.matchAll(/ x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map(
    ([, x, w]) => Number(x) + Number(w),
  );
  expect(Math.max(...bars)).toBeLessThanOrEqual(720);
});
