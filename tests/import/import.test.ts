import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { planHexo } from '../../src/import/hexo.ts';
import { undoBackslashes, undoMath, undoTags } from '../../src/import/hexo-text.ts';

const run = promisify(execFile);
const CLI = new URL('../../bundle/cli.js', import.meta.url).pathname;
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
      'source/_posts/a.md': '---\ntitle: A\ntags: [C, C++, x]\ncategories: [L]\n---\n',
      'source/_posts/b.md': '---\ntitle: B\ntags: [C#, c]\ncategories: [L#]\n---\n',
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

  test('undoes backslashes in formulas only', () => {
    expect(undoMath('`\\_` and $a\\_b$ and \\_').text).toBe('`\\_` and $a_b$ and \\_');
    expect(undoMath('$$a \\\\\\\\ b \\\\{c\\\\}$$').text).toBe('$$a \\\\ b \\{c\\}$$');
    expect(undoMath('$\\text{a\\_b}_c$').text).toBe('$\\text{a\\_b}_c$');
    expect(undoMath('$a \\\\ b$').count).toBe(0);
  });

  test.each([
    ['![图](img\\a.png "b\\c") 与 [x](..\\..\\y.md#z)', '![图](img/a.png "b\\c") 与 [x](../../y.md#z)', 2],
    ['![$x$](图\\甲.png)', '![$x$](图/甲.png)', 1],
    ['![](a%5Cb.png)', '![](a/b.png)', 1],
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
      expect(undoTags(`{% asset_img ${classes}a.png ${rest} %}`, 'x', new Set()).text).toBe(markdown);
  });

  test('leaves tags in code alone', () => {
    expect(undoTags('`{% raw %}`', 'x', new Set()).text).toBe('`{% raw %}`');
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
  expect(report).toContain('query.md: a Dataview query');
  expect(existsSync(join(site, 'dist/posts/DETR/index.html'))).toBe(true);
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
  });
  const site = folder({});
  expect((await postil(site, 'import', 'hugo', hugo)).code).toBe(0);
  const report = readFileSync(join(site, 'import-report.md'), 'utf8');
  expect(report).toContain('blog/one.md: the shortcode {{< gallery >}} stays as text');
  for (const old of ['/2021/one/', '/posts/two/', '/about/', '/img/x.png'])
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
      '@inproceedings{carion2020detr,\n  title = {End-to-End Object Detection},\n  author = {Carion, Nicolas and Massa, Francisco},\n  booktitle = {ECCV},\n  year = {2020},\n  eprint = {2005.12872},\n  archiveprefix = {arXiv},\n  annote = {<p>First &amp; best</p><p>Second</p>}\n}\n\n@misc{plain2021,\n  title = {Plain},\n  year = {2021}\n}\n',
  });
  const site = folder({});
  const { code } = await postil(site, 'import', 'zotero', join(bib, 'export.bib'));
  expect(code).toBe(0);
  const note = readFileSync(join(site, 'posts/carion2020detr.md'), 'utf8');
  expect(note).toContain('draft: true');
  expect(note).toContain('arxiv: "2005.12872"');
  expect(note).toContain('- Nicolas Carion');
  expect(note).toContain('> First & best');
  expect(existsSync(join(site, 'posts/plain2021.md'))).toBe(false);
  expect(readFileSync(join(site, 'posts/papers.bib'), 'utf8')).toBe(
    readFileSync(join(bib, 'export.bib'), 'utf8'),
  );
});

test('wrong use is told', async () => {
  const site = folder({});
  for (const args of [['jekyll', 'x'], ['hexo'], ['hexo', 'nowhere'], ['hexo', '.']]) {
    const { code, err } = await postil(site, 'import', ...args);
    expect(code, args.join(' ')).toBe(2);
    expect(err).toMatch(/^error\[usage\]/);
  }
});
