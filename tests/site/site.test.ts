/** Small whole sites through the command line. */

import { describe, expect, test } from 'vitest';
import { folderOf, postil, put, readFolder } from '../support/folder.ts';

const yml = 'url: https://example.org\ntitle: 站\n';

async function built(files: Record<string, string | Uint8Array>, ...args: string[]) {
  const site = folderOf({ 'postil.yml': yml, ...files });
  const ran = await postil(['build', site, '--quiet', ...args]);
  expect([ran.code, ran.stderr.match(/^error.*/gm)]).toEqual([0, null]);
  return { site, ...ran, files: readFolder(`${site}/dist`) };
}

describe('not a byte of an unpublished note is in dist/', () => {
  const canary = (n: string) => `canary${n}zq`;
  const draft = (head: string) =>
    `---\n${head}\ntitle: ${canary('title')}\ntags: [${canary('tag')}, 公开]\ncategories: [${canary('category')}]\naliases: [${canary('alias')}]\npaper: {key: ${canary('key')}, title: ${canary('paper')}}\nseries: ${canary('series')}\n---\n${canary('body')} 见 [[open]] 与 ![${canary('alt')}](secret.png)，$${canary('math')}$。\n\n## ${canary('heading')}\n`;
  const notes = {
    'posts/open.md': '---\ntitle: 公开的\ntags: [公开]\n---\n正文。\n',
    'posts/draft.md': draft('draft: true'),
    'posts/no.md': draft('publish: false'),
    'posts/_drafts/x.md': draft('publish: true'),
    'posts/secret.png': `canaryimagezq`,
    'posts/_drafts/secret.png': `canaryimage2zq`,
  };

  test('title, tag, category, body, picture, backlink, count, feed', async () => {
    const { files } = await built(notes);
    for (const [path, bytes] of files) {
      expect(path).not.toMatch(/canary|secret|draft/);
      expect(bytes.toString('latin1'), path).not.toContain('canary');
    }
    expect(files.get('tags/index.html')!.toString()).toContain('公开');
    expect([...files.keys()].filter((p) => p.startsWith('posts/') && p.endsWith('.html'))).toEqual([
      'posts/open/index.html',
    ]);
  });
  test('neither after it had been published', async () => {
    const { site } = await built({ ...notes, 'posts/draft.md': draft('publish: true') });
    const before = [...readFolder(`${site}/dist`).values()].some((b) =>
      b.toString('latin1').includes('canary'),
    );
    expect(before).toBe(true);
    put(site, 'posts/draft.md', draft('draft: true'));
    expect((await postil(['build', site, '--quiet'])).code).toBe(0);
    for (const [path, bytes] of readFolder(`${site}/dist`))
      expect(bytes.toString('latin1'), path).not.toContain('canary');
  });
  test('publish: explicit turns the default round', async () => {
    const { files } = await built({
      'postil.yml': `${yml}publish: explicit\n`,
      'posts/unset.md': '# canaryunset\n',
      'posts/yes.md': '---\npublish: true\n---\n# Yes\n',
    });
    expect([...files.keys()].filter((p) => p.startsWith('posts/') && p.endsWith('.html'))).toEqual([
      'posts/yes/index.html',
    ]);
    for (const [path, bytes] of files) expect(bytes.toString('latin1'), path).not.toContain('canary');
  });
  test('--drafts shows them', async () => {
    const { files } = await built({ ...notes, 'posts/_drafts/x.md': '', 'posts/no.md': '' }, '--drafts');
    expect([...files.keys()]).toContain('posts/draft/index.html');
  });
});

test('the last line says how to look at the site, from the folder where it was asked for', async () => {
  const site = folderOf({ 'postil.yml': yml, 'posts/a.md': 'x\n' });
  const last = async (...args: string[]) =>
    /Look at it: (.*)\n$/.exec((await postil(['build', ...args], { cwd: site })).stdout)?.[1];
  expect(await last()).toBe('npx postil preview');
  expect(await last(site, '--out', 'my out', '--base', '/b/')).toBe(
    `npx postil preview ${site} --out 'my out' --base /b/`,
  );
  expect(await last('.', '--url', 'https://example.org/c/')).toBe('npx postil preview --base /c/');
});

test('same input, same bytes: folder, time zone, locale and number of workers do not matter', async () => {
  const notes = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      `posts/${i % 3 ? 'İı' : 'ä'}-${i}.md`,
      `---\ntitle: 笔记 ${i}\ndate: 2021-09-${String((i % 28) + 1).padStart(2, '0')} 22:00:00\ntags: [zä, İst, 标签${i % 4}]\ncategories: [a, b${i % 2}]\n---\n见 [[笔记 ${(i * 7) % 30}]]，$x_${i}$。\n`,
    ]),
  );
  const environments = [
    { env: { TZ: 'UTC', LC_ALL: 'C' }, jobs: '1' },
    { env: { TZ: 'Asia/Shanghai', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }, jobs: '2' },
    { env: { TZ: 'America/Los_Angeles', LC_ALL: 'sv_SE.UTF-8' }, jobs: '2' },
  ];
  const outputs = [];
  for (const { env, jobs } of environments) {
    const site = folderOf({ 'postil.yml': yml, ...notes });
    const ran = await postil(['build', site, '--quiet', '--jobs', jobs], { env });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    outputs.push(readFolder(`${site}/dist`));
  }
  expect(outputs[0]!.size).toBeGreaterThan(40);
  expect(outputs[1]).toEqual(outputs[0]);
  expect(outputs[2]).toEqual(outputs[0]);
});

test('permalinks, pages, the future and the second page of the index', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [`posts/n${i}.md`, `---\ndate: 2021-01-${10 + i}\n---\nx\n`]),
  );
  const { files } = await built({
    ...many,
    'postil.yml': `${yml}permalink: /:year/:slug/\nedit: https://git.example.org/me/notes/edit/main\n`,
    'posts/about.md': '---\ntype: page\ntitle: canarypage\ntags: [检测]\ncategories: [方法]\n---\n关于。\n',
    'posts/future.md': '---\ndate: 2999-12-31\n---\nx\n',
    'posts/own notes #1.md': '---\npermalink: /a/b.html\n---\nx\n',
  });
  const paths = [...files.keys()];
  for (const path of [
    '2021/n0/index.html',
    'about/index.html',
    '2999/future/index.html',
    'a/b.html',
    'page/2/index.html',
  ])
    expect(paths).toContain(path);
  expect(paths).not.toContain('page/3/index.html');
  // Nothing lists a page, so it links to no list.
  expect(files.get('about/index.html')!.toString()).not.toMatch(/\/(?:tags|categories)\/[^"]/);
  expect(files.get('a/b.html')!.toString()).toContain(
    'href="https://git.example.org/me/notes/edit/main/posts/own%20notes%20%231.md"',
  );
  // Beside each page, what previews and search show of it.
  const file = (path: string) => JSON.parse(files.get(path)!.toString()) as unknown;
  expect(file('a/b.html.preview.json')).toMatchObject({ title: 'own notes #1', text: 'x' });
  expect(file('a/b.html.search.json')).toMatchObject({ title: 'own notes #1', sections: [['', '', 'x']] });
  expect(file('about/preview.json')).toEqual({
    title: 'canarypage',
    facts: '',
    text: '关于。',
    lang: 'zh-CN',
  });
  expect(file('about/search.json')).toEqual({
    title: 'canarypage',
    facts: '#检测',
    names: '方法',
    description: '',
    sections: [['', '', '关于。']],
  });
  for (const path of ['index.html', 'page/2/index.html', 'atom.xml', 'feed.json', 'archives/index.html'])
    expect(files.get(path)!.toString(), path).not.toContain('canarypage');
});

test('public/CNAME gives the address; without any there is a warning and no sitemap', async () => {
  const named = await built({
    'postil.yml': 'title: 站\n',
    'public/CNAME': 'notes.example.org\n',
    'posts/a.md': 'x\n',
  });
  expect(named.files.get('sitemap.xml')!.toString()).toContain('https://notes.example.org/posts/a/');
  expect(named.files.get('posts/a/index.html')!.toString()).toContain(
    'rel="canonical" href="https://notes.example.org/posts/a/"',
  );
  expect(named.files.get('CNAME')!.toString()).toBe('notes.example.org\n');

  const site = folderOf({ 'posts/a.md': 'x\n' });
  const { code, stderr } = await postil(['build', site]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('warning[config/no-url]')]);
  const files = readFolder(`${site}/dist`);
  expect([...files.keys()]).not.toContain('sitemap.xml');
  expect(files.get('posts/a/index.html')!.toString()).not.toContain('canonical');
});

test('without search, a page has its preview alone', async () => {
  const { files } = await built({ 'postil.yml': `${yml}search: false\n`, 'posts/a.md': '# A\n\nx\n' });
  expect(JSON.parse(files.get('posts/a/preview.json')!.toString())).toEqual({
    title: 'A',
    facts: '',
    text: 'x',
    lang: 'zh-CN',
  });
  expect([...files.keys()].filter((path) => /^search|search\.json$/.test(path))).toEqual([]);
});

test('a citation of the paper that the note reads leads to its entry in the references', async () => {
  const { files } = await built({
    'posts/papers.bib': '@article{k+1, title={One}, author={Kuhn, Ada}, year={2020}, doi={10.1/x}}\n',
    'posts/a.md': '---\ntitle: A\npaper: {title: One, doi: 10.1/x}\n---\nSee [@k+1] ^x\n',
    'posts/b.md': '# B\n\nSee [@k+1].\n\n![[a#^x]]\n',
  });
  const links = (path: string) =>
    [
      ...files
        .get(path)!
        .toString()
        .matchAll(/<a class="cite" href="([^"]*)"/g),
    ].map(([, href]) => href);
  // The second is the sentence of b among a's backlinks.
  expect(links('posts/a/index.html')).toEqual(['#_ref-k+1', '/posts/a/']);
  expect(files.get('posts/a/index.html')!.toString()).toContain('<li id="_ref-k+1">');
  // In b, a piece of a included, and in feeds it is the note that is meant.
  expect(links('posts/b/index.html')).toEqual(['/posts/a/', '/posts/a/']);
  expect(files.get('atom.xml')!.toString()).not.toContain('_ref-');
});

test('titles that are hostile in every place stay text', async () => {
  const title = `</script><script>alert(1)</script> ]]> & "x' <b>`;
  const { files } = await built({
    'posts/a.md': `---\ntitle: ${JSON.stringify(title)}\ntags: ["<i>t</i>"]\n---\n见 [[b]]\n`,
    'posts/b.md': '---\ntitle: B\n---\n[[a]]\n',
  });
  for (const [path, bytes] of files) {
    if (/\.(?:html|xml)$/.test(path)) {
      expect(bytes.toString(), path).not.toContain('<script>alert(1)');
      expect(bytes.toString(), path).not.toContain('<i>t</i>');
    }
  }
  expect(
    (JSON.parse(files.get('feed.json')!.toString()) as { items: { title: string }[] }).items[0]!.title,
  ).toBe(title);
});

test('a build over a folder that Postil did not write is refused, and touches nothing', async () => {
  const site = folderOf({ 'postil.yml': yml, 'posts/a.md': 'x\n', 'dist/mine.txt': 'mine' });
  const { code, stderr } = await postil(['build', site]);
  expect(code).not.toBe(0);
  expect(stderr).toContain('error[out/foreign]');
  expect([...readFolder(`${site}/dist`).keys()]).toEqual(['mine.txt']);
});

test('the head describes a note by its description, else its excerpt, else its title; only the first stands under the title', async () => {
  const { files } = await built({
    'postil.yml': `${yml}description: 站的话\n`,
    'posts/said.md': '---\ndescription: 自己的话\n---\n# 甲\n\n正文。\n',
    'posts/left.md': '# 乙\n\n依 [[said|甲]] "而" 行。\n',
    'posts/bare.md': '# 丙\n',
  });
  const of = (name: string) => {
    const html = files.get(`posts/${name}/index.html`)!.toString();
    const lead = /<p class="lead">(.*?)<\/p>/.exec(html)?.[1];
    return [
      ...[...html.matchAll(/<meta (?:name|property)="(?:og:)?description" content="(.*?)"/g)].map(
        (m) => m[1],
      ),
      lead,
    ];
  };
  const left = '依 甲 &quot;而&quot; 行。';
  expect(of('said')).toEqual(['自己的话', '自己的话', '自己的话']);
  expect(of('left')).toEqual([left, left, undefined]);
  expect(of('bare')).toEqual(['丙 · 站的话', '丙 · 站的话', undefined]);
});
