/** Plugins of the site: two packages of npm and files, sanitised or trusted, and what they do to the store. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { build } from '../../src/build.ts';
import { bundlePlugins } from '../../src/bundling/plugins.ts';
import { compile } from '../../src/compile/compile.ts';
import type { NotePath } from '../../src/paths.ts';

const root = new URL('../..', import.meta.url).pathname;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function site(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'postil-plugins-'));
  folders.push(folder);
  write(folder, { 'posts/a.md': '# 一\n\n文字 :+1: 与[链接](https://example.org/)。\n', ...files });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const page = (folder: string) => readFileSync(join(folder, 'dist/posts/a/index.html'), 'utf8');
const URL_LINE = 'url: https://example.org\n';

test('two plugins of npm, with options', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins:
  - remark-emoji
  - use: rehype-external-links
    options: { target: _blank, rel: [nofollow, noopener], properties: { className: [out] } }
    trusted: true
`,
  });
  const { diagnostics, published } = await build({ site: folder });
  expect(diagnostics).toEqual([]);
  expect(published).toBe(true);
  expect(page(folder)).toContain('文字 👍 与');
  expect(page(folder)).toMatch(/<a [^>]*href="https:\/\/example.org\/"[^>]*target="_blank"/);
  expect(page(folder)).toMatch(/<a [^>]*rel="nofollow noopener noreferrer"/);
  expect(page(folder)).toMatch(/<a [^>]*class="out external"/);
});

const INJECT = `import { word } from './word.mjs';
export default ({ tag = 'strong' } = {}) => (tree) => {
  tree.children.push({
    type: 'paragraph',
    data: { hName: tag, hProperties: { onclick: 'steal()', className: ['mine'], 'data-x': '1' } },
    children: [{ type: 'text', value: word }],
  });
  tree.children.push({ type: 'html', value: '<iframe src="https://example.org/" title="x"></iframe>' });
};
`;

test('case 42: a file of the site: what it prints is sanitised, unless it is trusted', async () => {
  const yml = (more: string) => `${URL_LINE}plugins:\n  - use: ./plugins/inject.mjs\n${more}`;
  const folder = site({
    'postil.yml': yml(''),
    'plugins/inject.mjs': INJECT,
    'plugins/word.mjs': "export const word = '来自插件';\n",
  });
  await build({ site: folder });
  expect(page(folder)).toContain('<strong>来自插件</strong>');
  expect(page(folder)).not.toMatch(/onclick|<iframe|frame-src/);

  write(folder, { 'postil.yml': yml('    trusted: true\n    options: { tag: aside }\n') });
  await build({ site: folder });
  expect(page(folder)).toMatch(/<aside [^>]*class="mine"[^>]*>来自插件<\/aside>/);
  expect(page(folder)).toContain('<iframe src="https://example.org/"');
  expect(page(folder)).toContain('; frame-src https://example.org; ');
});

const NAME = `import { visit } from 'unist-util-visit';
// As remark-directive and those that build upon it: one makes nodes, another says what they are printed as.
export default ({ make, quiet }) => (tree) => {
  if (make) {
    tree.children.push({ type: 'containerDirective', name: 'box', children: [{ type: 'paragraph', children: [{ type: 'text', value: '里' }] }] });
    return;
  }
  if (quiet) return;
  visit(tree, (node) => {
    const data = (node.data ??= {});
    if (node.type === 'containerDirective') Object.assign(data, { hName: 'section', hProperties: { className: ['box'] } });
    if (node.type === 'blockquote') Object.assign(data, { hName: 'iframe', hProperties: { src: 'https://example.org/f' }, hChildren: [] });
    if (node.type === 'link') Object.assign(data, { hProperties: { className: ['mine'], onclick: 'go()' } });
    if (node.type === 'emphasis') Object.assign(data, { hProperties: { className: ['mark'] } });
  });
};
`;

test('what a trusted plugin says of nodes that were there goes past the sanitiser; the author’s part does not', async () => {
  const yml = (trusted: boolean) => `${URL_LINE}plugins:
  - { use: ./name.mjs, options: { make: true }, at: remark, trusted: true }
  - { use: ./name.mjs, options: { make: false }, at: remark, trusted: ${trusted} }
  - { use: ./name.mjs, options: { quiet: true }, at: remark, trusted: true }
`;
  const folder = site({
    'postil.yml': yml(true),
    'posts/a.md':
      '# 一\n\n*斜* 与[坏](javascript:x)、[好](https://example.org/)。\n\n> 引\n\n<p data-postil0="0">字</p>\n',
    'name.mjs': NAME,
  });
  await build({ site: folder });
  expect(page(folder)).toContain('<section class="box"><p>里</p></section>');
  expect(page(folder)).toContain('<iframe src="https://example.org/f"></iframe>');
  expect(page(folder)).toContain('<em class="mark">斜</em>');
  expect(page(folder)).toMatch(/<a [^>]*onclick="go\(\)"[^>]*>好<\/a>/);
  expect(page(folder)).not.toMatch(/javascript:|data-postil/);

  write(folder, { 'postil.yml': yml(false) });
  await build({ site: folder });
  expect(page(folder)).toContain('<section><p>里</p></section>');
  expect(page(folder)).toContain('<em>斜</em>');
  expect(page(folder)).not.toMatch(/<iframe|go\(\)/);
});

test('a change in a file that a plugin imports compiles the notes anew; none changes nothing', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./plugins/inject.mjs]\n`,
    'plugins/inject.mjs': INJECT,
    'plugins/word.mjs': "export const word = '旧';\n",
  });
  await build({ site: folder });
  expect((await build({ site: folder })).unchanged).toBe(true);
  write(folder, { 'plugins/word.mjs': "export const word = '新';\n" });
  expect((await build({ site: folder })).unchanged).toBe(false);
  expect(page(folder)).toContain('<strong>新</strong>');
});

test('what the environment says, or a file .env, is no part of a plugin', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./say.mjs]\n`,
    '.env': 'VITE_FILE=from-file\nNODE_ENV=development\n',
    'say.mjs': `const { VITE_FILE, VITE_HERE, PROD } = import.meta.env;
export default () => (tree) => {
  tree.children.push({ type: 'paragraph', children: [{ type: 'text', value: [VITE_FILE, VITE_HERE, PROD].join('·') }] });
};
`,
  });
  vi.stubEnv('VITE_HERE', 'from-here');
  vi.stubEnv('NODE_ENV', 'development');
  try {
    await build({ site: folder });
    expect(page(folder)).toContain('<p>··true</p>');
    expect(process.env.NODE_ENV).toBe('development');
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a package whose package.json names another file, or to which a link leads, is bundled anew', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./plugins/say.mjs]\n`,
    'plugins/say.mjs': `import { word } from 'wording';
export default () => (tree) => {
  tree.children.push({ type: 'paragraph', children: [{ type: 'text', value: word }] });
};
`,
    'plugins/node_modules/.keep': '',
    'kept/1/package.json': '{ "type": "module", "main": "old.js" }',
    'kept/1/old.js': "export const word = '旧';\n",
    'kept/1/new.js': "export const word = '新';\n",
    'kept/2/package.json': '{ "type": "module", "version": "2.0.0" }',
    'kept/2/index.js': "export const word = '另一';\n",
  });
  const link = join(folder, 'plugins/node_modules/wording');
  symlinkSync(join(folder, 'kept/1'), link);
  await build({ site: folder });
  expect(page(folder)).toContain('<p>旧</p>');
  expect((await build({ site: folder })).unchanged).toBe(true);
  write(folder, { 'kept/1/package.json': '{ "type": "module", "main": "new.js" }' });
  await build({ site: folder });
  expect(page(folder)).toContain('<p>新</p>');
  rmSync(link);
  symlinkSync(join(folder, 'kept/2'), link);
  await build({ site: folder });
  expect(page(folder)).toContain('<p>另一</p>');
});

test('a plugin, or a package of it, finds the files beside it', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./plug ins/a.mjs, ./plug ins/b.cjs, ./plug ins/c.ts]\n`,
    'plug ins/d.json': '"甲"',
    'plug ins/a.mjs': `import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { place } from './deep/word.mjs';
const __dirname = dirname(fileURLToPath(import.meta.url));
const word = JSON.parse(readFileSync(new URL('./d.json', import.meta.url), 'utf8'));
export default () => (tree) => {
  const value = [word, __dirname.slice(-8), place.slice(-13)].join('：');
  tree.children.push({ type: 'paragraph', children: [{ type: 'text', value }] });
};
`,
    'plug ins/deep/word.mjs': 'export const place = import.meta.filename;\n',
    'plug ins/b.cjs': `'use strict';
const { readFileSync } = require('node:fs');
const value = readFileSync(__dirname + '/d.json', 'utf8') + __filename.slice(-6);
module.exports = () => (tree) => {
  tree.children.push({ type: 'paragraph', children: [{ type: 'text', value }] });
};
`,
    'plug ins/c.ts': `const from: string = import.meta.url;
export default () => () => {
  throw new Error(from.slice(-16));
};
`,
  });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics).toMatchObject([
    { message: 'the plugin “./plug ins/c.ts” failed: /plug%20ins/c.ts', hint: 'look at plug ins/c.ts:3:9' },
  ]);
  write(folder, { 'plug ins/c.ts': 'export default () => () => {};\n' });
  await build({ site: folder });
  expect(page(folder)).toContain('<p>甲：plug ins：deep/word.mjs</p>');
  expect(page(folder)).toContain('<p>"甲"/b.cjs</p>');
});

test('the place decides which tree a plugin sees', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins:\n  - { use: ./see.mjs, at: remark }\n  - { use: ./see.mjs, at: rehype }\n`,
    'see.mjs': `export default () => (tree) => {
  const text = { type: 'text', value: '看见 ' + tree.children[0].type };
  const isMarkdown = tree.children.some((c) => c.type === 'heading');
  tree.children.push(isMarkdown ? { type: 'paragraph', children: [text] } : { type: 'element', tagName: 'p', properties: {}, children: [text] });
};
`,
  });
  await build({ site: folder });
  expect(page(folder)).toContain('看见 heading');
  expect(page(folder)).toContain('看见 element');
});

test.each([
  ['c#', []],
  ['why?', ['fs/folder-name 2']],
])('a site in the folder %s', async (name, told) => {
  const folder = join(site({}), name);
  write(folder, {
    'postil.yml': `${URL_LINE}plugins: [./plugins/none.mjs]\n`,
    'plugins/none.mjs': 'export default () => () => {};',
    'posts/a.md': '# A\n',
  });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics.map((d) => `${d.id} ${d.line}`)).toEqual(told);
});

test.each([
  ['a package that is not there', 'plugins: [remark-there-is-none]', 'plugin/load'],
  ['a file that is not there', 'plugins: [./none.mjs]', 'plugin/load'],
  ['a file outside the site', 'plugins: [../../../../etc/x.mjs]', 'plugin/load'],
  ['an unknown key', 'plugins: [{ use: remark-emoji, trust: true }]', 'config/unknown'],
])('case 42: %s is an error', async (_, line, id) => {
  const folder = site({ 'postil.yml': `${URL_LINE}${line}\n` });
  const { diagnostics, published } = await build({ site: folder });
  expect(published).toBe(false);
  expect(diagnostics.map((d) => d.id)).toContain(id);
});

test.each([
  [
    'a syntax error',
    'export const a = 1;\nexport default () => {{ ;\n',
    { file: 'plugins/p.mjs', line: 2, hint: 'mend the file' },
    'Expected `}` but found `EOF`',
  ],
  [
    'a package that is not installed',
    "// first\nimport x from '@there/is-none/deep.js';\nexport default x;\n",
    { file: 'plugins/p.mjs', line: 2, column: 16, hint: 'in the site’s folder: npm install @there/is-none' },
    'the package “@there/is-none” is not installed',
  ],
  [
    'a file that is missing',
    "// first\nimport x from './gone.mjs';\nexport default x;\n",
    { file: 'plugins/p.mjs', line: 2, column: 16, hint: 'it is looked for as plugins/gone.mjs' },
    'there is no file “./gone.mjs”',
  ],
  [
    'no default export',
    'export const a = 1;\n',
    { file: 'postil.yml', line: 2, hint: expect.stringContaining('export default') },
    'it has no default export',
  ],
])('a plugin that cannot be bundled: %s', async (_, text, place, cause) => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./plugins/p.mjs]\n`,
    'plugins/p.mjs': text,
  });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics).toMatchObject([
    { ...place, id: 'plugin/load', message: `the plugin “./plugins/p.mjs” cannot be loaded: ${cause}` },
  ]);
});

test('a package that plugins: names and that is not installed', async () => {
  const folder = site({ 'postil.yml': `${URL_LINE}plugins: [remark-emoji, remark-there-is-none]\n` });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics).toMatchObject([
    {
      file: 'postil.yml',
      line: 2,
      message:
        'the plugin “remark-there-is-none” cannot be loaded: the package “remark-there-is-none” is not installed',
      hint: 'in the site’s folder: npm install remark-there-is-none',
    },
  ]);
});

test.each([
  ['throws', "() => {\n  throw new Error('kaputt');\n}", 'kaputt', 'look at plugins/bad.mjs:3:9'],
  ['gives back an error', "() => new Error('kaputt')", 'kaputt', 'look at plugins/bad.mjs:2:28'],
  [
    'leaves a promise rejected',
    "async () => {\n  Promise.reject(new Error('left'));\n  await new Promise((r) => setTimeout(r, 50));\n}",
    'left',
    'look at plugins/bad.mjs:3:18',
  ],
  ['throws something that is no error', '() => {\n  throw 7;\n}', '7', expect.stringContaining('mend')],
])('case 42: a plugin that %s is named, with the note and the place', async (_, transform, reason, hint) => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./plugins/bad.mjs]\n`,
    'plugins/bad.mjs': `// what is bundled has other lines\nexport default () => ${transform};\n`,
  });
  const { diagnostics, published } = await build({ site: folder });
  expect(published).toBe(false);
  const failed = diagnostics.filter((d) => d.severity === 'error');
  const message = `the plugin “./plugins/bad.mjs” failed: ${reason}`;
  expect(failed).toEqual([{ id: 'plugin/failed', severity: 'error', file: 'posts/a.md', message, hint }]);
});

test('a plugin that fails while it is loaded is the plugin’s fault too', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./bad.mjs]\n`,
    'bad.mjs': "\nthrow new Error('kaputt');\nexport default () => {};\n",
  });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics).toMatchObject([{ id: 'plugin/failed', hint: 'look at bad.mjs:2:7' }]);
});

test('what a plugin says of a place in the note is told there', async () => {
  const folder = site({
    'posts/a.md': '---\ntitle: 一\n---\n\n甲\n\n乙\n',
    'postil.yml': `${URL_LINE}plugins: [./lint.mjs]\n`,
    'lint.mjs': "export default () => (tree, file) => file.fail('not 乙', tree.children[1]);\n",
  });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics).toMatchObject([
    {
      id: 'plugin/failed',
      file: 'posts/a.md',
      line: 7,
      column: 1,
      message: expect.stringMatching(/: not 乙$/),
      hint: 'mend this place of the note, or the plugin that finds fault with it',
    },
  ]);
});

test('a plugin that is never done is given up, sooner at the next note until it answers', async () => {
  const folder = site({
    'wait.mjs': `export default () => async (tree, file) => {
  const text = String(file.value);
  if (text.includes('WAIT')) await new Promise(() => {});
  if (text.includes('SLOW')) await new Promise((done) => setTimeout(done, 20_000));
};
`,
  });
  const entries = [{ use: './wait.mjs', at: 'remark', trusted: false, options: undefined } as const];
  const { plugins } = await bundlePlugins({ site: folder, entries, yml: '', work: folder, code: '' });
  const told = async (text: string) => {
    const source = { path: 'a.md' as NotePath, text, hash: '' };
    const note = await compile(source, { macros: {}, lang: 'zh', dialects: [], plugins: plugins! });
    return note.diagnostics.map((d) => `${d.id}: ${d.message}`);
  };
  expect(await told('快')).toEqual([]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const after = async (text: string, ms: number) => {
      const done = told(text);
      while (vi.getTimerCount() === 0) await new Promise(setImmediate);
      await vi.advanceTimersByTimeAsync(ms);
      return done;
    };
    const failed = (s: number) => [
      `plugin/failed: the plugin “./wait.mjs” failed: it waits for something that has not come in ${s} s`,
    ];
    expect(await after('SLOW', 20_000)).toEqual([]);
    expect(await after('WAIT', 30_000)).toEqual(failed(30));
    expect(await after('WAIT', 1_000)).toEqual(failed(1));
    expect(await told('快')).toEqual([]);
    expect(await after('WAIT', 30_000)).toEqual(failed(30));
  } finally {
    vi.useRealTimers();
  }
});

test('what a plugin failed at is tried again by the next build', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [./net.mjs]\n`,
    'posts/b.md': '# 二\n\n见 [[a]]。\n',
  });
  const net = join(folder, 'net');
  write(folder, {
    'net.mjs': `import { existsSync } from 'node:fs';
export default () => (tree, file) => {
  if (String(file.value).includes('一') && !existsSync(${JSON.stringify(net)})) throw new Error('no network');
};
`,
  });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics).toMatchObject([{ id: 'plugin/failed', message: expect.stringMatching(/no network$/) }]);
  write(folder, { net: '' });
  expect(await build({ site: folder })).toMatchObject({ diagnostics: [], published: true });
});

test('a plugin knows the note’s path; what it says of the note is a warning, at its place', async () => {
  const folder = site({
    'posts/sub/b.md': '---\ntitle: 一\n---\n\n甲\n\n乙\n',
    'postil.yml': `${URL_LINE}plugins:\n  - ./say.mjs\n  - { use: ./say.mjs, at: rehype }\n`,
    'say.mjs': `export default () => (tree, file) => {
  if (file.path !== 'posts/sub/b.md') return;
  const last = tree.children.filter((c) => c.position).at(-1);
  if (last.type === 'paragraph') {
    file.message('avoid “乙”', last, 'prose:words');
    file.message(file.stem);
    file.info('quiet');
  } else file.message('seen', last.position.start);
};
`,
  });
  const { diagnostics, published } = await build({ site: folder });
  const common = { id: 'plugin/message', severity: 'warning', file: 'posts/sub/b.md' };
  expect(diagnostics).toMatchObject([
    { ...common, message: './say.mjs: b' },
    { ...common, line: 7, column: 1, length: 1, message: './say.mjs: seen' },
    { ...common, line: 7, column: 1, message: 'prose:words: avoid “乙”' },
  ]);
  expect(published).toBe(true);
});

const PLACES = [
  { at: 'remark', trusted: false },
  { at: 'remark', trusted: true },
  { at: 'rehype', trusted: false },
  { at: 'rehype', trusted: true },
];

test.each([
  ["return 'text';", 'it gave back a string in place of a tree'],
  ["return { type: 'text', value: 'x' };", 'it gave back a node “text” in place of a tree'],
  ['tree.children = undefined;', 'its tree has a node “root” whose children are undefined, not a list'],
  ['tree.children.push(undefined);', 'its tree has undefined among the children of a node “root”'],
  ["tree.children.push({ type: 'text' });", 'its tree has a node “text” whose value is undefined, not text'],
  ["tree.children.push({ type: 'element' });", 'its tree has an element without a tagName'],
  ['tree.children.push(tree);', 'its tree has a node “root” that stands in itself'],
])('a plugin that leaves no tree is named, wherever it stands: %s', async (does, reason) => {
  const folder = site({ 'bad.mjs': `export default () => (tree) => {\n  ${does}\n};\n` });
  for (const { at, trusted } of PLACES) {
    write(folder, {
      'postil.yml': `${URL_LINE}plugins: [{ use: ./bad.mjs, at: ${at}, trusted: ${trusted} }]\n`,
    });
    const { diagnostics, published } = await build({ site: folder });
    expect(published).toBe(false);
    expect(diagnostics.filter((d) => d.severity === 'error')).toMatchObject([
      { id: 'plugin/failed', file: 'posts/a.md', message: `the plugin “./bad.mjs” failed: ${reason}` },
    ]);
  }
});

test('an element without properties or children is printed; a node of no kind that HTML has is not', async () => {
  const folder = site({
    'postil.yml': `${URL_LINE}plugins: [{ use: ./add.mjs, at: rehype, trusted: true }]\n`,
    'add.mjs':
      "export default () => (tree) => {\n  tree.children.push({ type: 'element', tagName: 'aside' });\n};\n",
  });
  await build({ site: folder });
  expect(page(folder)).toContain('<aside></aside>');
  write(folder, {
    'add.mjs': "export default () => (tree) => {\n  tree.children.push({ type: 'wobble' });\n};\n",
  });
  const { diagnostics } = await build({ site: folder });
  expect(diagnostics.map((d) => d.message)).toContain(
    'the plugin “./add.mjs” failed: its tree has a node “wobble”, which HTML has not',
  );
});
