/** Addresses, order, groups and what is published. */

import { describe, expect, test } from 'vitest';
import { tagUrl } from '../../src/paths.ts';
import { compileText } from '../support/notes.ts';
import { linkNotes } from '../support/site.ts';

const dated = (date: string, more = '') => `---\ndate: ${date}\n${more}---\nx`;

describe('addresses', () => {
  test.each([
    ['/posts/:slug/', '/posts/detr/'],
    ['/:path/', '/vision/detr/'],
    ['/:year/:month/:day/:title/', '/2021/05/16/detr/'],
    ['/:category/:slug.html', '/视觉/目标检测/detr.html'],
    ['/notes/:year-:slug/', '/notes/2021-detr/'],
  ])('permalink %s', async (permalink, url) => {
    const text = dated('2021-05-16', 'categories: [视觉, 目标检测]\n');
    expect(
      (await linkNotes({ 'vision/detr.md': text }, { options: { permalink } })).note('vision/detr.md').url,
    ).toBe(url);
  });
  test('a note without date or category leaves its part out', async () => {
    const options = { permalink: '/:year/:category/:slug/' };
    expect((await linkNotes({ 'a.md': 'x' }, { options })).note('a.md').url).toBe('/a/');
  });
  test('Chinese, spaces, dates in names, own slugs and permalinks', async () => {
    const { note } = await linkNotes({
      '知识蒸馏 笔记.md': 'x',
      '2021-09-07-virtex.md': 'x',
      'a.md': '---\nslug: 自定义\n---\n',
      'b.md': '---\npermalink: /old/b.html\n---\n',
      'deep/er/index.md': 'x',
    });
    expect(note('知识蒸馏 笔记.md').url).toBe('/posts/知识蒸馏-笔记/');
    expect(note('2021-09-07-virtex.md').url).toBe('/posts/virtex/');
    expect(note('a.md').url).toBe('/posts/自定义/');
    expect(note('b.md').url).toBe('/old/b.html');
    expect(note('deep/er/index.md').url).toBe('/posts/er/');
  });
  test('a folder without a usable name is told where addresses have folders, and costs nothing elsewhere', async () => {
    const notes = {
      '📥/inbox.md': 'x',
      '甲/📥/deep.md': 'x',
      '📥/p.md': '---\ntype: page\npermalink: /p/\n---\n',
      '📥/index.md': '---\nslug: own\n---\n',
    };
    const { site, note, said } = await linkNotes(notes);
    expect(said).toEqual([]);
    expect(note('📥/inbox.md').url).toBe('/posts/inbox/');
    expect(site.folders.map((g) => [g.url, g.notes])).toEqual([['/folders/甲/', ['甲/📥/deep.md']]]);
    const byPath = await linkNotes(notes, { options: { permalink: '/:path/' } });
    expect(byPath.site.diagnostics.map((d) => [d.file, d.message])).toEqual(
      ['甲/📥/deep.md', '📥/inbox.md'].map((file) => [
        `posts/${file}`,
        'the folder name “📥” cannot be an address on the site',
      ]),
    );
    expect(byPath.note('📥/index.md').url).toBe('/own/');
  });
  test('type: page stands at its own path, outside order and groups', async () => {
    const { note, site } = await linkNotes({
      'about.md': '---\ntype: page\ntags: [x]\ndate: 2021-01-01\n---\n',
      'docs/index.md': '---\ntype: page\n---\n',
      'n.md': 'x',
    });
    expect(note('about.md').url).toBe('/about/');
    expect(note('docs/index.md').url).toBe('/docs/');
    expect([site.order, site.newest, site.tags, site.years]).toEqual([['n.md'], ['n.md'], [], []]);
    expect(note('about.md').previous ?? note('about.md').next).toBeUndefined();
  });
});

describe('case 14: two pages at one address are an error that names both', () => {
  test.each([
    ['the same slug', { 'a/x.md': '', 'b/x.md': '' }, '/posts/x/', ['posts/a/x.md', 'posts/b/x.md']],
    [
      'slugs that differ in case',
      { 'X.md': '', 'b.md': '---\nslug: x\n---' },
      '/posts/',
      ['posts/X.md', 'posts/b.md'],
    ],
    [
      'slugs that differ in Unicode form',
      {
        'a.md': `---\nslug: ${'é'.normalize('NFC')}\n---`,
        'b.md': `---\nslug: ${'é'.normalize('NFD')}\n---`,
      },
      '/posts/é/',
      ['posts/a.md', 'posts/b.md'],
    ],
    [
      'a page and the tag index',
      { 'tags.md': '---\ntype: page\n---' },
      '/tags/',
      ['posts/tags.md', 'the tag index'],
    ],
    [
      'a permalink and a feed',
      { 'a.md': '---\npermalink: /atom.xml\n---' },
      '/atom.xml',
      ['posts/a.md', 'the Atom feed'],
    ],
    [
      'a permalink and a tag',
      { 'a.md': '---\ntags: [x]\npermalink: /tags/x/\n---' },
      '/tags/x/',
      ['posts/a.md', 'the tag x'],
    ],
  ])('%s', async (_, notes, address, owners) => {
    const { site } = await linkNotes(notes);
    const found = site.diagnostics.filter((d) => d.id === 'url/duplicate');
    expect(found).toHaveLength(1);
    expect(found[0]!.severity).toBe('error');
    expect(found[0]!.message).toContain(address);
    for (const owner of owners) expect(found[0]!.message).toContain(owner);
  });
  test('an alias is told where it stands, and is the one to go', async () => {
    const { site } = await linkNotes({ 'a.md': '---\naliases: [ok, /tags/]\ntags: [x]\n---' });
    expect(site.diagnostics).toMatchObject([
      { id: 'url/duplicate', file: 'posts/a.md', line: 2, column: 15, length: 6 },
    ]);
    expect(site.diagnostics[0]!.hint).toMatch(/^take the alias away/);
  });
  test.each(['/robots.txt', '/llms.txt', '/sw.js', '/404.html', '/search/index.json'])(
    'a permalink and %s',
    async (address) => {
      const { said } = await linkNotes(
        { 'a.md': `---\npermalink: ${address}\n---` },
        { options: { markdown: true } },
      );
      expect(said).toEqual(['url/duplicate posts/a.md:1:1']);
    },
  );
  test.each([
    ['a permalink', '/posts/a/preview.json', 'posts/b.md and the preview of posts/a.md'],
    ['a permalink', '/posts/a/search.json', 'posts/b.md and what search shows of posts/a.md'],
    ['a permalink', '/posts/a/index.md', 'posts/a.md as Markdown and posts/b.md'],
    ['a permalink', '/old/c.html.preview.json', 'posts/b.md and the preview of posts/c.md'],
    ['a permalink', '/papers/p/preview.json', 'posts/b.md and the preview of the paper p'],
    ['an alias', '/posts/a/preview.json', 'an alias of posts/b.md and the preview of posts/a.md'],
    ['public/', '/posts/A/Search.json', 'public/posts/A/Search.json and what search shows of posts/a.md'],
    ['public/', '/posts/a/index.md', 'posts/a.md as Markdown and public/posts/a/index.md'],
  ])('a file beside a page and %s: %s', async (who, address, owners) => {
    const field = { 'a permalink': `permalink: ${address}`, 'an alias': `aliases: [${address}]` }[who];
    const { site } = await linkNotes(
      {
        'a.md': '---\npaper: { key: p, title: P }\n---\n',
        'b.md': field ? `---\n${field}\n---\n` : '',
        'c.md': '---\npermalink: /old/c.html\n---\n',
      },
      { options: { markdown: true }, publicFiles: who === 'public/' ? [address.slice(1)] : [] },
    );
    expect(site.diagnostics.map((d) => d.id)).toEqual(['url/duplicate']);
    expect(site.diagnostics[0]!.message).toContain(owners);
  });
  test.each([
    ['a page', 'permalink: /posts/a/index.html', 'posts/a.md and posts/b.md both want the address /posts/a/'],
    ['an alias and a page', 'aliases: [/posts/a/Index.HTML]', 'an alias of posts/b.md and posts/a.md'],
    ['the index', 'permalink: /index.html', 'posts/b.md and the index'],
    ['a tag', 'aliases: [/tags/x/index.html]', 'an alias of posts/b.md and the tag x'],
    [
      'a file of search',
      'permalink: /search/words-0-0123456789.txt',
      'a file of the search index and posts/b.md',
    ],
    [
      'a file of search',
      'aliases: [/search/notes-12-abcdef0123.json]',
      'a file of the search index and an alias',
    ],
    ['the theme', 'permalink: /assets/Main-1.js', 'a file of the theme and posts/b.md'],
    ['a copy', 'aliases: [/files/x-a5d1c41f-680.webp]', 'a smaller copy of posts/x.png and an alias'],
  ])('two addresses of one file: %s, %s', async (_, field, owners) => {
    const { site } = await linkNotes(
      { 'a.md': '---\ntags: [x]\n---\n![](x.png)', 'b.md': `---\n${field}\n---\n` },
      { assets: ['x.png'], measured: { hash: 'a5d1c41f00', width: 680 }, themeFiles: ['assets/main-1.js'] },
    );
    expect(site.diagnostics.map((d) => d.id)).toEqual(['url/duplicate']);
    expect(site.diagnostics[0]!.message).toContain(owners);
  });
  test('names like those of our files are anyone’s where none of ours is', async () => {
    const { said } = await linkNotes(
      { 'a.md': '---\naliases: [/search/words-0-0123456789.txt, /files/x-a5d1c41f-680.webp]\n---\n' },
      { publicFiles: ['assets/main-2.js'], themeFiles: ['assets/main-1.js'], options: { search: false } },
    );
    expect(said).toEqual([]);
  });
  test('an old address that is the page itself, and two that are one file', async () => {
    const { site, said, targets } = await linkNotes({
      'a.md': '---\naliases: [/posts/a/index.html, /old/, /old/index.html]\n---\n',
      'b.md': '[x](/posts/a/index.html) [y](/old/index.html)',
    });
    expect(said).toEqual([]);
    expect(site.redirects).toEqual([{ from: '/old/', to: 'a.md' }]);
    expect(targets('b.md')).toMatchObject([
      { kind: 'note', path: 'a.md' },
      { kind: 'note', path: 'a.md' },
    ]);
  });
  test('files beside no page are anyone’s', async () => {
    const { said } = await linkNotes(
      { 'a.md': '', 'b.md': '---\npermalink: /data/preview.json\n---\n' },
      { publicFiles: ['posts/a/search.json', 'posts/none/preview.json'], options: { search: false } },
    );
    expect(said).toEqual([]);
  });
  test('robots.txt, llms.txt, sw.js and 404.html of public/ are instead of our own', async () => {
    const { said } = await linkNotes(
      { 'a.md': '' },
      { options: { markdown: true }, publicFiles: ['robots.txt', 'llms.txt', 'sw.js', '404.html'] },
    );
    expect(said).toEqual([]);
  });
  test('llms.txt, where the site has none', async () => {
    const { said } = await linkNotes({ 'a.md': '---\npermalink: /llms.txt\n---' });
    expect(said).toEqual([]);
  });
  test.each([
    [
      'a permalink',
      { 'b.md': '---\npermalink: /files/x.png\n---' },
      [],
      'posts/b.md and the file posts/x.png',
    ],
    ['an alias', { 'b.md': '---\naliases: [/files/x.png]\n---' }, [], 'an alias of posts/b.md'],
    ['public/', {}, ['files/x.png'], 'public/files/x.png and the file posts/x.png'],
  ])('a used picture and %s', async (_, notes, publicFiles, owners) => {
    const assets = ['x.png'];
    const { site } = await linkNotes({ ...notes, 'a.md': '![](x.png)' }, { assets, publicFiles });
    expect(site.diagnostics.map((d) => d.id)).toEqual(['url/duplicate']);
    expect(site.diagnostics[0]!.message).toContain(owners);
    const without = await linkNotes({ ...notes, 'a.md': '' }, { assets, publicFiles });
    expect(without.said).toEqual([]);
  });
  test('two used pictures that differ in case are for postil deploy to tell of', async () => {
    const { said } = await linkNotes({ 'a.md': '![](x.png) ![](X.png)' }, { assets: ['x.png', 'X.png'] });
    expect(said).toEqual([]);
  });
  test('public/ and a note', async () => {
    const { said } = await linkNotes({ 'a.md': '' }, { publicFiles: ['posts/a/index.html'] });
    expect(said).toEqual(['url/duplicate posts/a.md:1:1']);
  });
  test('the second page of the index and a note', async () => {
    const notes = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`n${i}.md`, '']));
    const { said } = await linkNotes(
      { ...notes, 'p.md': '---\npermalink: /page/2/\n---' },
      { options: { perPage: 2 } },
    );
    expect(said).toEqual(['url/duplicate posts/p.md:1:1']);
  });
});

describe('depth and length', () => {
  const deep = (n: number, part = 'a') => Array.from({ length: n }, () => part).join('/');
  test.each([
    ['a tag', `tags: [x, ${deep(33)}]`, '2:11', 'has 33 parts', '32'],
    [
      'categories',
      `categories: [${deep(33).replaceAll('/', ', ')}]`,
      '2:13',
      'has 33 parts',
      '32; a list is one path',
    ],
    ['a permalink', `permalink: /${deep(33)}/`, '2:12', 'has 33 parts', '32'],
    ['an alias', `aliases: [/${deep(33)}.html]`, '2:11', 'has 33 parts', '32'],
    ['a long tag', `tags: [${deep(4, '中'.repeat(51))}]`, '2:8', 'has 615 bytes', '600'],
    ['a long permalink', `permalink: /${deep(4, 'x'.repeat(150))}/`, '2:12', 'has 603 bytes', '600'],
  ])('too much of it is told where it stands: %s', async (_, yaml, place, size, most) => {
    // What compile says, and what link does.
    const text = `---\n${yaml}\n---\n`;
    const { site } = await linkNotes({ 'a.md': text });
    const told = [...(await compileText(text, 'a.md')).diagnostics, ...site.diagnostics];
    expect(told.map((d) => `${d.id} ${d.file}:${d.line}:${d.column}`)).toEqual([
      `url/invalid posts/a.md:${place}`,
    ]);
    expect(told[0]!.message).toContain(`…” cannot be an address on the site: it ${size}`);
    expect(told[0]!.hint).toContain(`at most ${most}`);
  });
  test('of tags in the text, introductions and folders', async () => {
    const { said, site } = await linkNotes({
      'a.md': `x\n\n#${deep(33)}`,
      't.md': `---\ntitle: ${deep(33)}\ntype: tag\n---\n`,
      [`${deep(33)}/b.md`]: '',
    });
    expect(said).toEqual([
      'url/invalid posts/t.md',
      'url/invalid posts/a.md:3:1',
      `url/invalid posts/${deep(33)}/b.md`,
    ]);
    expect(site.diagnostics[0]!.message).toMatch(/^the title “a\/.*…” .* it has 33 parts$/);
  });
  test('as much as there may be', async () => {
    const { said, site } = await linkNotes({
      'a.md': `---\ntags: [${deep(32)}]\ncategories: [${deep(32)}]\npermalink: /${deep(32)}/\n---\n`,
      'b.md': `---\naliases: [/${deep(4, 'x'.repeat(149))}]\n---\n`,
    });
    expect(said).toEqual([]);
    expect([site.tags.length, site.categories.length, site.redirects.length]).toEqual([32, 32, 1]);
  });
});

describe('tags and categories', () => {
  test('everything but letters, digits, Chinese and -_. becomes one hyphen', async () => {
    const { site, said } = await linkNotes({
      'a.md': '---\ntags: [C++ / CUDA!, "目标 检测", v1.0_b, "#标签", Node.js]\n---',
    });
    expect(site.tags.map((t) => [t.names.join('/'), t.url])).toEqual([
      ['C++', '/tags/C/'],
      ['C++/CUDA!', '/tags/C/CUDA/'],
      ['Node.js', '/tags/Node.js/'],
      ['v1.0_b', '/tags/v1.0_b/'],
      ['标签', '/tags/标签/'],
      ['目标 检测', '/tags/目标-检测/'],
    ]);
    expect(said).toEqual([]);
  });
  test('a tag has one address, however it is written and whoever leads to it', async () => {
    const { site, targets, said } = await linkNotes({
      'a.md': '---\ntags: [x/, y//z, " v / w", .NET]\n---\n#y/z',
      'net.md': '---\ntitle: .NET\ntype: tag\n---',
    });
    expect(site.tags.map((t) => t.url)).toEqual(
      ['.NET', 'v', 'v/w', 'x', 'y', 'y/z'].map((path) => `/tags/${path}/`),
    );
    expect(targets('a.md')).toMatchObject([{ kind: 'page', url: '/tags/y/z/' }]);
    expect(['x/', 'y//z', ' v / w', '.NET'].map(tagUrl)).toEqual(
      ['x', 'y/z', 'v/w', '.NET'].map((path) => `/tags/${path}/`),
    );
    expect(['/', '', 'a/*'].map(tagUrl)).toEqual([undefined, undefined, undefined]);
    expect(said).toEqual([]);
  });
  test('two names with one address are an error that names both', async () => {
    const { site } = await linkNotes({
      'a.md': '---\ntags: [a b]\n---',
      'b.md': '---\ntags: [a-b, A-B]\n---',
    });
    expect(site.diagnostics).toMatchObject([{ id: 'url/group-duplicate', severity: 'error' }]);
    expect(site.diagnostics[0]!.message).toBe(
      'the tags “A-B” (posts/b.md:2:13), “a b” (posts/a.md:2:8), “a-b” (posts/b.md:2:8) have one address: /tags/a-b/',
    );
    expect(site.diagnostics[0]!.hint).toContain('postil check --fix');
  });
  test.each([
    ['a list in one line', 'tags: [x, C++, "C#"]', '2:11', 'in letters'],
    ['a line each', 'tags:\n  - x\n  # 语言\n  - C++\n  - C#', '5:5', 'in letters'],
    ['one text', 'tags: x, C++', '2:7', 'in letters'],
    ['case alone', 'tags: [x, c, C]', '2:11', 'spell them alike'],
    ['in the text', 'title: T', '5:3', 'spell them alike', '见 #c。'],
    ['categories', 'categories:\n  - [x, y]\n  - [c]', '4:5', 'spell them alike, or', ''],
  ])('and points at the name: %s', async (_, yaml, place, hint, body = 'x') => {
    const categories = 'categories: [C]\ntags: [C]\n';
    const { said, site } = await linkNotes({
      'b.md': `---\n${yaml}\ndate: 2021-01-02\n---\n${body}`,
      'a.md': dated('2021-01-01', categories),
    });
    expect(said).toEqual([`url/group-duplicate posts/b.md:${place}`]);
    expect(site.diagnostics[0]!.hint).toContain(hint);
  });
  test('a tag that can have no address is told where it stands', async () => {
    expect((await linkNotes({ 'a.md': '---\ntags: [x, "??"]\n---' })).said).toEqual([
      'url/invalid posts/a.md:2:11',
    ]);
  });
  test('categories hold the notes of their children, newest first', async () => {
    const { site } = await linkNotes({
      'a.md': dated('2020-01-01', 'categories: [视觉, 检测]\n'),
      'b.md': dated('2021-01-01', 'categories: 视觉/分割\n'),
    });
    expect(site.categories.map((c) => [c.url, c.notes])).toEqual([
      ['/categories/视觉/', ['b.md', 'a.md']],
      ['/categories/视觉/分割/', ['b.md']],
      ['/categories/视觉/检测/', ['a.md']],
    ]);
  });
  test('years, newest first', async () => {
    const { site } = await linkNotes({
      'a.md': dated('2020-01-01'),
      'b.md': dated('2021-01-01'),
      'c.md': '',
    });
    expect(site.years.map((y) => [y.names, y.notes])).toEqual([
      [['2021'], ['b.md']],
      [['2020'], ['a.md']],
    ]);
  });
});

describe('order', () => {
  test('newest first, by the moment and not by the text', async () => {
    const { site, note } = await linkNotes({
      'a.md': dated('2021-09-07 22:00:00'),
      'b.md': dated('2021-09-07T15:00:00Z'),
      'c.md': dated('2021-09-07T10:00:00-08:00'),
      'd.md': dated('2021-09-08'),
      'e.md': dated('2021-09-07'),
      'z.md': 'undated',
      'y.md': 'undated',
    });
    // 22:00+08 is 14:00Z; 15:00Z; 18:00Z; the 8th begins at 16:00Z.
    expect(site.newest).toEqual(['c.md', 'd.md', 'b.md', 'a.md', 'e.md', 'y.md', 'z.md']);
    expect([note('d.md').next, note('d.md').previous]).toEqual(['c.md', 'b.md']);
    expect([note('c.md').next, note('z.md').previous]).toEqual([undefined, undefined]);
  });
  test('the site’s zone counts where a date has none', async () => {
    const notes = { 'a.md': dated('2021-01-01 12:00'), 'b.md': dated('2021-01-01T08:00:00Z') };
    expect((await linkNotes(notes)).site.newest).toEqual(['b.md', 'a.md']);
    expect((await linkNotes(notes, { options: { timezone: '-05:00' } })).site.newest).toEqual([
      'a.md',
      'b.md',
    ]);
  });
  test('sticky notes come first on the index, not in feeds', async () => {
    const { site } = await linkNotes({
      'a.md': dated('2020-01-01', 'sticky: 1\n'),
      'b.md': dated('2021-01-01'),
      'c.md': dated('2019-01-01', 'sticky: 2\n'),
    });
    expect(site.order).toEqual(['c.md', 'a.md', 'b.md']);
    expect(site.newest).toEqual(['b.md', 'a.md', 'c.md']);
  });
  test('does not depend on the order in which notes were found', async () => {
    const notes = { 'b.md': dated('2021-01-01'), 'a.md': dated('2021-01-01'), 'c.md': dated('2021-01-01') };
    const back = Object.fromEntries(Object.entries(notes).reverse());
    expect((await linkNotes(notes)).site).toEqual((await linkNotes(back)).site);
  });
});

describe('what is published', () => {
  const notes = {
    'unset.md': 'x',
    'yes.md': '---\npublish: true\n---',
    'no.md': '---\npublish: false\n---',
    'draft.md': '---\ndraft: true\n---',
    '_drafts/x.md': '---\npublish: true\n---',
    'future.md': dated('2999-01-01'),
  };
  const paths = async (options: Parameters<typeof linkNotes>[1]) => [
    ...(await linkNotes(notes, options)).site.notes.keys(),
  ];
  test('everything but drafts, the future too: a build has no clock', async () => {
    expect(await paths({})).toEqual(['future.md', 'unset.md', 'yes.md']);
  });
  test('publish: explicit', async () => {
    expect(await paths({ options: { publish: 'explicit' } })).toEqual(['yes.md']);
  });
  test('--drafts', async () => {
    expect(await paths({ options: { drafts: true } })).toHaveLength(6);
  });
  test('two drafts at one address disturb nobody', async () => {
    const { said } = await linkNotes({ 'a/x.md': '---\ndraft: true\n---', 'b/x.md': 'x' });
    expect(said).toEqual([]);
  });
  test('no note at all is a warning', async () => {
    expect((await linkNotes({})).said).toEqual(['fs/no-posts']);
  });
});
