import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { preflight } from '../../src/publish/preflight.ts';
import { singleFile } from '../../src/publish/single.ts';
import { put } from '../support/folder.ts';
import { snapshot } from '../support/snapshot.ts';

const run = promisify(execFile);
const CLI = new URL('../../bundle/cli.js', import.meta.url).pathname;

function folder(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'postil-publish-'));
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  }
  return root;
}

async function postil(site: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [CLI, ...args], { cwd: site });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.test', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

/** A site in a git repository with a bare remote beside it. */
function repository(): { site: string; remote: string } {
  const remote = mkdtempSync(join(tmpdir(), 'postil-remote-'));
  git(remote, 'init', '--bare', '--quiet');
  const site = folder({
    'posts/a.md': '# A\n\nText $x$\n',
    'posts/b.md': '# B\n\nText\n',
    'postil.yml': 'url: https://me.github.io/notes/\n',
  });
  git(site, 'init', '--quiet');
  git(site, 'config', 'user.name', 't');
  git(site, 'config', 'user.email', 't@t.test');
  git(site, 'remote', 'add', 'origin', remote);
  return { site, remote };
}

describe('case 40: deploy', () => {
  test('pushes the site to a branch of its own and leaves the checkout alone', async () => {
    const { site, remote } = repository();
    const first = await postil(site, 'deploy');
    expect(first.err).toBe('');
    expect(first.out).toMatch(/pages pushed to gh-pages/);
    expect(git(remote, 'ls-tree', '-r', '--name-only', 'gh-pages').split('\n')).toEqual(
      expect.arrayContaining(['.nojekyll', 'index.html', 'posts/a/index.html']),
    );
    expect(git(site, 'status', '--porcelain', '--untracked-files=no')).toBe('');
    expect((await postil(site, 'deploy')).out).toMatch(/has these pages already/);
    writeFileSync(join(site, 'posts/c.md'), '# C\n\nText\n');
    expect((await postil(site, 'deploy')).code).toBe(0);
    expect(git(remote, 'rev-list', '--count', 'gh-pages')).toBe('2');
  });

  test('refuses a branch it did not make, and a loss of pages', async () => {
    const { site, remote } = repository();
    git(site, 'checkout', '--quiet', '--orphan', 'other');
    git(site, 'add', 'posts');
    git(site, 'commit', '--quiet', '-m', 'mine');
    git(site, 'push', '--quiet', 'origin', 'other:gh-pages');
    const foreign = await postil(site, 'deploy');
    expect(foreign.code).toBe(1);
    expect(foreign.err).toContain('error[deploy/foreign-branch]');
    expect(git(remote, 'rev-list', '--count', 'gh-pages')).toBe('1');

    for (let i = 0; i < 30; i++) writeFileSync(join(site, `posts/n${i}.md`), `# N${i}\n\nText\n`);
    expect((await postil(site, 'deploy', '--branch', 'pages')).code).toBe(0);
    for (let i = 0; i < 30; i++) rmSync(join(site, `posts/n${i}.md`));
    const lost = await postil(site, 'deploy', '--branch', 'pages');
    expect(lost.code).toBe(1);
    expect(lost.err).toMatch(
      /error\[deploy\/lost-pages\] \d+ HTML files would replace the \d+ that are published/,
    );
    expect((await postil(site, 'deploy', '--branch', 'pages', '--force-fewer')).code).toBe(0);
  });

  test('takes no other branch for its own', async () => {
    const { site, remote } = repository();
    git(site, 'commit', '--quiet', '--allow-empty', '-m', 'mine');
    git(site, 'push', '--quiet', 'origin', 'HEAD:refs/heads/old/gh-pages');
    expect(await postil(site, 'deploy')).toMatchObject({ code: 0, err: '' });
    expect(git(remote, 'rev-list', '--count', 'refs/heads/gh-pages')).toBe('1');
  });

  test('says all that git says', async () => {
    const { site, remote } = repository();
    rmSync(remote, { recursive: true });
    const { code, err } = await postil(site, 'deploy');
    expect(code).toBe(4);
    expect(err).toContain('error[environment] git ls-remote failed: fatal: ');
    expect(err).toContain('does not appear to be a git repository\n');
    expect(err).toMatch(/correct access rights\n {2}and the repository exists\.\n$/);
  });

  test('without git or a remote it ends with 4 and says why', async () => {
    const site = folder({ 'posts/a.md': '# A\n\nText\n' });
    const { code, err } = await postil(site, 'deploy');
    expect(code).toBe(4);
    expect(err).toMatch(/error\[environment\] \S+ is no git repository: make one with “git init”/);
  });
});

describe('case 40: preflight', () => {
  const site = () => folder({ 'index.html': '', '404.html': '', 'posts/a/index.html': '' });
  const check = (out: string, more: object = {}) =>
    preflight({
      out,
      config: { origin: undefined, base: '/' },
      cname: undefined,
      pagesBefore: undefined,
      ...more,
    }).map((d) => d.id);

  test('finds nothing wrong with a good site', () => expect(check(site())).toEqual([]));
  test('missing pages', () =>
    expect(check(folder({ 'a.html': '' }))).toEqual(['deploy/missing-page', 'deploy/missing-page']));
  test('lost pages', () => expect(check(site(), { pagesBefore: 10 })).toEqual(['deploy/lost-pages']));
  test('files that GitHub does not take', () => {
    const out = site();
    // It takes no place on the disk.
    writeFileSync(join(out, 'film'), '');
    truncateSync(join(out, 'film'), 100_000_001);
    expect(check(out)).toEqual(['deploy/too-large']);
  });
  test('symbolic links', () => {
    const out = site();
    symlinkSync('/etc/hostname', join(out, 'x'));
    expect(check(out)).toEqual(['deploy/symlink']);
  });
  test('names that differ only in case', () => {
    const out = site();
    writeFileSync(join(out, 'Index.html'), '');
    expect(check(out)).toEqual(['deploy/case']);
  });
  test('a base path that does not fit', () => {
    expect(check(site(), { cname: 'x.test', config: { origin: 'https://x.test', base: '/notes/' } })).toEqual(
      ['deploy/base'],
    );
    expect(check(site(), { config: { origin: 'https://me.github.io', base: '/a/b/' } })).toEqual([
      'deploy/base',
    ]);
    expect(check(site(), { config: { origin: 'https://me.github.io', base: '/a/' } })).toEqual([]);
  });
});

test('export writes one file that loads nothing', async () => {
  const site = folder({
    'posts/a.md': '# A\n\n$x^2$ and [[b]]\n\n![p](p.svg "Picture")\n',
    'posts/b.md': '# B\n',
    'posts/p.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>',
    'postil.yml': 'url: https://x.test/\n',
  });
  const { code, out } = await postil(site, 'export', 'a');
  expect(code).toBe(0);
  expect(out).toMatch(/^a\.html/);
  const html = readFileSync(join(site, 'a.html'), 'utf8');
  expect(/<script|<link[^>]+stylesheet|srcset=/.test(html)).toBe(false);
  expect(/ src="\/|url\(["']?\//.test(html)).toBe(false);
  expect(html).toContain('src="data:image/svg+xml;base64,');
  expect(html).toContain('url(data:font/woff2;base64,');
  expect(html).toContain('href="https://x.test/posts/b/"');
  const missing = await postil(site, 'export', 'aa');
  expect(missing.code).toBe(2);
  // An earlier export is replaced, a file of anybody else is not.
  expect((await postil(site, 'export', 'a')).code).toBe(0);
  const over = await postil(site, 'export', 'a', '--out', 'posts/b.md');
  expect([over.code, over.err]).toEqual([2, expect.stringContaining('is there already and is no page')]);
  expect(readFileSync(join(site, 'posts/b.md'), 'utf8')).toBe('# B\n');
});

test('what a note says in attributes and text is no tag of the page', async () => {
  const HANDLER = 'tabindex=0 autofocus onfocus=document.title="RAN"';
  const texts = [
    `<span title="t srcset=">b</span> " A " ${HANDLER} z`,
    `<span title="<source ">b</span> srcset=" A " ${HANDLER} z`,
    `<span title="<script ">b</span> A <span title="</script>">" ${HANDLER} z</span>`,
    `<span title="<link ">b</span> " rel="stylesheet" ${HANDLER} z`,
    `<span title="<img ">b</span> " src="/p.svg" ${HANDLER} z`,
    `<span title="<a ">b</span> " href="/p.svg" ${HANDLER} z`,
    `<span title="<meta ">b</span> " http-equiv="Content-Security-Policy" ${HANDLER} z`,
    `<span title="<style>">b</span> url(/p.svg) <!-- --> z <span title="</style>-->">z</span>`,
    `<span title='<img src="/posts/p/">'>b</span> [c](/posts/p/ "<a href=&quot;/posts/p/&quot;>")`,
  ];
  const site = folder({
    'posts/p.md': '# P\n',
    ...Object.fromEntries(texts.map((text, i) => [`posts/a${i}.md`, `# A\n\n${text}\n`])),
    'postil.yml': 'url: https://x.test/\n',
  });
  expect((await postil(site, 'build')).code).toBe(0);
  for (const [i, text] of texts.entries()) {
    const page = readFileSync(join(site, `dist/posts/a${i}/index.html`), 'utf8');
    const html = await singleFile(page, async () => undefined, '/', 'https://x.test');
    const [before, after] = [elementsOf(page), elementsOf(html)];
    expect(inMain(after), text).toEqual(
      inMain(before).map((e) => e.replace(/^(a .*?href=")\//, '$1https://x.test/')),
    );
    expect(after.filter((e) => /^script| on\w+="/.test(e))).toEqual([]);
    expect(after.filter((e) => / http-equiv="/.test(e))).toEqual([
      `meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"`,
    ]);
  }
});

test('the hosts that a page shows pictures of are those of its file, and a page without a policy gets one', async () => {
  const of = async (html: string) =>
    /content="(default-src[^"]*)"/.exec(await singleFile(html, async () => undefined, '/', undefined))?.[1];
  const policy = (sources: string) =>
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' a.test; ${sources}; base-uri 'none'">`;
  const own = "style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";
  expect(await of(policy("img-src 'self' data: https://b.test c.test:80; media-src 'self' d.test"))).toBe(
    `default-src 'none'; img-src data: https://b.test c.test:80; media-src d.test; ${own}`,
  );
  expect(await of('<!doctype html><p>')).toBe(`default-src 'none'; img-src data:; ${own}`);
  expect(await singleFile('<!doctype html><p>', async () => undefined, '/', undefined)).toMatch(
    /^<!doctype html><meta .*><p>$/,
  );
});

/** Start tags, with their attributes, and texts of a page as a browser reads it. */
function elementsOf(html: string): string[] {
  const out: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('attrs' in node)
      out.push([node.tagName, ...node.attrs.map((a) => `${a.name}=${JSON.stringify(a.value)}`)].join(' '));
    if ('value' in node) out.push(JSON.stringify(node.value));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return out;
}

const inMain = (elements: string[]) => elements.slice(elements.findIndex((e) => e.startsWith('main ')));

test('export finds a note by its file, its address and its slug, and nothing but notes', async () => {
  const site = folder({
    'posts/First Note.md': '# First\n\n<img src="https://x.invalid/100%.png">\n\n![p](a&b.svg)\n',
    'posts/a&b.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>',
    'posts/sub/one.md': '---\nslug: other\n---\n# One\n',
    'posts/perm.md': '---\npermalink: /x/last.html\ntags: [示例]\n---\n# Last\n',
    'posts/示例.md': '---\ndraft: true\n---\n# Draft\n',
    'posts/tag.md': '---\ntitle: 示例\ntype: tag\n---\n',
  });
  const wanted: Record<string, string> = {
    'posts/First Note.md': 'First-Note.html',
    'First Note': 'First-Note.html',
    'posts/sub/one.md': 'other.html',
    'sub/one': 'other.html',
    other: 'other.html',
    '/posts/other/': 'other.html',
    'http://localhost:4173/posts/other/': 'other.html',
    '/x/last.html': 'perm.html',
    'perm.md': 'perm.html',
  };
  for (const [note, file] of Object.entries(wanted)) {
    const { out, err } = await postil(site, 'export', note);
    expect([note, out, err]).toEqual([note, expect.stringMatching(new RegExp(`^${file} `)), '']);
  }
  const first = readFileSync(join(site, 'First-Note.html'), 'utf8');
  expect(first).toContain('src="https://x.invalid/100%.png"');
  expect(first).toContain('src="data:image/svg+xml;base64,');
  expect((await postil(join(site, 'posts'), 'export', '--site', '..', './sub/one.md')).code).toBe(0);
  for (const [note, said] of [
    ['示例', 'not published'],
    ['tags/示例', 'there is no note'],
    ['posts/tag.md', 'introduces a tag'],
    ['index', 'there is no note'],
  ]) {
    const { code, err } = await postil(site, 'export', note!);
    expect([code, err]).toEqual([2, expect.stringContaining(said!)]);
  }
});

test('what is exported holds nothing from beside the site', async () => {
  const files: Record<string, string> = { 'own.txt': 'own', 'a&b.txt': 'secret' };
  const asked: string[] = [];
  const read = async (path: string) => {
    asked.push(path);
    return Object.hasOwn(files, path) ? Buffer.from(files[path]!) : undefined;
  };
  const page = '<img src="/%2e%2e/secret.txt"><img src="//x/secret.txt"><img src="/own.txt?1"><img src="/%">';
  const html = await singleFile(page, read, '/', 'https://x.test');
  expect(asked).toEqual(['../secret.txt', 'own.txt']);
  expect(html.replace(/^<meta [^>]*>/, '')).toBe(
    page.replace('/own.txt?1', 'data:application/octet-stream;base64,b3du'),
  );
});

test('export writes the note and nothing of the site', async () => {
  const site = folder({
    'posts/a.md': '# A\n\n[[b]]\n',
    'posts/b.md': '# B\n',
    'postil.yml': 'url: https://x.test/\n',
  });
  expect((await postil(site, 'export', 'a', '--out', 'out/a.html')).code).toBe(0);
  expect(existsSync(join(site, 'dist'))).toBe(false);
  await postil(site, 'build');
  const before = snapshot(join(site, 'dist'));
  put(site, 'posts/a.md', '# A\n\nother words\n');
  expect((await postil(site, 'export', 'a', '--out', 'out/a.html')).code).toBe(0);
  expect(readFileSync(join(site, 'out/a.html'), 'utf8')).toContain('other words');
  expect(snapshot(join(site, 'dist'))).toEqual(before);
  // A site that cannot be built has no notes to send.
  put(site, 'posts/b.md', '---\ndate: never\n---\n');
  const wrong = await postil(site, 'export', 'a', '--out', 'out/a.html');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('run “postil build”')]);
});
