/** What authors get wrong, through the command line: the message, its place and the exit code are pinned. */

import { describe, expect, test } from 'vitest';
import { folderOf, postil, put, readFolder } from '../support/folder.ts';

const good = { 'postil.yml': 'url: https://example.org\n', 'posts/good.md': '# 好\n\n正文。\n' };

/** Messages as `error[id] file:line:col`. */
const heads = (text: string) =>
  [...text.matchAll(/^(?:error|warning)\[[^\]]+\](?: \S+:\d+:\d+)?/gm)].map((m) => m[0]).sort();

const build = (folder: string, ...args: string[]) => postil(['build', folder, ...args]);

describe('errors: nothing is published, and the last good site stays', () => {
  test('all of them in one run, each with its place', async () => {
    const site = folderOf(good);
    expect((await build(site)).code).toBe(0);
    const before = readFolder(`${site}/dist`);
    put(site, 'posts/yaml.md', '---\ntitle: DETR: a note\n---\n正文\n');
    put(site, 'posts/utf8.md', Buffer.concat([Buffer.from('# 标题\n\n正'), Buffer.from([0xff, 0xfe])]));
    put(site, 'posts/binary.md', 'a\nb\0c\n');
    put(site, 'posts/js.md', '---js\n{title: "x"}\n---\n');
    put(site, 'posts/password.md', '---\npassword: x\n---\n');
    put(site, 'posts/a/same.md', 'x\n');
    put(site, 'posts/b/same.md', 'x\n');
    put(site, 'posts/math.md', '好 $\\frac{a}$ 后\n');
    put(site, 'posts/link.md', '\n见 [[没有这篇]]\n');
    const { code, stdout, stderr } = await build(site);
    expect(code).toBe(1);
    expect(heads(stderr)).toEqual([
      'error[front-matter/language] posts/js.md:1:4',
      'error[front-matter/password] posts/password.md:2:11',
      'error[front-matter/yaml] posts/yaml.md:2:8',
      'error[fs/not-utf8] posts/utf8.md:3:2',
      'error[fs/nul] posts/binary.md:2:2',
      'error[url/duplicate] posts/a/same.md:1:1',
      'warning[link/missing] posts/link.md:2:3',
      'warning[math/invalid] posts/math.md:1:12',
    ]);
    expect(stderr).toContain('posts/a/same.md and posts/b/same.md both want the address /posts/same/');
    expect(stdout).toContain('Nothing was published; ');
    expect(readFolder(`${site}/dist`)).toEqual(before);
    // Mended, it is published.
    for (const name of ['yaml', 'utf8', 'binary', 'js', 'password', 'a/same'])
      put(site, `posts/${name}.md`, '');
    expect((await build(site)).code).toBe(1);
    put(site, 'posts/a/same.md', '---\nslug: other\n---\n');
    expect((await build(site)).code).toBe(0);
  });

  test('--strict makes warnings errors', async () => {
    const site = folderOf({ ...good, 'posts/a.md': '[[gone]]' });
    expect((await build(site)).code).toBe(0);
    const { code, stderr } = await build(site, '--strict');
    expect(code).toBe(1);
    expect(heads(stderr)).toEqual(['error[link/missing] posts/a.md:1:1']);
  });
});

describe('warnings: the page is there', () => {
  test('case 25: a bad formula costs one red source and one warning', async () => {
    const site = folderOf({
      ...good,
      'posts/m.md': '---\ntitle: M\n---\n前 $x$。\n\n$$\n\\frac{a}{b} + \\nope\n$$\n\n后。\n',
    });
    const { code, stderr } = await build(site);
    expect(code).toBe(0);
    expect(heads(stderr)).toEqual(['warning[math/invalid] posts/m.md:7:15']);
    expect(stderr).toMatch(/> 7 \| \\frac\{a\}\{b\} \+ \\nope\n {4}\| {15}\^{5}\n/);
    const page = readFolder(`${site}/dist`).get('posts/m/index.html')!.toString();
    expect(page.match(/class="math-error"/g)).toHaveLength(1);
    expect(page).toContain('>\\frac{a}{b} + \\nope</code>');
    expect(page).toContain('<p>后。</p>');
    expect(page.match(/class="katex[ "]/g)).toHaveLength(1);
  });
  test('a missing link is text, marked', async () => {
    const site = folderOf({ ...good, 'posts/m.md': '见 [[godo|那篇]]、![图](x.png)。\n' });
    const { code, stderr } = await build(site);
    expect(code).toBe(0);
    expect(heads(stderr)).toEqual([
      'warning[link/file] posts/m.md:1:15',
      'warning[link/missing] posts/m.md:1:3',
    ]);
    expect(stderr).toContain('hint: did you mean “good”?');
    const page = readFolder(`${site}/dist`).get('posts/m/index.html')!.toString();
    expect(page).toContain('<span class="missing">那篇</span>');
  });
});

describe('case 42: usage and configuration: exit 2', () => {
  test('an unknown key, with what was meant', async () => {
    const site = folderOf({ ...good, 'postil.yml': 'titel: x\nurl: https://example.org\n' });
    const { code, stderr } = await build(site);
    expect(code).toBe(2);
    expect(heads(stderr)).toEqual(['error[config/unknown] postil.yml:1:1']);
    expect(stderr).toContain('did you mean “title”?');
  });
  test.each([
    ['perPage: many\n', 'error[config/type] postil.yml:1:10'],
    ['title: [a\n', 'error[config/yaml] postil.yml:2:1'],
    ['permalink: posts/x/\n', 'error[config/type] postil.yml:1:12'],
    ['url: example.org\n', 'error[config/type] postil.yml:1:6'],
    ['timezone: Mars/Olympus\n', 'error[config/type] postil.yml:1:11'],
    ['timezone: "+25:99"\n', 'error[config/type] postil.yml:1:11'],
    // The base path that would be taken from it has a place in addresses.
    ['url: https://example.org/100%/\n', 'error[config/type] postil.yml:1:6'],
    ['url: https://example.org/my notes/\n', 'error[config/type] postil.yml:1:6'],
    ['url: https://example.org\nlang: fr\n', 'error[theme/lang] postil.yml:2:1'],
    ['plugins:\n  - ./none.mjs\n', 'error[plugin/load] postil.yml:2:5'],
    ['plugins:\n  - at: remark\n', 'error[config/type] postil.yml:2:5'],
    ['- a\n', 'error[config/type] postil.yml:1:1'],
  ])('%j', async (yml, head) => {
    const { code, stderr } = await build(folderOf({ ...good, 'postil.yml': yml }));
    expect([code, heads(stderr)]).toEqual([2, [head]]);
  });
  test.each([
    [['build', '--outt', 'x'], '--out'],
    [['buidl'], 'build'],
    [['build', '--jobs', 'many'], 'jobs'],
    [['build', '--base', '../x'], 'base'],
    [['build', '--url', 'https://example.org/%zz/'], 'url'],
  ])('%j', async (args, hint) => {
    const { code, stderr } = await postil(args, { cwd: folderOf(good) });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[usage\]/);
    expect(stderr).toContain(hint);
  });
  test('postil.yml in another encoding: its text is not published', async () => {
    const gbk = Buffer.concat([Buffer.from('url: https://example.org\ntitle: '), Buffer.from([0xce, 0xd2])]);
    const site = folderOf(good);
    put(site, 'postil.yml', gbk);
    const { code, stderr } = await build(site);
    expect([code, heads(stderr)]).toEqual([2, ['error[fs/not-utf8] postil.yml:2:8']]);
    expect(stderr).toContain('offset 32');
  });
  test('check and deploy end with the code that build has', async () => {
    const site = folderOf({ ...good, 'postil.yml': 'titel: x\nurl: https://example.org\n' });
    for (const command of ['check', 'deploy']) expect((await postil([command, site])).code).toBe(2);
  });
  test('a folder without posts/ is no site', async () => {
    const { code, stderr } = await build(folderOf());
    expect(code).toBe(2);
    expect(stderr).toContain('posts');
  });
});

test('an empty posts/ is a warning, and a site without notes', async () => {
  const site = folderOf({ 'postil.yml': 'url: https://example.org\n', 'posts/.keep': '' });
  const { code, stderr } = await build(site);
  expect([code, heads(stderr)]).toEqual([0, ['warning[fs/no-posts]']]);
  expect([...readFolder(`${site}/dist`).keys()]).toContain('index.html');
});

test('--json prints one object a line', async () => {
  const site = folderOf({ ...good, 'posts/a.md': '[[gone]]\n', 'posts/b.md': '---\ntitle: a: b\n---\n' });
  const { code, stdout } = await build(site, '--json');
  expect(code).toBe(1);
  const lines = stdout
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as Record<string, unknown>);
  expect(lines.filter((l) => 'id' in l)).toMatchObject([
    { severity: 'warning', id: 'link/missing', file: 'posts/a.md', line: 1, column: 1, length: 8 },
    { severity: 'error', id: 'front-matter/yaml', file: 'posts/b.md', line: 2, column: 8 },
  ]);
});

test('no code is made from text: --disallow-code-generation-from-strings', async () => {
  const site = folderOf({ ...good, 'posts/a.md': '$x$\n\n```python\nx = 1\n```\n' });
  const ran = await postil(['build', site], { node: ['--disallow-code-generation-from-strings'] });
  expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringContaining('EvalError')]);
});
