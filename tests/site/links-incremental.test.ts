/** What other notes and the bibliography decide reaches every page that shows it, and an incremental build equals a clean one. */

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';

const work = mkdtempSync(join(tmpdir(), 'postil-links-'));
const site = join(work, 'site');
const out = join(work, 'dist');
const page = (path: string) => readFileSync(join(out, path, 'index.html'), 'utf8');
const edit = (file: string, change: (text: string) => string) => {
  const path = join(site, 'posts', file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
};
const files = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((p) => statSync(join(folder, p)).isFile())
    .sort()
    .map((p) => [p, readFileSync(join(folder, p), 'latin1')]);

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('./vault/', import.meta.url)), site, { recursive: true });
  await build({ site, out, jobs: 1 });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const EDITS: [what: string, change: () => void, check: () => void][] = [
  [
    'a block that is embedded',
    () => edit('检测/detr.md', (t) => t.replace('查询互相协商', '查询彼此商量')),
    () => expect(page('posts/embeds')).toContain('查询彼此商量'),
  ],
  [
    'a note inside an embedded note',
    () => edit('circle-b.md', (t) => t.replace('乙的话', '乙的新话')),
    () => expect(page('posts/circle-a')).toContain('乙的新话'),
  ],
  [
    'the number of an equation',
    () =>
      edit('检测/detr.md', (t) =>
        t.replace('## 匹配\n', () => '## 匹配\n\n$$\nx = 1 \\label{eq:first}\n$$\n'),
      ),
    () => expect(page('posts/hungarian')).toContain('式 (2)'),
  ],
  [
    'the title of a note',
    () => edit('hungarian.md', (t) => t.replace('Hungarian Algorithm', 'Kuhn–Munkres')),
    () => expect(page('posts/embeds')).toContain('Kuhn–Munkres'),
  ],
  [
    'an author in the bibliography',
    () => edit('papers.bib', (t) => t.replace('Shaoqing Ren', 'Somebody Else')),
    () => {
      expect(page('posts/links')).toContain('ELSE S, HE K');
      expect(page('papers/ren2015fasterrcnn')).toContain('Somebody Else');
    },
  ],
  [
    'a sentence that cites',
    () => edit('links.md', (t) => t.replace('引用 [@', '如今引用 [@')),
    () => expect(page('papers/ren2015fasterrcnn')).toContain('如今引用'),
  ],
  [
    'a mention',
    () => edit('deep/note.md', (t) => t.replace('也是', '同样是')),
    () => expect(page('posts/hungarian')).toContain('同样是'),
  ],
  [
    'a note that is gone',
    () => rmSync(join(site, 'posts/hungarian.md')),
    () => expect(page('posts/embeds')).toContain('<span class="missing">hungarian</span>'),
  ],
];

test.each(EDITS)('%s', async (_, change, check) => {
  change();
  await build({ site, out, jobs: 1 });
  check();
  const clean = join(work, 'clean');
  rmSync(clean, { recursive: true, force: true });
  const copy = join(work, 'copy');
  rmSync(copy, { recursive: true, force: true });
  cpSync(site, copy, { recursive: true, filter: (p) => !p.endsWith('.postil') });
  await build({ site: copy, out: clean, jobs: 1 });
  expect(files(out)).toEqual(files(clean));
});
