/**
 * The package as it arrives at a user's: packed, and installed in an empty folder beside one Markdown file.
 * `npm test` bundles before; here nothing is bundled again. The registry is asked only for what npm's own cache
 * lacks.
 */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../src/package.ts';

const NOTE = `---
title: 第一篇
date: 2024-01-01
tags: [试]
paper: {title: A Paper, authors: [A. Author], year: 2020}
---

能量 $E = mc^2$，见 [[第一篇]]。
`;

let site: string;
let installed: string;

/** Runs a program in the user's folder. */
function run(program: string, ...args: string[]) {
  // npm hands its own settings down through the environment; a user's shell has none of them.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^VITEST|^NODE_ENV$/.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: site,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), 'postil-package-'));
  const packed = run('npm', 'pack', root, '--ignore-scripts', '--json');
  expect(packed.status, packed.stderr).toBe(0);
  const tarball = readdirSync(site).find((name) => name.endsWith('.tgz'))!;
  mkdirSync(join(site, 'posts'));
  writeFileSync(join(site, 'posts', 'first.md'), NOTE);
  writeFileSync(join(site, 'package.json'), '{"private": true, "type": "module"}');
  const install = run('npm', 'install', `./${tarball}`, '--prefer-offline', '--no-audit', '--no-fund');
  expect(install.status, install.stderr).toBe(0);
  installed = join(site, 'node_modules', 'postil');
});
afterAll(() => rmSync(site, { recursive: true, force: true }));

describe('the installed package', () => {
  it('builds a folder with one note', () => {
    const { status, stdout, stderr } = run('npx', '--no-install', 'postil', 'build');
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^1 note, \d+ pages/);
    const page = readFileSync(join(site, 'dist', 'posts', 'first', 'index.html'), 'utf8');
    expect(page).toContain('<h1>第一篇</h1>');
    expect(page).toMatch(/class="katex[ "]/);
    for (const [, path] of page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g))
      expect(existsSync(join(site, 'dist', path!)), path).toBe(true);
  });

  it('brings one KaTeX, the one whose style sheet it serves', () => {
    const versions = new Set<string>();
    for (const name of readdirSync(join(installed, 'bundle')).filter((n) => n.endsWith('.cjs'))) {
      const code = readFileSync(join(installed, 'bundle', name), 'utf8');
      if (!code.includes('KaTeX parse error')) continue;
      for (const [, version] of code.matchAll(/["'`](0\.1\d\.\d+)["'`]/g)) versions.add(version!);
    }
    const { devDependencies, dependencies } = JSON.parse(
      readFileSync(join(installed, 'package.json'), 'utf8'),
    ) as Record<'devDependencies' | 'dependencies', Record<string, string>>;
    expect([...versions]).toEqual([devDependencies.katex]);
    expect(dependencies).not.toHaveProperty('katex');
    expect(existsSync(join(site, 'node_modules', 'katex'))).toBe(false);
  });

  it('holds the bundle, the change log and nothing of the repository’s own notes and tests', () => {
    const top = readdirSync(installed).sort();
    expect(top).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bundle', 'package.json']);
  });
});

describe('the library', () => {
  it('builds a site and compiles a note', () => {
    const script = `
      import { build, compile, printDiagnostic } from 'postil';
      const { published, notes, diagnostics } = await build({ site: '.', out: 'elsewhere' });
      const note = await compile({ path: 'a.md', text: '# A\\n\\n$\\\\frac{1}$' });
      const [found] = note.diagnostics;
      console.log(JSON.stringify({ published, notes, errors: diagnostics.filter((d) => d.severity === 'error'),
        title: note.index.meta.title, id: found.id, text: printDiagnostic(found, { color: false }) }));`;
    writeFileSync(join(site, 'use.mjs'), script);
    const { status, stdout, stderr } = run(process.execPath, 'use.mjs');
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      published: true,
      notes: 1,
      errors: [],
      title: 'A',
      id: 'math/invalid',
      text: expect.stringContaining('posts/a.md:3:'),
    });
  });

  it.each([
    ['bundler', 'esnext'],
    ['node16', 'node16'],
  ])('has types that hold with moduleResolution %s', (moduleResolution, module) => {
    const use = `
      import { build, compile, type BuildResult, type Note } from 'postil';
      const result: BuildResult = await build({ site: '.', jobs: 1 });
      const note: Note = await compile({ path: 'a.md', text: '# A' }, { lang: 'en' });
      const words: [number, string] = [result.notes, note.index.meta.title];
      // @ts-expect-error: there is no such option
      await build({ site: '.', folder: 'x' });
      // @ts-expect-error: a number is no text
      await compile({ path: 'a.md', text: 1 });
      export { words };`;
    writeFileSync(join(site, 'use.ts'), use);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--skipLibCheck', 'false', '--types', ''];
    const { status, stdout } = run(
      process.execPath,
      tsc,
      ...options,
      ...['--module', module, '--moduleResolution', moduleResolution, 'use.ts'],
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});
