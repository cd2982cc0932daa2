// Builds the documentation with Postil itself, as a second site: `npm run docs` writes dist-docs/.
// Any folder with posts/ in it is a site, so the pages are laid out as one first.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const site = join(root, '.postil', 'docs');
const out = process.argv[2] ?? join(root, 'dist-docs');

rmSync(join(site, 'posts'), { recursive: true, force: true });
mkdirSync(join(site, 'posts'), { recursive: true });
for (const name of readdirSync(join(root, 'docs'))) {
  if (name !== 'build.mjs') cpSync(join(root, 'docs', name), join(site, 'posts', name), { recursive: true });
}
writeFileSync(
  join(site, 'postil.yml'),
  `title: Postil
description: A compiler for paper notes.
url: https://postil.example/docs/
lang: en
permalink: /:slug/
dialects: [obsidian, hexo, hugo]
nav:
  - Start: /getting-started/
  - Writing: /writing/
  - Markdown: /markdown/
  - Figures: /figures/
  - Overviews: /overviews/
  - All pages: /
  - 中文: /getting-started.zh-CN/
`,
);
const { status } = spawnSync(process.execPath, [join(root, 'bundle', 'cli.js'), 'build', site, '--out', out], { stdio: 'inherit' });
process.exitCode = status ?? 3;
