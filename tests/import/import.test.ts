import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { planHexo } from '../../src/import/hexo.ts';
import { keepBreaks, undoBackslashes, undoMath, undoTags } from '../../src/import/hexo-text.ts';
import { planHugo } from '../../src/import/hugo.ts';
import { planObsidian } from '../../src/import/obsidian.ts';
import type { Plan } from '../../src/import/plan.ts';

const run = promisify(execFile);
const CLI = new URL('../../bundle/cli.js', import.meta.url).pathname;
const beside = (file: string) => `x/${file}`;
/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function folder(files: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), 'postil-import-'));
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

function digest(root: string): string {
  const h = createHash('sha256');
  for (const path of (readdirSync(root, { recursive: true }) as string[]).sort()) {
    h.update(path);
    try {
      h.update(readFileSync(join(root, path)));
    } catch {}
  }
  return h.digest('hex');
}

/** Thirty posts with every habit of Hexo that the import knows. */
function hexoBlog(): Record<string, string | Buffer> {
  const files: Record<string, string | Buffer> = {
    '_config.yml':
      'title: 旧博客\nauthor: me\nurl: https://blog.test\npermalink: :year/:month/:day/:title/\ntimezone: Asia/Shanghai\nper_page: 5\nlanguage: zh-CN\npost_asset_folder: true\n',
    'source/_posts/assets.md':
      '---\ntitle: Assets\ndate: 2021-01-01 08:00:00\ntags: [图, 表]\ncategories: [视觉, 检测]\n---\n前言。\n\n<!-- more -->\n\n{% asset_img a.png 一张图 %}\n\n![b](b.png)\n\n![c](/img/c.png)\n',
    'source/_posts/assets/a.png': PNG,
    'source/_posts/assets/b.png': PNG,
    'source/_posts/windows.md':
      '---\ntitle: Windows\ndate: 2021-01-02\n---\n![b](files\\b.png) {% asset_img files\\b.png %}\n',
    'source/_posts/windows/files/b.png': PNG,
    'source/img/c.png': PNG,
    'source/_posts/tags.md':
      '---\ntitle: Tags\ndate: 2021/2/3\ncategories:\n  - [甲, 乙]\n  - 丙\n---\n{% note warning 小心 %}\n有公式 $a\\_b$ 的提示\n{% endnote %}\n\n{% post_link assets 那一篇 %}，{% post_link missing %}\n\n{% codeblock focal.py lang:python %}\nx = "{% raw %}"\n{% endcodeblock %}\n\n{% raw %}$$ y = \\{1\\} $$ {% endraw %}\n\n{% unknown thing %}\n',
    'source/_posts/abbr.md':
      '---\ntitle: Abbr\ndate: 2020-12-31 23:59:59\nabbrlink: 4a17b156\npermalink: p/4a17b156.html\n---\n正文\n',
    'source/_posts/secret.md': '---\ntitle: Secret\ndate: 2020-01-01\npassword: "123"\n---\ncanaryword\n',
    'source/_posts/top.md': '---\ntitle: Top\ndate: 2020-01-02\ntop: true\n---\n置顶\n',
    'source/_posts/c sharp #1.md': '---\ntitle: Sharp\ndate: 2020-01-03\n---\n名字里有井号\n',
    'source/_drafts/later.md': '---\ntitle: Later\n---\n以后\n',
    'source/about/index.md': '---\ntitle: 关于我\n---\n我\n',
    'source/tags/index.md': '---\ntitle: tags\ntype: tags\n---\n',
    'source/CNAME': 'blog.test\n',
  };
  for (
    let i = Object.keys(files).filter((f) => f.startsWith('source/_posts/') && f.endsWith('.md')).length;
    i < 30;
    i++
  ) {
    files[`source/_posts/2019/note-${i}.md`] =
      `---\ntitle: 笔记 ${i}\ndate: 2019-0${(i % 9) + 1}-11 10:00:00\ntags: 第${i % 3}类\n---\n第 ${i} 篇，$x_${i}$。\n`;
  }
  return files;
}

describe('hexo', () => {
  test('keeps every address and picture, and says what it did', async () => {
    const blog = folder(hexoBlog());
    const before = digest(blog);
    const site = folder({});
    const { code, out } = await postil(site, 'import', 'hexo', blog);
    expect(code).toBe(0);
    expect(digest(blog)).toBe(before);
    expect(out).toMatch(/The report is in import-report\.md/);

    const built = await postil(site, 'build');
    expect(built.err).not.toMatch(/^error/m);
    expect(built.code).toBe(0);
    const page = (address: string) =>
      join(site, 'dist', address.endsWith('/') ? `${address}index.html` : address);
    const report = readFileSync(join(site, 'import-report.md'), 'utf8');
    const stay = [...report.matchAll(/^- (\/.*)$/gm)].map((m) => m[1]!).filter((l) => !l.includes('→'));
    const moved = [...report.matchAll(/^- (\/.*) → (\/\S+)/gm)].map((m) => [m[1]!, m[2]!] as const);
    for (const address of [...stay, ...moved.map(([, now]) => now)]) {
      expect(existsSync(page(decodeURI(address))), address).toBe(true);
    }
    // Every address that the blog had is in one of the two lists.
    const listed = new Set([...stay, ...moved.map(([old]) => old)]);
    for (const old of [
      '/2021/01/01/assets/',
      '/2021/01/01/assets/a.png',
      '/2021/02/03/tags/',
      '/p/4a17b156.html',
      '/2020/01/02/top/',
      '/2020/01/03/c sharp #1/',
      '/about/',
      '/img/c.png',
      '/CNAME',
      '/tags/图/',
      '/categories/视觉/检测/',
      '/archives/2021/02/',
      '/archives/2019/',
      '/',
    ]) {
      expect(listed, old).toContain(old);
    }
    for (let i = 6; i < 30; i++)
      if (existsSync(join(blog, `source/_posts/2019/note-${i}.md`)))
        expect(listed).toContain(`/2019/0${(i % 9) + 1}/11/2019/note-${i}/`);
    const assets = readFileSync(page('/2021/01/01/assets/'), 'utf8');
    expect(assets.match(/<img /g)?.length).toBe(3);
    expect(assets.split('class="backlinks"')[0]).not.toContain('class="missing"');
    expect(readFileSync(join(site, 'posts/windows.md'), 'utf8')).toContain(
      '![b](windows/files/b.png) ![](windows/files/b.png)',
    );
    expect(report).toContain('windows.md: 2 paths with / for the backslashes of Windows');
    expect(report).toContain('{% post_link missing %} names no post');
    expect(report).toContain('{% unknown %} is no tag');
    expect(report).toContain('it had a password');
    const everything = (readdirSync(join(site, 'dist'), { recursive: true }) as string[]).filter((f) =>
      /\.(?:html|xml|json)$/.test(f),
    );
    for (const f of everything)
      expect(readFileSync(join(site, 'dist', f), 'utf8'), f).not.toContain('canaryword');
    const tags = readFileSync(join(site, 'posts/tags.md'), 'utf8');
    expect(tags).toContain('> [!warning] 小心\n> 有公式 $a_b$ 的提示');
    expect(tags).toContain('[[assets|那一篇]]');
    expect(tags).toContain('```python title="focal.py"\nx = "{% raw %}"\n```');
  });

  test('a second run changes nothing, and a dry run does nothing', async () => {
    const blog = folder(hexoBlog());
    const dry = folder({});
    const { out } = await postil(dry, 'import', 'hexo', blog, '--dry-run');
    expect(out).toContain('# Import of hexo');
    expect(readdirSync(dry)).toEqual([]);
    const site = folder({});
    await postil(site, 'import', 'hexo', blog);
    const before = digest(site);
    const again = await postil(site, 'import', 'hexo', blog);
    expect(again.out).toMatch(/^0 files made/);
    expect(digest(site)).toBe(before);
  });

  test('JSON front matter becomes YAML, and a draft stays one', async () => {
    const blog = folder({
      'source/_posts/json.md': '"title": "J: 1",\n"tags": ["图"],\n"draft": true\n;;;\n正文\n',
    });
    const { files, changed } = await planHexo(blog);
    expect(files).toContainEqual({
      to: 'posts/json.md',
      contents: '---\n"title": "J: 1"\n"tags": [ "图" ]\n"draft": true\n---\n\n正文\n',
    });
    expect(changed).toEqual([{ file: 'posts/json.md', what: 'front matter written as YAML' }]);
  });

  test('tags and categories that would share an address are told, and the address once', async () => {
    const blog = folder({
      'source/_posts/a.md': '---\ntitle: A\ndate: 2021-01-01\ntags: [C, C++, x]\ncategories: [L]\n---\n',
      'source/_posts/b.md': '---\ntitle: B\ndate: 2021-01-01\ntags: [C#, c]\ncategories: [L#]\n---\n',
    });
    const { lost, addresses } = await planHexo(blog);
    expect(lost.map((l) => `${l.file}: ${l.what.split(' would ')[0]}`)).toEqual([
      '/tags/C/: “C”, “C#”, “C++”, “c”',
      '/categories/L/: “L”, “L#”',
    ]);
    expect(addresses.map((a) => a.old).filter((old) => /^\/(?:tags|categories)\//.test(old))).toEqual([
      '/tags/C/',
      '/tags/x/',
      '/tags/c/',
      '/categories/L/',
    ]);
  });

  test('gives a page and a post of one name a file each', async () => {
    const blog = folder({
      'source/_posts/about.md': '---\ntitle: Post\ndate: 2021-01-01\n---\nthe post\n',
      'source/about.md': 'the bare page\n',
      'source/about/index.md': '---\ntitle: Page\n---\nthe page\n',
      'source/reindex.md': 'a page of another name\n',
    });
    const dry = await postil(folder({}), 'import', 'hexo', blog, '--dry-run');
    const carried = /## Carried over \(\d+\)\n\n([\s\S]*?)\n\n/.exec(dry.out)?.[1]?.split('\n');
    expect(carried).toContain('- posts/about.md');
    expect(new Set(carried).size).toBe(carried!.length);
    const site = folder({});
    const { out } = await postil(site, 'import', 'hexo', blog);
    expect(out).toContain('0 left alone');
    const report = readFileSync(join(site, 'import-report.md'), 'utf8');
    expect(report).toContain('- posts/about-2.md: another note is called posts/about.md');
    expect((await postil(site, 'build')).code).toBe(0);
    for (const [address, text] of [
      ['/2021/01/01/about/', 'the post'],
      ['/about/', 'the page'],
      ['/about.html', 'the bare page'],
      ['/reindex.html', 'a page of another name'],
    ] as const) {
      expect(report).toContain(`- ${address}\n`);
      const file = address.replace(/\/$/, '/index.html');
      expect(readFileSync(join(site, 'dist', file), 'utf8')).toContain(text);
    }
  });

  test('takes every file along, or names it', async () => {
    const blog = folder({
      'source/_posts/detr.md':
        '---\ntitle: DETR\ndate: 2021-01-01\n---\n![](img/shared.png) ![](a.png)\n\n[![a](a.png)](a.png) [a [b](a.png)\n',
      'source/_posts/detr/a.png': PNG,
      'source/_posts/detr/demo.html': '<p>demo</p>',
      'source/_posts/img/shared.png': PNG,
      'source/_posts/old.html': '<p>old</p>',
      'source/_drafts/img/later.png': PNG,
      'source/_data/links.yml': 'a: b\n',
    });
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    for (const path of ['img/shared.png', 'detr/a.png', 'detr/demo.html', '_drafts/img/later.png'])
      expect(existsSync(join(site, 'posts', path)), path).toBe(true);
    const report = readFileSync(join(site, 'import-report.md'), 'utf8');
    expect(report).toContain('_posts/old.html: HTML content is not taken');
    expect(report).toContain('_data/links.yml: Hexo publishes nothing');
    expect(readFileSync(join(site, 'posts/detr.md'), 'utf8')).toContain(
      '![](img/shared.png) ![](detr/a.png)\n\n[![a](detr/a.png)](a.png) [a [b](detr/a.png)',
    );
    const built = await postil(site, 'build');
    expect(built.err).not.toMatch(/link\//);
  });

  test('knows another folder of sources, the addresses of pages, and posts without a date', async () => {
    const blog = folder({
      '_config.yml': 'source_dir: src/\nnew_post_name: :year-:month-:day-:title.md\n',
      'src/_posts/2021-03-04-foo.md': '---\ntitle: Foo\n---\nthe name has the date\n',
      'src/_posts/2021-01-02-bar.md':
        '---\ntitle: Bar\ndate: 2021-01-02 08:00:00\n---\n{% post_link foo %}\n',
      'src/_posts/undated.md': '---\ntitle: Undated\n---\nno date\n',
      'src/about/index.md': '---\ntitle: About\npermalink: about-me/\n---\na folder\n',
      'src/who.md': '---\ntitle: Who\npermalink: /team/who\n---\nno extension\n',
      'src/links.md': '---\ntitle: Links\npermalink: l/all.html\n---\na file\n',
      'src/friends/index.md': '---\ntitle: Friends\npermalink: friends/index.html\n---\nan index\n',
    });
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    const report = readFileSync(join(site, 'import-report.md'), 'utf8');
    expect((await postil(site, 'build')).code).toBe(0);
    for (const [address, text] of [
      ['/2021/03/04/foo/', 'the name has the date'],
      ['/2021/01/02/bar/', '/2021/03/04/foo/"'],
      ['/about-me/', 'a folder'],
      ['/team/who.html', 'no extension'],
      ['/l/all.html', 'a file'],
      ['/friends/', 'an index'],
    ] as const) {
      expect(report).toContain(`- ${address}\n`);
      const file = address.replace(/\/$/, '/index.html');
      expect(readFileSync(join(site, 'dist', file), 'utf8')).toContain(text);
    }
    expect(report).toContain('- posts/2021-03-04-foo.md: its date is that of its file name\n');
    // Hexo took the file's own, which nobody knows.
    expect(report).toContain(
      '- _posts/undated.md: it has no date, of which its address was made: that changes\n',
    );
    expect(existsSync(join(site, 'dist/posts/undated/index.html'))).toBe(true);
  });

  test('follows no link, and says so', async () => {
    const elsewhere = folder({ 'secret.md': 'canaryword\n', 'x/key.png': PNG });
    const blog = folder({
      'source/_posts/detr.md': 'text\n',
      'source/about/index.md': 'me\n',
    });
    symlinkSync(join(elsewhere, 'x'), join(blog, 'source/_posts/detr'));
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    expect(existsSync(join(site, 'posts/detr/key.png'))).toBe(false);
    expect(readFileSync(join(site, 'import-report.md'), 'utf8')).toContain(
      '- source/_posts/detr: symbolic links are not followed',
    );

    const linked = folder({ 'source/about/index.md': 'me\n' });
    symlinkSync(elsewhere, join(linked, 'source/_posts'));
    const other = folder({});
    const { code, err } = await postil(other, 'import', 'hexo', linked);
    expect(code).toBe(1);
    expect(err).toMatch(/^error\[fs\/symlink-folder\] source\/_posts /);
    expect(readFileSync(join(other, 'import-report.md'), 'utf8')).toContain(
      '- source/_posts: the folder is a',
    );
    expect(existsSync(join(other, 'posts/about.md'))).toBe(true);
    expect(existsSync(join(other, 'posts/secret.md'))).toBe(false);
  });

  test('addresses are those that Hexo gave: file names with dates, maps, texts with a slash', async () => {
    const blog = folder({
      '_config.yml':
        'url: https://a.org\npermalink: :year/:month/:day/:title/\nnew_post_name: :year-:month-:day-:title.md\ncategory_map: {编程: programming}\ntag_map: {深度学习: dl}\n',
      'source/_posts/2021-05-06-hello.md':
        '---\ntitle: 你好\ncategories: 编程\ntags: [深度学习]\n---\n{% post_link hello %}\n',
      'source/_posts/sub/2021-05-07-x.md': '---\ntitle: X\ndate: 2020-01-01\n---\n{% post_link 你好 %}\n',
      'source/_posts/plain.md':
        '---\ntitle: P\ndate: 2021-01-02\ncategories: 工具/编辑器\ntags: 卷积, 入门\n---\n{% post_link nowhere %}\n',
      'source/_posts/moved.md': '---\ntitle: M\ndate: 2021-01-03\npermalink: m/n.html\n---\n',
      'source/_posts/moved/a.png': PNG,
      'source/_posts/multi.md':
        '---\ntitle: L\ndate: 2021-01-04\ncategories:\n  - [编程, 语言]\n  - dl\ntags: [dl]\n---\n',
    });
    const { addresses, lost } = planHexo(blog);
    const address = (old: string) => addresses.find((a) => a.old === old)?.now;
    for (const [old, now] of [
      ['/2021/05/06/hello/', '/2021/05/06/hello/'],
      ['/2020/01/01/sub-2021-05-07-x/', '/2020/01/01/sub-2021-05-07-x/'],
      ['/categories/programming/', '/categories/编程/'],
      ['/categories/programming/语言/', '/categories/编程/语言/'],
      ['/categories/dl/', '/categories/dl/'],
      ['/tags/dl/', '/tags/深度学习/'],
      ['/categories/工具-编辑器/', '/categories/工具/编辑器/'],
      ['/tags/卷积-入门/', '/tags/卷积/'],
      ['/m/n.html', '/m/n.html'],
      ['/m/n/a.png', '/files/moved/a.png'],
      ['/archives/2021/05/', '/archives/2021/'],
    ] as const)
      expect(address(old), old).toBe(now);
    const all = addresses.map((a) => a.old);
    for (const never of ['/categories/编程/', '/categories/工具/', '/tags/深度学习/', '/tags/卷积/'])
      expect(all).not.toContain(never);
    expect(lost).toEqual([{ file: '_posts/plain.md', what: '{% post_link nowhere %} names no post' }]);
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    const { code, err } = await postil(site, 'build');
    expect(code).toBe(0);
    expect(err).toMatch(/^warning\[link\/missing\] posts\/plain\.md/m);
    expect(err.match(/^(?:warning|error)/gm)).toHaveLength(1);
    for (const path of [
      '2021/05/06/hello',
      'categories/programming',
      'tags/卷积-入门',
      'categories/工具-编辑器',
    ])
      expect(existsSync(join(site, 'dist', path, 'index.html')), path).toBe(true);
  });

  test.each([
    [':lang/:title.md', ':lang/:title/', 'en/a.md', '/en/a/'],
    [':title.md', ':category/:post_title/:second/', 'b.md', '/uncategorized/a-b/06/'],
    [':i_month-:i_day-:year-:title.md', ':year/:title.html', '5-6-2021-c.md', '/2021/c.html'],
    ['post.:title.md', ':title/', 'postxd.md', '/postxd/'],
    [':title.md', ':kind/:title/', 'e.md', '/essay/e/'],
  ])('new_post_name %s and permalink %s: %s is at %s', (name, permalink, file, address) => {
    const blog = folder({
      '_config.yml': `new_post_name: ${name}\npermalink: ${permalink}\npermalink_defaults:\n  kind: essay\n`,
      [`source/_posts/${file}`]: `---\ntitle: A B\n${file.startsWith('5') ? '' : 'date: 2021-03-04 05:06:06\n'}---\nx\n`,
    });
    const { addresses, lost } = planHexo(blog);
    expect(addresses[0]!.old).toBe(address);
    expect(lost).toEqual([]);
  });

  test('an address that cannot be known is told', () => {
    const blog = folder({
      '_config.yml': 'permalink: p/:hash/\n',
      'source/_posts/a.md': '---\ntitle: A\ndate: 2021-01-01\n---\nx\n',
    });
    expect(planHexo(blog).lost).toEqual([
      { file: '_posts/a.md', what: 'its address in Hexo is not known: “:hash” of the permalink' },
    ]);
  });

  test('pages find the files beside them, and are told of as posts are', async () => {
    const blog = folder({
      'source/_posts/a.md': '---\ntitle: A\ndate: 2021-01-01\n---\n<iframe src="//player.test/x"></iframe>\n',
      'source/about/index.md':
        '---\ntitle: 关于\ncover: me.png\n---\n![](me.png) {% asset_img me.png 我 %} [cv](./cv%20x.pdf) <img src="me.png"> ![](/about/me.png) {% post_link a %} {% post_link b %} `![](me.png)`\n\n{% tabs x %}\n甲\n{% endtabs %}\n\n<iframe src="https://player.test/y"></iframe>\n',
      'source/about/me.png': PNG,
      'source/about/cv x.pdf': '%PDF',
      'source/private/index.md': '---\ntitle: P\npassword: x\n---\ncanaryword\n',
      'source/404.md': '---\ntitle: 404\npermalink: /404.html\n---\nx\n',
      'source/404.html': 'x',
      'source/search/index.md': '---\ntitle: S\ntype: search\n---\n',
      'source/index.html': 'x',
    });
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    expect(readFileSync(join(site, 'posts/about.md'), 'utf8')).toMatch(
      /cover: \/about\/me\.png\n[\s\S]*!\[\]\(\/about\/me\.png\) !\[我\]\(\/about\/me\.png "我"\) \[cv\]\(\/about\/cv%20x\.pdf\) <img src="\/about\/me\.png"> !\[\]\(\/about\/me\.png\) \[\[a\]\] \[\[b\]\] `!\[\]\(me\.png\)`/,
    );
    expect(readFileSync(join(site, 'posts/private.md'), 'utf8')).toContain('draft: true');
    const report = readFileSync(join(site, 'import-report.md'), 'utf8');
    for (const line of [
      'about/index.md: {% tabs %} is no tag that Postil knows; it stays as text',
      'about/index.md: {% post_link b %} names no post',
      'about/index.md: a frame of player.test is not shown; link to it, or put a film beside the note',
      '_posts/a.md: a frame of player.test is not shown; link to it, or put a film beside the note',
      'posts/private.md: it had a password: now a draft, since a published page cannot be secret',
      'posts/about.md: 4 addresses of files beside it',
      '404.md: left out: the site makes this page itself',
      '404.html: left out: the site makes this page itself',
      'index.html: left out: the site makes this page itself',
      'search/index.md: left out: the site makes this page itself',
    ])
      expect(report).toContain(`- ${line}\n`);
    expect(report).not.toContain('- /private/');
    const { code, err } = await postil(site, 'build');
    expect(code).toBe(0);
    expect(err).not.toMatch(/link\/file/);
    expect(existsSync(join(site, 'dist/about/me.png'))).toBe(true);
  });

  test('leads on below any base path', async () => {
    const blog = folder({
      '_config.yml': 'url: https://me.github.io/blog\nroot: /blog/\ntag_dir: tag/\ncategory_dir: /cat/of/\n',
      'source/_posts/a.md': '---\ntitle: A\ndate: 2021-03-01\ntags: [图]\ncategories: [x]\n---\ntext\n',
    });
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    expect((await postil(site, 'build')).code).toBe(0);
    const redirects = (readdirSync(join(site, 'public'), { recursive: true }) as string[])
      .filter((f) => f.endsWith('.html'))
      .sort();
    expect(redirects).toEqual(['archives/2021/03/index.html', 'cat/of/x/index.html', 'tag/图/index.html']);
    for (const path of redirects) {
      const html = readFileSync(join(site, 'public', path), 'utf8');
      for (const [, to] of html.matchAll(/(?:url=|href=")([^"]*)"/g)) {
        const { pathname } = new URL(to!, `https://me.github.io/blog/${path}`);
        expect(pathname).toMatch(/^\/blog\//);
        const target = decodeURI(pathname).replace('/blog/', '');
        expect(existsSync(join(site, 'dist', target, 'index.html')), target).toBe(true);
      }
    }
  });

  test('addresses of the site itself lose the path that it lies below', async () => {
    const blog = folder({
      '_config.yml': 'url: https://me.github.io/blog\nroot: /blog/\n',
      'source/_posts/a.md':
        '---\ntitle: A\ndate: 2021-01-01\ncover: /blog/images/p.png\n---\n<img src="/blog/images/p.png">\n\n[乙](/blog/2021/01/02/b/#x) [乙](https://me.github.io/blog/2021/01/02/b/) {% img /blog/images/p.png %}\n\n[丙](https://me.github.io/blog/atom.xml) [丁](https://me.github.io/other/) `[乙](/blog/2021/01/02/b/)` [戊](/images/p.png) [己][r]\n\n[r]: /blog/2021/01/02/b/\n',
      'source/_posts/b.md': '---\ntitle: B\ndate: 2021-01-02\n---\n## x\n',
      'source/images/p.png': PNG,
    });
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    expect(readFileSync(join(site, 'posts/a.md'), 'utf8')).toMatch(
      /cover: \/images\/p\.png\n[\s\S]*<img src="\/images\/p\.png">\n\n\[乙\]\(\/2021\/01\/02\/b\/#x\) \[乙\]\(\/2021\/01\/02\/b\/\) !\[\]\(\/images\/p\.png\)\n\n\[丙\]\(https:\/\/me\.github\.io\/blog\/atom\.xml\) \[丁\]\(https:\/\/me\.github\.io\/other\/\) `\[乙\]\(\/blog\/2021\/01\/02\/b\/\)` \[戊\]\(\/images\/p\.png\) \[己\]\[r\]\n\n\[r\]: \/2021\/01\/02\/b\/\n/,
    );
    expect(readFileSync(join(site, 'import-report.md'), 'utf8')).toContain(
      'posts/a.md: 6 addresses of the site itself written from its root',
    );
    const { err } = await postil(site, 'build');
    expect(err).not.toMatch(/link\//);
  });

  test('relative links between posts, and folders with a sign in their name', async () => {
    const blog = folder({
      'source/_posts/C#入门.md':
        '---\ntitle: A\ndate: 2021-01-01\n---\n![](a.png) {% asset_img a.png %} [甲](../../02/b/#x) [乙](../../../../about) [丙](../nowhere/)\n',
      'source/_posts/C#入门/a.png': PNG,
      'source/_posts/b.md': '---\ntitle: B\ndate: 2021-01-02\n---\n## x\n',
      'source/about/index.md': '---\ntitle: C\n---\n[甲](../2021/01/02/b/)\n',
    });
    const { files } = planHexo(blog);
    expect(files).toContainEqual({
      to: 'posts/C#入门.md',
      contents: expect.stringContaining(
        '![](C%23%E5%85%A5%E9%97%A8/a.png) ![](C%23%E5%85%A5%E9%97%A8/a.png) [甲](/2021/01/02/b/#x) [乙](/about/) [丙](../nowhere/)',
      ),
    });
    expect(files).toContainEqual({
      to: 'posts/about.md',
      contents: expect.stringContaining('[甲](/2021/01/02/b/)'),
    });
  });

  test('writes one page for old addresses that are one file on many disks', async () => {
    const blog = folder({
      '_config.yml': 'tag_dir: tag\n',
      'source/_posts/a.md': '---\ntitle: A\ntags: [C++]\n---\n',
      'source/_posts/b.md': '---\ntitle: B\ntags: [c]\n---\n',
    });
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    expect(readdirSync(join(site, 'public/tag')).length).toBe(1);
  });

  test('reads a long configuration, of which a theme has the most', async () => {
    const theme = Array.from({ length: 12_000 }, (_, i) => `  key${i}: value`).join('\n');
    const blog = folder({
      '_config.yml': `title: Long\ntheme_config: &t\n${theme}\nother: *t\n`,
      'source/_posts/a.md': 'x\n',
    });
    const site = folder({});
    expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
    expect(readFileSync(join(site, 'postil.yml'), 'utf8')).toContain('Long');
  });

  test('never writes outside the site', async () => {
    const blog = folder({
      '_config.yml': 'category_dir: cat\n',
      'source/_posts/a.md':
        '---\ntitle: A\ndate: 2021-03-01\ncategories: [x, ../../../../site-b/up]\npermalink: /../../site-b/a/\n---\ntext\n',
    });
    const outer = folder({ 'site/x': '' });
    expect((await postil(join(outer, 'site'), 'import', 'hexo', blog)).code).toBe(0);
    expect(readdirSync(outer)).toEqual(['site']);
    const report = readFileSync(join(outer, 'site/import-report.md'), 'utf8');
    expect(report).toContain('(the old one cannot be a file name everywhere)');
  });

  test('undoes backslashes in formulas only', () => {
    expect(undoMath('`\\_` and $a\\_b$ and \\_').text).toBe('`\\_` and $a_b$ and \\_');
    expect(undoMath('$$a \\\\\\\\ b \\\\{c\\\\}$$').text).toBe('$$a \\\\ b \\{c\\}$$');
    expect(undoMath('$\\text{a\\_b}_c$').text).toBe('$\\text{a\\_b}_c$');
    expect(undoMath('$a \\\\ b$').count).toBe(0);
  });

  test.each([
    ['\\\\( x^2 \\\\)，\\\\( n \\\\)，\\\\[ y \\\\]', '\\( x^2 \\)，$n$，$$y$$', 3],
    ['\\\\[\na\\_1 \\\\\\\\{b}\n\\\\]', '\\[\na_1 \\\\{b}\n\\]', 1],
    [
      '\\\\[\n\\begin{align}\na &= b \\\\\\\\\nc\n\\end{align}\n\\\\]',
      '\\[\n\\begin{align}\na &= b \\\\\nc\n\\end{align}\n\\]',
      1,
    ],
    [
      '\\begin{align}\na\\_1 &= b \\\\\\\\\nc &= d\n\\end{align}',
      '\\begin{align}\na_1 &= b \\\\\nc &= d\n\\end{align}',
      1,
    ],
    ['$\\texttt{a\\_b}\\_c$ $\\mbox{a\\_b}$', '$\\texttt{a\\_b}_c$ $\\mbox{a\\_b}$', 1],
    ['$95\\\\%$ $a\\\\_b$', '$95\\%$ $a\\_b$', 2],
    ['`\\\\( x \\\\)` C:\\\\(x) $a \\\\[1em] b$\n\n\\\\[ 开\n\n闭 \\\\]', undefined, 0],
    ['1. 列\n\n    ```\n    $a\\_b$\n    ```\n', undefined, 0],
  ])("undoes what was written for Hexo's renderer: %s", (text, plain, count) => {
    expect(undoMath(text)).toEqual({ text: plain ?? text, count });
  });

  test.each([
    ['![图](img\\a.png "b\\c") 与 [x](..\\..\\y.md#z)', '![图](img/a.png "b\\c") 与 [x](../../y.md#z)', 2],
    ['![$x$](图\\甲.png)', '![$x$](图/甲.png)', 1],
    ['![](a%5Cb.png)', '![](a/b.png)', 1],
    ['![](fig1\\.2.png) ![](..\\.\\a.png)', '![](fig1\\.2.png) ![](.././a.png)', 1],
    ['![](a\\_b.png) `![](a\\b.png)` $f[x](a\\b)$', undefined, 0],
    ['[x](https://a.b/c\\d) [x](/c\\d) [x](\\\\c\\d) [x](#c\\d)', undefined, 0],
  ])('writes / in relative paths: %s', (text, plain, count) => {
    expect(undoBackslashes(text)).toEqual({ text: plain ?? text, count });
  });

  test.each([
    [`'"标题" "替代"'`, '![替代](x/a.png "标题")'],
    [`"标题" "替代"`, '![替代](x/a.png "标题")'],
    [`"a title'its alternative'"`, '![its alternative](x/a.png "a title")'],
    [`300 200 '"标题" "替代"'`, '![替代](x/a.png "标题"){width=300}'],
    ['"只有 标题"', '![只有 标题](x/a.png "只有 标题")'],
    [`'"只有标题"'`, '![只有标题](x/a.png "只有标题")'],
    ["DETR's pipeline", `![DETR's pipeline](x/a.png "DETR's pipeline")`],
    ['', '![](x/a.png)'],
  ])(`Hexo's [class names] file [width] [height] '"title" "alt"': %s`, (rest, markdown) => {
    for (const classes of ['', 'left nopadding '])
      expect(undoTags(`{% asset_img ${classes}a.png ${rest} %}`, beside, () => undefined).text).toBe(
        markdown,
      );
  });

  test('asset folders of a post: files named in quotes, and code that shows how', () => {
    const blog = folder({
      'source/_posts/a b.md':
        '---\ntitle: A\ndate: 2021-01-01\n---\n`![](p.png)` ![](p.png) {% asset_link "p q.pdf" "下载" %}\n\n```\n![](p.png)\n```\n',
      'source/_posts/a b/p.png': PNG,
      'source/_posts/a b/p q.pdf': '%PDF',
    });
    const { files } = planHexo(blog);
    expect(files).toContainEqual({
      to: 'posts/a b.md',
      contents: expect.stringContaining(
        '`![](p.png)` ![](a%20b/p.png) [下载](a%20b/p%20q.pdf)\n\n```\n![](p.png)\n```\n',
      ),
    });
  });

  test.each([
    ['作者：甲\n会议：乙 \n\n三\n', '作者：甲  \n会议：乙  \n\n三\n'.replace('乙  ', '乙 '), 1],
    ['- 甲\n  乙\n- 丙\n\n> 引\n> 文\n', '- 甲  \n  乙\n- 丙\n\n> 引  \n> 文\n', 2],
    [
      '**粗**\n$x$\nhttps://a.test/b\n[链\n接](x)\n',
      '**粗**  \n$x$  \nhttps://a.test/b  \n[链  \n接](x)\n',
      4,
    ],
    ['已有  \n断行\\\n与 <br>\n尾\n', undefined, 0],
    ['> [!note] 题\n> 一\n> 二\n', '> [!note] 题\n> 一  \n> 二\n', 1],
    ['词\n: 义\n\n| a |\n| - |\n| b |\n\n标题\n副题\n===\n\n# 题\n文\n', undefined, 0],
    ['```\na\nb\n```\n\n    c\n    d\n\n`e\nf`\n\n$$\nx\ny\n$$\n\n<div>\na\nb\n</div>\n', undefined, 0],
    ['见\n$$x$$\n与 $$y$$\n尾\n', undefined, 0],
    ['前\n<!-- more -->\n后\n', undefined, 0],
  ])('keeps line ends in paragraphs: %j', (text, kept, count) => {
    expect(keepBreaks(text)).toEqual({ text: kept ?? text, count });
  });

  test.each([
    ['', '{}', true],
    ['marked:\n  breaks: false\n', '{}', false],
    ['markdown:\n  render:\n    breaks: false\n', '{}', false],
    ['markdown: commonmark\n', '{}', false],
    ['', '{"dependencies": {"hexo-renderer-pandoc": "1"}}', false],
  ])('line ends are breaks where Hexo showed them: %j %s', (config, packages, kept) => {
    const blog = folder({
      '_config.yml': config,
      'package.json': packages,
      'source/_posts/a.md': '甲\n乙\n丙\n',
      'source/about.md': '甲\n乙\n',
    });
    const { files, changed } = planHexo(blog);
    expect(files).toContainEqual({
      to: 'posts/a.md',
      contents: expect.stringContaining(kept ? '甲  \n乙  \n丙\n' : '甲\n乙\n丙\n'),
    });
    expect(changed.some(({ what }) => what.includes('3 line ends in 2 notes got'))).toBe(kept);
  });

  test('leaves tags in code alone', () => {
    expect(undoTags('`{% raw %}`', beside, () => undefined).text).toBe('`{% raw %}`');
  });
});

test('obsidian: notes, attachments, templates left out', async () => {
  const vault = folder({
    '.obsidian/templates.json': '{"folder": "Templates"}',
    'Papers/DETR.md':
      '---\naliases: [端到端检测]\npublish: "true"\n---\n见 [[FCN|另一篇]] 与 ![[plot.png|200]]。\n',
    'Papers/FCN.md': '没有属性。链回 [[端到端检测]]。\n',
    'attachments/plot.png': PNG,
    'Templates/paper.md': '<% tp.date.now() %>',
    'Meta/book.md': '---\ncreated: {{date}}\n---\n',
    'Clippings/Ando.md':
      '---\ntype:\n  - "[[Books]]"\nurl: https://example.org/ando\npublished: 2022-09-16\nstatus: []\n---\n摘录。\n',
    'board.canvas': '{}',
    'query.md': '```dataview\nTABLE x\n```\n',
    'started.md': '---\ntitle: <% tp.file.title %>\n---\n正文。\n',
    'Papers/ViT.MD': '---\npublish: "true"\n---\n见 [[FCN]]。\n',
  });
  const site = folder({});
  const before = digest(vault);
  expect((await postil(site, 'import', 'obsidian', vault)).code).toBe(0);
  expect(digest(vault)).toBe(before);
  const built = await postil(site, 'build');
  expect(built.code).toBe(0);
  expect(built.err).not.toMatch(/link\/(?:missing|file)/);
  const report = readFileSync(join(site, 'import-report.md'), 'utf8');
  expect(report).toContain('Templates/paper.md: a template of Obsidian');
  expect(report).toContain('Meta/book.md: a template of Obsidian');
  // What other tools keep under our names is theirs.
  expect(built.err).not.toContain('front-matter/');
  expect(existsSync(join(site, 'dist/posts/Ando/index.html'))).toBe(true);
  expect(report).toContain('board.canvas: a kind of file');
  expect(readFileSync(join(site, 'posts/Papers/ViT.MD'), 'utf8')).toContain('publish: true\n');
  expect(report).toContain('query.md: a Dataview query');
  expect(report).toContain('started.md: a Templater command stays as text in its properties');
  expect(existsSync(join(site, 'dist/posts/DETR/index.html'))).toBe(true);
});

test('obsidian: notes of one name have addresses of their own, and links lead to the right one', async () => {
  const vault = folder({
    '甲/总结.md': '甲的。见 [[乙/总结]]。\n',
    '乙/总结.md': '乙的。见 [[甲/总结|那一篇]] 与 [[笔记]]。\n',
    '乙/笔记.md': '[[总结]]，[x](../甲/总结.md)\n',
    '乙/笔记!.md': '---\npublish: "true"\n---\n同一个地址。\n',
  });
  const site = folder({});
  expect((await postil(site, 'import', 'obsidian', vault)).code).toBe(0);
  expect(readFileSync(join(site, 'postil.yml'), 'utf8')).toContain('permalink: /posts/:path/\n');
  const built = await postil(site, 'build');
  expect(built.err).not.toMatch(/url\/duplicate|link\//);
  expect(built.code).toBe(0);
  const page = (address: string) => readFileSync(join(site, 'dist', address, 'index.html'), 'utf8');
  expect(page('posts/甲/总结')).toMatch(/甲的。见 <a class="internal" href="[^"]*%E4%B9%99/);
  expect(page('posts/乙/总结')).toMatch(/乙的。见 <a class="internal" href="[^"]*%E7%94%B2/);
  expect(page('posts/乙/笔记-2')).toMatch(
    /<p><a [^>]*href="[^"]*%E4%B9%99[^>]*>总结<\/a>，<a [^>]*href="[^"]*%E7%94%B2/,
  );
  expect(page('posts/乙/笔记')).toContain('同一个地址');
  const report = readFileSync(join(site, 'import-report.md'), 'utf8');
  expect(report).toContain('postil.yml: “permalink: /posts/:path/”');
  expect(report).toMatch(/one address: .*乙\/总结\.md.*甲\/总结\.md/);
  expect(report).toContain('/甲/总结 → /posts/甲/总结/');
});

test('obsidian: files that links name come along, and what plugins keep in notes stays behind', async () => {
  const vault = folder({
    'a.md':
      '[[数据.csv]] [幻灯](<files/a b.pptx>) [w](c%20d.docx#x) ![](plain name.ipynb)\n\n[z]: z.zip "题"\n\n[z] <a href="h.epub">h</a>\n',
    'x/数据.csv': '1',
    'files/a b.pptx': '1',
    'c d.docx': '1',
    'plain name.ipynb': '{}',
    'z.zip': '1',
    'h.epub': '1',
    'alone.zip': '1',
    'b.md': '[[board.canvas]]\n',
    'board.canvas': '{}',
    'x.excalidraw.md': '---\nexcalidraw-plugin: parsed\n---\n==⚠  Switch to EXCALIDRAW VIEW ⚠==\n',
    'drawing.md': '---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n',
    'todo.md': '---\n\nkanban-plugin: board\n\n---\n\n## 待办\n',
    'plain.md': 'Tags: #a\nRelated: [[a]]\n\n正文\n\n---\n\n后文\n',
  });
  const { files, lost } = await planObsidian(vault);
  expect(files.map((f) => f.to).sort()).toEqual(
    [
      'postil.yml',
      ...['a.md', 'b.md', 'plain.md', 'x/数据.csv', 'files/a b.pptx', 'c d.docx'].map((f) => `posts/${f}`),
      ...['plain name.ipynb', 'z.zip', 'h.epub'].map((f) => `posts/${f}`),
    ].sort(),
  );
  expect(lost.map((l) => `${l.file}: ${l.what}`).sort()).toEqual([
    'alone.zip: a kind of file that no page shows, and no note has a link to it',
    'board.canvas: a kind of file that no page shows',
    'drawing.md: a drawing of Excalidraw, no note',
    'todo.md: a board of Kanban, no note',
    'x.excalidraw.md: a drawing of Excalidraw, no note',
  ]);
});

test('obsidian: the report says what the build does', async () => {
  const query = (fence: string, language: string) => `${fence}${language}\nx\n${fence}\n`;
  const vault = folder({
    '📥/Inbox.md': '收件箱。\n',
    '📥/Page.md': '---\ntype: page\n---\n',
    '🎉.md': '庆祝。\n',
    '？.md': '问号。\n',
    'secret.md': '---\nPublish: "False"\n---\nCANARY\n',
    'a/draft.md': '---\nDraft: true\n---\nCANARY\n',
    '_drafts/d.md': 'CANARY\n',
    'draft.md': '同名的草稿不占地址。\n',
    'path.md': '---\npath: "[[Target]]"\nPermalink: "[[Target]]"\n---\n',
    'url.md': '---\nurl: example.org/x\n---\n',
    'own.md': '---\nPath: /own/place\n---\n',
    'frame.md':
      '<iframe src="https://www.youtube.com/embed/x"></iframe>\n\n`<iframe src="https://code.test">`\n',
    'callout.md': `> [!note]\n> ${query('```', 'dataview').replaceAll('\n', '\n> ')}\n`,
    'item.md': `- 1. ${query('```', 'dataviewjs').replaceAll('\n', '\n  ')}\n`,
    'tilde.md': query('~~~', 'dataview'),
    'inline.md': '今天 `= this.file.name` 与 `$= dv.current()`。\n',
    'tasks.md': query('```', 'tasks'),
    'query.md': query('````', ' query'),
    'plain.md': `${query('```', 'dataview-like')}\`=\` \`a = b\` \`=A1+B1\` \`\`= x\`\`\n`,
  });
  const plan = planObsidian(vault);
  const run = 'a Dataview query, which only Obsidian can run, stays as code';
  expect(plan.lost.map((l) => `${l.file}: ${l.what}`).sort()).toEqual(
    [
      `callout.md: ${run}`,
      'frame.md: a frame of www.youtube.com is not shown; link to it, or put a film beside the note',
      'inline.md: a Dataview value, which only Obsidian can work out, stays as code',
      `item.md: ${run}`,
      'path.md: the build will refuse it: its “permalink” is no address on the site',
      'query.md: a search, which only Obsidian can run, stays as code',
      'tasks.md: a query of Tasks, which only Obsidian can run, stays as code',
      `tilde.md: ${run}`,
      '？.md: the build will refuse it: no address can be made of the name “？”, so give it a “slug”',
      '🎉.md: the build will refuse it: no address can be made of the name “🎉”, so give it a “slug”',
      '📥/Page.md: the build will refuse it: no address can be made of the folder’s name “📥”',
    ].sort(),
  );
  expect(plan.addresses.map(({ old, now }) => `${old} → ${now}`).sort()).toEqual(
    [
      ...['callout', 'draft', 'frame', 'inline', 'item', 'plain', 'query', 'tasks', 'tilde', 'url'].map(
        (name) => `/${name} → /posts/${name}/`,
      ),
      '/own → /own/place/',
      '/📥/Inbox → /posts/Inbox/',
    ].sort(),
  );
  const site = folder({});
  await postil(site, 'import', 'obsidian', vault);
  const { err } = await postil(site, 'build');
  expect([...err.matchAll(/^error\[.*$/gm)].map(([line]) => line).sort()).toEqual(
    [
      'error[url/invalid] posts/path.md:3:12 permalink “[[Target]]” cannot be an address on the site',
      'error[url/invalid] posts/？.md the file name “？” cannot be an address on the site',
      'error[url/invalid] posts/🎉.md the file name “🎉” cannot be an address on the site',
      'error[url/invalid] posts/📥/Page.md the folder name “📥” cannot be an address on the site',
    ].sort(),
  );
});

test('obsidian: notes of one name, one of them in a folder that no address can have, get names of their own', () => {
  const { changed, addresses, files } = planObsidian(folder({ 'x/a.md': '一', '📥/a.md': '二' }));
  expect(addresses.map(({ now }) => now)).toEqual(['/posts/a/', '/posts/a-2/']);
  expect(changed.map(({ what }) => what)).toEqual([
    'another note has the address /posts/a/: its “slug” makes it /posts/a-2/',
  ]);
  expect(JSON.stringify(files)).not.toContain(':path');
});

test('hugo: TOML, YAML and JSON front matter, bundles, static files, addresses', async () => {
  const hugo = folder({
    'hugo.toml':
      'baseURL = "https://hugo.test/"\ntitle = "Hugo"\nlanguageCode = "en"\n[permalinks]\nblog = "/:year/:slug/"\n',
    'content/blog/one.md':
      '+++\ntitle = "One"\ndate = 2021-05-06\ntags = ["a"]\n[params]\nseries = ["S"]\n+++\nText {{< youtube abc123 >}} {{< gallery >}}\n',
    'content/posts/two/index.md':
      '---\ntitle: Two\ndate: 2021-05-07T10:00:00+08:00\naliases: [/old/two/]\ncover:\n  image: p.png\n---\n![p](p.png)\n',
    'content/posts/two/p.png': PNG,
    'content/posts/three.md': '{\n"title": "Three",\n"draft": true\n}\nDraft\n',
    'content/posts/_index.md': '---\ntitle: List\n---\n',
    'content/about.md': '---\ntitle: About\n---\nMe\n',
    'static/img/x.png': PNG,
    'static/.well-known/did': 'd',
  });
  const site = folder({});
  expect((await postil(site, 'import', 'hugo', hugo)).code).toBe(0);
  const report = readFileSync(join(site, 'import-report.md'), 'utf8');
  expect(report).toContain('blog/one.md: the shortcode {{< gallery >}} stays as text');
  for (const old of ['/2021/one/', '/posts/two/', '/about/', '/img/x.png', '/.well-known/did'])
    expect(report).toMatch(new RegExp(`^- ${old}$`, 'm'));
  const one = readFileSync(join(site, 'posts/blog/one.md'), 'utf8');
  expect(one).toMatch(/^---\ntitle: One\n/);
  expect(readFileSync(join(site, 'posts/posts/three.md'), 'utf8')).toMatch(
    /^---\n"?title"?: "?Three"?\n"?draft"?: true\n---/,
  );
  expect(one).toContain('permalink: /2021/one/');
  expect(one).toContain('date: 2021-05-06\n');
  expect(one).toContain('series: S');
  // What the imported configuration asks for may be newer than this test: the site itself must build.
  const built = await postil(site, 'build');
  expect(built.err).not.toMatch(/^error\[(?!config)/m);
});

test('zotero: the bibliography, and a stub for every entry with annotations', async () => {
  const bib = folder({
    'export.bib':
      '@inproceedings{carion2020detr,\n  title = {End-to-End Object Detection},\n  author = {Carion, Nicolas and 王, 小明},\n  booktitle = {ECCV},\n  year = {2020},\n  eprint = {2005.12872},\n  archiveprefix = {arXiv},\n  annote = {<p>First &amp; best</p><p>Second</p>}\n}\n\n@misc{plain2021,\n  title = {Plain},\n  year = {2021}\n}\n',
  });
  const site = folder({});
  const { code } = await postil(site, 'import', 'zotero', join(bib, 'export.bib'));
  expect(code).toBe(0);
  const note = readFileSync(join(site, 'posts/carion2020detr.md'), 'utf8');
  expect(note).toContain('draft: true');
  expect(note).toContain('arxiv: "2005.12872"');
  expect(note).toContain('- Nicolas Carion\n    - 王小明');
  expect(note).toContain('> First & best');
  expect(existsSync(join(site, 'posts/plain2021.md'))).toBe(false);
  expect(readFileSync(join(site, 'posts/papers.bib'), 'utf8')).toBe(
    readFileSync(join(bib, 'export.bib'), 'utf8'),
  );
});

test('zotero: a stub says of its paper what the bibliography says', async () => {
  const bib = folder({
    'export.bib': String.raw`@article{x1, title={T1}, subtitle={a < b}, journal={arXiv preprint arXiv:2001.00001}, year={2020},
  author={van der Maaten, Laurens and {WHO Group} and Garc{\'\i}a M{\'a}rquez, Gabriel and King, Jr., Martin Luther},
  note={<p>my note on Garc{\'\i}a</p><p>a $x<y$</p>}}
@misc{untitled, note={lost}}`,
  });
  const site = folder({});
  await postil(site, 'import', 'zotero', join(bib, 'export.bib'));
  const note = readFileSync(join(site, 'posts/x1.md'), 'utf8');
  expect(note).toBe(
    [
      '---',
      'title: "T1: a < b"',
      'slug: x1',
      'draft: true',
      'tags: []',
      'paper:',
      '  key: x1',
      '  title: "T1: a < b"',
      '  authors:',
      '    - van der Maaten, Laurens',
      '    - "{WHO Group}"',
      '    - García Márquez, Gabriel',
      '    - King, Jr., Martin Luther',
      '  year: 2020',
      '  arxiv: "2001.00001"',
      '---',
      '',
      '> my note on García',
      '> a x<y',
      '',
    ].join('\n'),
  );
  expect(readFileSync(join(site, 'import-report.md'), 'utf8')).toContain(
    'export.bib: line 4: the entry “untitled” has no title',
  );
});

/** 标题：量子 in GB18030, as a note that was never UTF-8. */
const GBK = Buffer.concat([
  Buffer.from('---\ntitle: x\npublish: "true"\n---\n'),
  Buffer.from([0xb1, 0xea, 0xcc, 0xe2, 0xa3, 0xba, 0xc1, 0xbf, 0xd7, 0xd3, 0x0a]),
]);

test.each([
  ['hexo', 'source/_posts/p.md', 'posts/p.md'],
  ['hexo', 'source/_drafts/p.md', 'posts/_drafts/p.md'],
  ['hexo', 'source/about/index.md', 'posts/about.md'],
  ['hugo', 'content/blog/p.md', 'posts/blog/p.md'],
  ['obsidian', 'Papers/p.md', 'posts/Papers/p.md'],
  ['zotero', 'export.bib', 'posts/papers.bib'],
])('%s: %s that is not UTF-8 stays as it is and is named', async (kind, from, to) => {
  const old = folder({ [from]: GBK, 'source/_posts/.keep': '', 'content/.keep': '' });
  const site = folder({});
  const { code, out } = await postil(site, 'import', kind, kind === 'zotero' ? join(old, from) : old);
  expect(code).toBe(0);
  expect(out).toContain('1 thing could not be carried over');
  expect(readFileSync(join(site, to)).equals(GBK)).toBe(true);
  expect(readFileSync(join(site, 'import-report.md'), 'utf8')).toMatch(
    /(?:p\.md|index\.md|export\.bib): the file is not UTF-8 \(first wrong byte at offset \d+\); copied as it is/,
  );
  if (to.startsWith('posts/_drafts')) return;
  const built = await postil(site, 'build');
  expect(built.code).toBe(1);
  expect(built.err).toContain(`error[fs/not-utf8] ${to}`);
});

test.each([
  ['a text', 'A quotation\n'],
  ['a list', '- a\n- b\n'],
  ['an alias of nothing', 'title: x\ntags: *a\n'],
  ['an alias of itself', 'tags: &a [*a]\n'],
  ['what nests too deeply', `title: x\ntags: ${'['.repeat(40_000)}${']'.repeat(40_000)}\n`],
])('front matter that is %s costs no other note', async (_, yaml) => {
  const bad = `---\n${yaml}---\nbody\n`;
  const old = folder({
    'source/_posts/bad.md': bad,
    'source/_posts/good.md': '---\ndate: 2021-01-01\n---\ntext\n',
    'source/about.md': bad,
    'content/bad.md': bad,
    'content/good.md': 'text\n',
    'vault/bad.md': bad,
    'vault/good.md': 'text\n',
  });
  for (const [kind, path, lost] of [
    ['hexo', old, 2],
    ['hugo', old, 1],
    ['obsidian', join(old, 'vault'), 1],
  ] as const) {
    const site = folder({});
    const { code, out, err } = await postil(site, 'import', kind, path);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain(`${lost} thing`);
    const report = readFileSync(join(site, 'import-report.md'), 'utf8');
    expect(report).toMatch(/^- (?:_posts\/)?bad\.md: its front matter cannot be read: /m);
    expect(existsSync(join(site, 'posts/good.md'))).toBe(true);
  }
});

test('no front matter throws', async () => {
  const keys = 'title tags categories permalink abbrlink slug date layout password top published draft type';
  const values = [
    ...[
      '',
      'x',
      '5',
      '.nan',
      'null',
      '[]',
      '{}',
      '[null]',
      '- x',
      '2021-01-01',
      '|\n  x',
      '"\\ud800"',
      '../..',
    ],
    ...[
      '&a x',
      '*a',
      '&a [1, *a, *a]',
      '&b [*a, {x: *b}]',
      '{*a : 1}',
      '[[a, [b]], {c: d}]',
      '{__proto__: 1}',
    ],
    ...['!!set {a}', '!!binary eA==', '!!timestamp 2021-01-01', '!foo bar', '{image: {}}', '[😀, "#", ".."]'],
  ];
  const line = fc.tuple(
    fc.constantFrom(
      ...keys.split(' '),
      'params',
      'cover',
      'series',
      'url',
      'aliases',
      'publish',
      '<<',
      '? a',
      '',
    ),
    fc.constantFrom(...values),
  );
  const old = folder({ 'source/.keep': '', 'content/.keep': '' });
  const notes = ['source/_posts/a.md', 'source/a.md', 'content/posts/a.md', 'vault/a.md'];
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
      const text = `---\n${lines.map(([key, value]) => `${key}: ${value}\n`).join('')}---\nbody\n`;
      for (const note of notes) {
        mkdirSync(dirname(join(old, note)), { recursive: true });
        writeFileSync(join(old, note), text);
      }
      await planHexo(old);
      await planHugo(old);
      await planObsidian(join(old, 'vault'));
    }),
    { numRuns: 500 },
  );
});

test('an anchor may go, and what it names stays', async () => {
  const blog = folder({
    'source/_posts/a.md': '---\ntitle: A\ndate: 2021-01-01\nabbrlink: &x abc\nslug: *x\n---\ntext\n',
  });
  const site = folder({});
  expect((await postil(site, 'import', 'hexo', blog)).code).toBe(0);
  expect(readFileSync(join(site, 'posts/a.md'), 'utf8')).toMatch(/^slug: (?:&x )?abc$/m);
});

test.each([
  ['hexo', '_config.yml', 'title: Foo: a blog\n', '1:8', 'a value with “: ” in it needs quotes'],
  ['hexo', '_config.yml', 'title: x\npermalink: 5\n', '2:12', '“permalink” must be a path'],
  ['hexo', '_config.yml', 'source_dir: 5\n', '1:13', '“source_dir” must be a path'],
  ['hexo', '_config.yml', 'source_dir: ../..\n', '1:13', '“source_dir” must be a path'],
  ['hexo', '_config.yml', '- a\n', '1:1', 'must be “key: value” lines, not a list'],
  ['hugo', 'hugo.toml', 'title = "x"\nbaseURL = = 5\n', '2:11', 'Invalid TOML document'],
  ['hugo', 'hugo.toml', 'title = ["x"]\n', '', '“title” must be text, not a list'],
  ['hugo', 'config.yaml', 'title: Foo: a blog\n', '1:8', 'a value with “: ” in it needs quotes'],
])('%s: %s with “%s” is refused with its place', async (kind, file, text, place, message) => {
  const old = folder({
    [file]: text,
    'source/_posts/a.md': 'text\n',
    'content/a.md': 'text\n',
  });
  const site = folder({});
  const { code, err } = await postil(site, 'import', kind, old);
  expect(err).toMatch(/^error\[config\/(?:yaml|type)\] /);
  expect(err).toContain(`${join(old, file)}${place && `:${place}`} `);
  expect(err).toContain(message);
  expect(code).toBe(2);
  expect(readdirSync(site)).toEqual([]);
});

test('a configuration that is not UTF-8 is refused, an empty one says nothing', async () => {
  const old = folder({
    '_config.yml': GBK,
    'hugo.yaml': '',
    'source/_posts/a.md': 'text\n',
    'content/a.md': 'text\n',
  });
  const { code, err } = await postil(folder({}), 'import', 'hexo', old);
  expect(err).toMatch(/^error\[fs\/not-utf8\] .*_config\.yml:5:1 /);
  expect(code).toBe(2);
  expect((await postil(folder({}), 'import', 'hugo', old)).code).toBe(0);
});

test('hugo: names of fields are read in any case', () => {
  const site = folder({
    'content/posts/a.md': '---\nTitle: A\nURL: /own/\n---\nx\n',
    'content/posts/b.md': '+++\nDraft = true\n+++\nx\n',
  });
  expect(planHugo(site).addresses).toEqual([{ old: '/own/', now: '/own/' }]);
});

test('hugo: two notes of one name get a file each, dated names keep their address, links are told', async () => {
  const hugo = folder({
    'content/posts/a.md': '---\ntitle: A\n---\none\n',
    'content/posts/a.markdown': '---\ntitle: B\nurl: /other/\n---\ntwo\n',
    'content/posts/2021-05-06-dated.md': '---\ntitle: D\n---\nthree\n',
  });
  symlinkSync(tmpdir(), join(hugo, 'static'));
  const site = folder({});
  const { code, err } = await postil(site, 'import', 'hugo', hugo);
  expect(err).toMatch(/^error\[fs\/symlink-folder\] static /);
  expect(code).toBe(1);
  expect((await postil(site, 'build')).code).toBe(0);
  for (const address of ['posts/a', 'other', 'posts/2021-05-06-dated'])
    expect(existsSync(join(site, 'dist', address, 'index.html')), address).toBe(true);
});

test('case 28: hexo: brackets, never closed, beside an asset folder', async () => {
  const text = `${'['.repeat(400_000)}\n`;
  const blog = folder({
    'source/_posts/a.md': `---\ntitle: A\ndate: 2021-01-01\n---\n${text}`,
    'source/_posts/a/b.png': PNG,
  });
  const { files } = await planHexo(blog);
  expect(files).toContainEqual({ to: 'posts/a.md', contents: expect.stringContaining(text) });
}, 60_000);

test('obsidian: the vault itself may be named by a link', async () => {
  const vault = folder({ 'a.md': 'text\n' });
  const link = join(folder({}), 'vault');
  symlinkSync(vault, link);
  const site = folder({});
  expect((await postil(site, 'import', 'obsidian', link)).code).toBe(0);
  expect(existsSync(join(site, 'posts/a.md'))).toBe(true);
});

test('zotero: keys that are one name get a note each', async () => {
  const bib = folder({
    'export.bib':
      '@misc{a:b,\n  title = {One},\n  note = {x}\n}\n\n@misc{A-b,\n  title = {Two},\n  note = {y}\n}\n',
  });
  const site = folder({});
  await postil(site, 'import', 'zotero', join(bib, 'export.bib'));
  const notes = readdirSync(join(site, 'posts')).filter((f) => f.endsWith('.md'));
  expect(notes.sort()).toEqual(['A-b-2.md', 'a-b.md']);
  expect(readFileSync(join(site, 'posts/A-b-2.md'), 'utf8')).toContain('slug: A-b-2\n');
});

describe('what is imported stays a value', () => {
  const EVIL = 'https://evil.test/\nplugins:\n  - ./public/evil.mjs #';
  const CODE =
    'import { writeFileSync } from "node:fs"; writeFileSync("RAN", ""); export default () => ({});';

  test.each([
    [
      'hexo',
      {
        '_config.yml': `url: ${JSON.stringify(EVIL)}\n`,
        'source/evil.mjs': CODE,
        'source/_posts/a.md': 'a\n',
      },
    ],
    [
      'hugo',
      {
        'hugo.toml': `baseURL = ${JSON.stringify(EVIL)}\n`,
        'static/evil.mjs': CODE,
        'content/posts/a.md': 'a\n',
      },
    ],
  ])('%s: an address names no plugins', async (kind, files: Record<string, string>) => {
    const site = folder({});
    await postil(site, 'import', kind, folder(files));
    const { code } = await postil(site, 'build');
    expect(existsSync(join(site, 'RAN'))).toBe(false);
    expect(code).toBe(0);
    expect(parse(readFileSync(join(site, 'postil.yml'), 'utf8'))).not.toHaveProperty('plugins');
  });

  test.each(['title', 'description', 'author', 'url', 'language', 'timezone', 'per_page'])(
    'hexo: %s',
    (name) => {
      for (const value of [
        'x\nplugins: [a]',
        'https://a.test/\nplugins: [a]',
        '"\nplugins: [a]',
        "'\n- a",
        '# a: b',
      ]) {
        const blog = folder({
          '_config.yml': `${name}: ${JSON.stringify(value)}\n`,
          'source/_posts/a.md': 'a\n',
        });
        const config = configurationOf(planHexo(blog));
        expect(['title', 'description', 'author', 'url', 'lang']).toEqual(
          expect.arrayContaining(Object.keys(config)),
        );
        if (['title', 'description', 'author'].includes(name)) expect(config[name]).toBe(value);
      }
    },
  );

  test.each(['title', 'baseURL', 'languageCode'])('hugo: %s', (name) => {
    for (const value of ['x\nplugins: [a]', 'https://a.test/\nplugins: [a]', '"\nplugins: [a]']) {
      const old = folder({ 'hugo.yaml': `${name}: ${JSON.stringify(value)}\n`, 'content/posts/a.md': 'a\n' });
      const config = configurationOf(planHugo(old));
      expect(['title', 'url', 'lang', 'dialects']).toEqual(expect.arrayContaining(Object.keys(config)));
      if (name === 'title') expect(config.title).toBe(value);
    }
  });

  test('an address is written as the address it is, or not at all', () => {
    const of = (url: string) => {
      const blog = folder({ '_config.yml': `url: ${JSON.stringify(url)}\n` });
      const plan = planHexo(blog);
      return [configurationOf(plan).url, plan.lost.map((l) => `${l.file}: ${l.what}`).join()];
    };
    expect(of('https://a.test/b')).toEqual(['https://a.test/b/', '']);
    expect(of('https://A.test')).toEqual(['https://a.test/', '']);
    expect(of('https://a.test/ #x')).toEqual([
      undefined,
      '_config.yml: "https://a.test/ #x" is no address of a site; set “url” in postil.yml',
    ]);
  });

  test('an address of a note adds no fields to it', () => {
    const old = folder({
      'content/posts/a.md':
        '---\nurl: "/x/\\n---\\nplugins: [a]"\nparams: {"b\\nc": "d\\n---\\ne"}\n---\ntext\n',
    });
    const [, note] = planHugo(old).files as { to: string; contents: string }[];
    const front = /^---\n([\s\S]*?)\n---\n/.exec(note!.contents)![1]!;
    expect(parse(front)).toEqual({ 'b\nc': 'd\n---\ne', permalink: '/x/\n---\nplugins: [a]/' });
  });
});

/** The fields of the `postil.yml` that a plan makes. */
function configurationOf({ files }: Plan): Record<string, unknown> {
  const file = files.find(({ to }) => to === 'postil.yml')!;
  return parse('contents' in file ? file.contents : '');
}

test('wrong use is told', async () => {
  const site = folder({});
  for (const args of [['jekyll', 'x'], ['hexo'], ['hexo', 'nowhere'], ['hexo', '.']]) {
    const { code, err } = await postil(site, 'import', ...args);
    expect(code, args.join(' ')).toBe(2);
    expect(err).toMatch(/^error\[usage\]/);
  }
});
