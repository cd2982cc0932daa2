/** `docs/figures.md`, built by Postil; and what a page with many drawings loads when it is built again. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logLoads } from '../support/loads.ts';

const root = new URL('../..', import.meta.url).pathname;
const CLI = join(root, 'bundle/cli.js');
let site: string;

/** With those of the page, more than ten. */
const MORE_DRAWINGS = `
\`\`\`dot
digraph { 查询 -> 注意力; 键 -> 注意力; 值 -> 注意力 }
\`\`\`

\`\`\`mermaid
sequenceDiagram
  学生->>教师: 输入
  教师-->>学生: 软标签
\`\`\`

\`\`\`plot
tanh(x)
x = -3 .. 3
\`\`\`
`;

const loads = logLoads();

/** Builds in a process of its own, and gives the modules that it loaded, in all threads. */
function build(...flags: string[]): { said: string; status: number | null; loaded: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [...flags, ...loads.node, CLI, 'build'], {
    cwd: site,
    encoding: 'utf8',
    env: { ...process.env, ...loads.env },
  });
  return { said: stderr, status, loaded: loads.loaded() };
}

/** What draws or resizes, of the modules that were loaded. */
const drawers = (loaded: string[]) => {
  const names = loaded.map((url) =>
    /\/node_modules\/sharp\//.test(url)
      ? 'sharp'
      : /\/(dot|mermaid|vega-lite|plot|resize)-[\w-]+\.cjs$/.exec(url)?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
};

beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), 'postil-figures-'));
  mkdirSync(join(site, 'posts'));
  writeFileSync(join(site, 'postil.yml'), 'url: https://example.org\n');
  writeFileSync(
    join(site, 'posts/figures.md'),
    readFileSync(join(root, 'docs/figures.md'), 'utf8') + MORE_DRAWINGS,
  );
  for (const name of ['block.svg', 'descent.webm', 'tone.wav'])
    cpSync(join(root, 'docs/images', name), join(site, 'posts/images', name));
  cpSync(join(root, 'docs/images/photo.jpg'), join(site, 'posts/photo.jpg'));
  writeFileSync(join(site, 'posts/photo.md'), '# 照片\n\n![一片渐变](photo.jpg "照片")\n');
});
afterAll(() => rmSync(site, { recursive: true, force: true }));

test('the page of figures is built without a word, and holds no script for them', () => {
  const { said, status, loaded } = build('--disallow-code-generation-from-strings');
  expect(said).not.toMatch(/error|warning/);
  expect(status).toBe(0);
  // That nothing is loaded is worth something only if something could be.
  expect(drawers(loaded)).toEqual(['dot', 'mermaid', 'plot', 'resize', 'sharp', 'vega-lite']);
  const html = readFileSync(join(site, 'dist/posts/figures/index.html'), 'utf8');
  const article = html.slice(html.indexOf('<article'), html.indexOf('</article>'));
  const drawings = article.match(/<div class="drawing"[^>]*><svg role="img" aria-label="[^"]+"/g) ?? [];
  expect(drawings.length).toBe(15);
  expect(article).not.toMatch(/<script|\son\w+=/);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
  expect(ids.length).toBe(new Set(ids).size);
  for (const [, id] of article.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
}, 180_000);

test('a change of words loads nothing that draws', () => {
  const note = join(site, 'posts/figures.md');
  writeFileSync(note, readFileSync(note, 'utf8').replace('每一种图', '这里每一种图'));
  const { status, loaded } = build();
  expect(status).toBe(0);
  expect(readFileSync(join(site, 'dist/posts/figures/index.html'), 'utf8')).toContain('这里每一种图');
  expect(loaded.some((url) => url.endsWith('/worker.js'))).toBe(true);
  expect(drawers(loaded)).toEqual([]);
});

test('a drawing that changed is drawn, with its own library alone', () => {
  const note = join(site, 'posts/figures.md');
  writeFileSync(note, readFileSync(note, 'utf8').replaceAll('图像 -> CNN', '图像 -> 网络'));
  const { loaded } = build();
  expect(drawers(loaded)).toEqual(['dot']);
});
