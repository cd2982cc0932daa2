import { describe, expect, test } from 'vitest';
import { linkNotes } from '../support/site.ts';

const FPN =
  '---\ntitle: 特征金字塔网络\nslug: fpn-note\naliases: [FPN, Feature Pyramid]\n---\n## 自顶向下\n\n一段。 ^one\n';

describe('a note is found', () => {
  test.each([
    ['by path', '[[vision/pyramid]]'],
    ['by path with .md', '[[vision/pyramid.md]]'],
    ['by file name', '[[pyramid]]'],
    ['by slug', '[[fpn-note]]'],
    ['by title', '[[特征金字塔网络]]'],
    ['by alias', '[[FPN]]'],
    ['without regard to case, width and blanks', '[[ｆｅａｔｕｒｅ   PYRAMID]]'],
    ['by relative Markdown link', '[x](vision/pyramid.md)'],
    ['by relative link with dots', '[x](./vision/../vision/pyramid.md)'],
    ['by percent-encoded link', '[x](vision/pyr%61mid.md)'],
    ['by a name in a Markdown link', '[x](pyramid.md)'],
  ])('%s', async (_, text) => {
    const { targets, said } = await linkNotes({ 'vision/pyramid.md': FPN, 'a.md': text });
    expect(targets('a.md')).toMatchObject([
      { kind: 'note', path: 'vision/pyramid.md', url: '/posts/fpn-note/', title: '特征金字塔网络' },
    ]);
    expect(said).toEqual([]);
  });

  test('the better name wins: file before slug, slug before title, title before alias', async () => {
    const notes = {
      'x.md': '# Eins',
      'b.md': '---\nslug: y\n---\n# x',
      'c.md': '---\naliases: [x, y, z]\n---\n# z',
      'd.md': '---\naliases: [z]\n---\n# y',
      'from.md': '[[x]] [[y]] [[z]]',
    };
    const { targets } = await linkNotes(notes);
    expect(targets('from.md')).toMatchObject([{ path: 'x.md' }, { path: 'b.md' }, { path: 'c.md' }]);
  });

  test('decomposed and composed letters are one name', async () => {
    const { targets } = await linkNotes({
      'a.md': '# Résumé'.normalize('NFC'),
      'b.md': '[[Résumé]]'.normalize('NFD'),
    });
    expect(targets('b.md')).toMatchObject([{ kind: 'note', path: 'a.md' }]);
  });

  test('of several of one name: that in the own folder, then that whose whole path it is', async () => {
    const { targets, said } = await linkNotes({
      'a.md': '# 1',
      'sub/a.md': '---\nslug: sub\n---\n',
      'sub/n.md': '---\nslug: n\n---\n[[a]]',
      'other/n.md': '[[a]] [[A.md]]',
    });
    expect(targets('sub/n.md')).toMatchObject([{ path: 'sub/a.md' }]);
    expect(targets('other/n.md')).toMatchObject([{ path: 'a.md' }, { path: 'a.md' }]);
    expect(said.filter((text) => text.startsWith('link/'))).toEqual([]);
  });

  test('a folder’s index is known by the folder’s name', async () => {
    const { targets, note } = await linkNotes({
      'detr/index.md': '# D',
      'a.md': '[[detr]] [x](detr/) [y](detr)',
    });
    expect(targets('a.md').map((t) => 'path' in t && t.path)).toEqual(Array(3).fill('detr/index.md'));
    expect(note('detr/index.md').url).toBe('/posts/detr/');
  });

  test('a date in front of a name may be left out, and tells notes of one name apart', async () => {
    const { targets, said } = await linkNotes({
      '2024-01-07-standup.md': 'x',
      '2024-01-14-standup.md': 'x',
      '2024-01-15-trip/index.md': 'x',
      'a.md': '[[2024-01-07-standup]] [[2024-01-14-standup]] [[trip]] [[2024-01-15-trip]] [[standup]]',
    });
    expect(targets('a.md').map((t) => 'title' in t && t.title)).toEqual([
      '2024-01-07-standup',
      '2024-01-14-standup',
      '2024-01-15-trip',
      '2024-01-15-trip',
      false,
    ]);
    expect(said.filter((line) => line.startsWith('link/'))).toEqual(['link/ambiguous posts/a.md:1:76']);
  });

  test('a note whose extension is in capitals is known by its name, as any other', async () => {
    const { targets, note, said } = await linkNotes({
      'UPPER.MD': 'x',
      'detr/index.MD': 'x',
      'sub/a.md':
        '[[UPPER]] [[upper.md]] [[detr]] [x](../UPPER.MD) [x](../UPPER) [x](UPPER.md) [x](../detr/)',
    });
    expect(targets('sub/a.md').map((t) => 'path' in t && t.path)).toEqual([
      ...Array(2).fill('UPPER.MD'),
      'detr/index.MD',
      ...Array(3).fill('UPPER.MD'),
      'detr/index.MD',
    ]);
    expect(said).toEqual([]);
    expect(note('UPPER.MD')).toMatchObject({ url: '/posts/UPPER/', index: { meta: { title: 'UPPER' } } });
    expect(note('detr/index.MD').url).toBe('/posts/detr/');
  });

  test('notes called like properties of objects are notes', async () => {
    const { targets, said } = await linkNotes({
      'constructor.md': '# toString',
      '__proto__.md': '# x',
      'a.md': '[[constructor]] [[toString]] [[__proto__]] [[hasOwnProperty]]',
    });
    expect(targets('a.md').map((t) => t.kind)).toEqual(['note', 'note', 'note', 'missing']);
    expect(said).toEqual(['link/missing posts/a.md:1:44']);
  });
});

describe('a path that begins with dots is counted from the folder of the note', () => {
  const notes = { 'posts/a.md': 'x', 'posts/sub/a.md': 'x', 'a.md': 'x' };
  test.each([
    ['[[../a]]', 'posts/a.md'],
    ['[[../a.md]]', 'posts/a.md'],
    ['![[../a]]', 'posts/a.md'],
    ['[[../../a|根]]', 'a.md'],
    ['[[./a]]', 'posts/sub/a.md'],
    ['[[../sub/a]]', 'posts/sub/a.md'],
    ['[[./posts/a]]', 'posts/a.md'],
  ])('%s', async (text, path) => {
    const { targets, said } = await linkNotes({ ...notes, 'posts/sub/b.md': text });
    expect(targets('posts/sub/b.md')).toMatchObject([{ kind: 'note', path }]);
    expect(said.filter((s) => s.startsWith('link/'))).toEqual([]);
  });
  test('and may lead to no note', async () => {
    const { said } = await linkNotes({ ...notes, 'posts/sub/b.md': '[[../c]] [[../../../a]]' });
    expect(said.filter((s) => s.startsWith('link/'))).toEqual([
      'link/missing posts/posts/sub/b.md:1:1',
      'link/missing posts/posts/sub/b.md:1:10',
    ]);
  });
});

describe('a path with backslashes, as Windows writes it', () => {
  const notes = { 'a.md': 'x', 'posts/a.md': 'x', 't.md': '---\ntitle: 论 A\\B\n---\n' };
  test.each([
    ['![](assets\\x.png)', { kind: 'asset', asset: { path: 'posts/assets/x.png' } }],
    ['![](.\\assets\\x.png)', { kind: 'asset', asset: { path: 'posts/assets/x.png' } }],
    ['![](assets%5Cx.png)', { kind: 'asset', asset: { path: 'posts/assets/x.png' } }],
    ['![[assets\\x.png]]', { kind: 'asset', asset: { path: 'posts/assets/x.png' } }],
    ['[x](assets\\x.png)', { kind: 'asset', asset: { path: 'posts/assets/x.png' } }],
    ['[a](..\\a.md)', { kind: 'note', path: 'a.md' }],
    // Markdown takes `\.` for a dot.
    ['[a](..\\..\\a.md)', { kind: 'note', path: 'a.md' }, 'posts/sub/b.md'],
    ['[[..\\..\\a]]', { kind: 'note', path: 'a.md' }, 'posts/sub/b.md'],
    ['[[..\\a]]', { kind: 'note', path: 'a.md' }],
    ['[[posts\\a]]', { kind: 'note', path: 'posts/a.md' }],
    // What is called so is meant.
    ['[[论 A\\B]]', { kind: 'note', path: 't.md' }],
    ['![](one\\y.png)', { kind: 'asset', asset: { path: 'posts/one\\y.png' } }],
  ])('%s', async (text, target, from = 'posts/b.md') => {
    const assets = ['posts/assets/x.png', 'posts/one\\y.png', 'posts/one/y.png'];
    const { targets, said } = await linkNotes({ ...notes, [from]: text }, { assets });
    expect(targets(from)).toMatchObject([target]);
    expect(said.filter((s) => s.startsWith('link/'))).toEqual([]);
  });
  test.each([
    ['[x](..\\..\\..\\secret.md)', 'link/outside'],
    ['[x](..\\\\..\\\\secret.md)', 'link/outside'],
    ['![](..\\\\..\\\\secret.png)', 'link/outside'],
    ['![](\\\\\\\\server\\secret.png)', 'link/outside'],
    ['![](assets\\y.png)', 'link/file'],
    ['[x](/posts\\a)', 'link/missing'],
  ])('%s leads nowhere', async (text, id) => {
    const { targets, said } = await linkNotes({ ...notes, 'posts/b.md': text });
    expect(targets('posts/b.md')).toMatchObject([{ kind: 'missing' }]);
    expect(said.filter((s) => s.startsWith('link/'))).toEqual([`${id} posts/posts/b.md:1:1`]);
  });
  test('and what is missing is called as it is written', async () => {
    const { site } = await linkNotes({ ...notes, 'b.md': '[[论 A\\C]] ![](assets\\y.png)' });
    expect(site.diagnostics.map((d) => d.message)).toEqual(
      expect.arrayContaining(['no note is called “论 A\\C”', 'no such file: “assets\\y.png”']),
    );
  });
});

describe('a name of several notes', () => {
  const two = { 'a/net.md': '---\nslug: one\n---\n# A', 'b/net.md': '---\nslug: two\n---\n# B' };

  test('is ambiguous, and the message names them', async () => {
    const { targets, site } = await linkNotes({ ...two, 'x.md': '见 [[net]]' });
    expect(targets('x.md')).toEqual([{ kind: 'ambiguous', candidates: ['a/net.md', 'b/net.md'] }]);
    expect(site.diagnostics).toMatchObject([
      { id: 'link/ambiguous', file: 'posts/x.md', line: 1, column: 3, length: 7, severity: 'warning' },
    ]);
    expect(site.diagnostics[0]!.message).toBe('“net” could be posts/a/net.md or posts/b/net.md');
  });
  test('is the one in the folder of the link', async () => {
    expect((await linkNotes({ ...two, 'b/x.md': '[[net]]' })).targets('b/x.md')).toMatchObject([
      { path: 'b/net.md' },
    ]);
  });
  test('is told by a longer path', async () => {
    expect((await linkNotes({ ...two, 'x.md': '[[a/net]]' })).targets('x.md')).toMatchObject([
      { path: 'a/net.md' },
    ]);
  });
});

describe('what is missing', () => {
  test('is a warning with the nearest names', async () => {
    const { targets, site } = await linkNotes({
      'retinanet.md': '# 焦点损失',
      'a.md': '\n[[retinanat]] [y](gone.md)',
    });
    expect(targets('a.md')).toMatchObject([
      { kind: 'missing', suggestions: ['retinanet'] },
      { kind: 'missing' },
    ]);
    expect(site.diagnostics).toMatchObject([
      { id: 'link/missing', line: 2, column: 1, hint: 'did you mean “retinanet”?' },
      { id: 'link/missing', line: 2, column: 15 },
    ]);
  });
  test('an image or file', async () => {
    const { said, site } = await linkNotes(
      { 'a.md': '![x](nettwork.svg) [y](data.csv) ![[b.png]] [[c.canvas]]' },
      { assets: ['network.svg'] },
    );
    expect([...said].sort()).toEqual(
      [1, 20, 34, 45].map((column) => `link/file posts/a.md:1:${column}`).sort(),
    );
    expect(site.diagnostics.find((d) => d.column === 1)!.hint).toBe('did you mean “network.svg”?');
  });
  test('a link out of the site is an error', async () => {
    const { site } = await linkNotes({ 'a.md': '[x](../../etc/passwd) ![y](../secret.png)' });
    expect(site.diagnostics.map((d) => [d.id, d.severity])).toEqual([
      ['link/outside', 'error'],
      ['link/outside', 'error'],
    ]);
  });
  test('a note that is not published is missing, and is not suggested', async () => {
    const { targets, site } = await linkNotes({
      'secret.md': '---\ndraft: true\n---\n# 绝密标题',
      'a.md': '[[secret]] [[绝密标题]] [x](secret.md) [[secrt]]',
    });
    expect(targets('a.md').map((t) => t.kind)).toEqual(Array(4).fill('missing'));
    const hints = site.diagnostics.sort((a, b) => a.column! - b.column!).map((d) => d.hint);
    expect(hints.join()).not.toMatch(/secret|绝密/);
    const there = 'a note of that name is there, but not published; --drafts shows drafts';
    expect(hints).toEqual([there, there, there, undefined]);
  });
  test('a name of one character is near to none but itself', async () => {
    const { site } = await linkNotes({ '图.md': 'x', 'a.md': '[[死]]' });
    expect(site.diagnostics.map((d) => d.hint)).toEqual([undefined]);
  });
});

describe('fragments', () => {
  const notes = (text: string) => ({
    'fpn.md': FPN,
    'sharp.md': '## C# 与 C++\n\n## 带 #标签 的标题\n\n## 标签 的标题\n\n## C\n\n一段。 ^two\n',
    'a.md': `---\ntitle: A\n---\n${text}\n\n## F#\n\n## 小节 Two\n\n## 为什么 **要** 除以 $\\sqrt d$？\n\n## ${'Résumé'.normalize('NFC')}\n`,
  });
  test.each([
    ['a heading by text', '[[fpn#自顶向下]]', '自顶向下'],
    ['a heading by id', '[x](fpn.md#自顶向下)', '自顶向下'],
    ['a heading of this note by text', '[x](#小节%20TWO)', '小节-two'],
    ['a heading of this note by id', '[x](#小节-two)', '小节-two'],
    ['a heading of this note in a wikilink', '[[#小节 Two]]', '小节-two'],
    ['the last of nested headings', '[[fpn#概述#自顶向下]]', '自顶向下'],
    ['the last of nested headings in a Markdown link', '[x](fpn.md#概述#自顶向下)', '自顶向下'],
    ['a block below a heading', '[[sharp#C#^two]]', '^two'],
    ['a heading with # in it', '[[sharp#C# 与 C++]]', 'c-与-c'],
    ['a heading with # at its end, of this note', '[[#F#]]', 'f'],
    ['a heading with a tag in it', '[[sharp#带 #标签 的标题]]', '带-标签-的标题'],
    ['a heading with # in it below another', '[[sharp#C#C# 与 C++]]', 'c-与-c'],
    ['a heading below one with # in it', '[[sharp#C# 与 C++#C]]', 'c'],
    [
      'a heading with its formatting, as Obsidian writes it',
      '[[#为什么 **要** 除以 $\\sqrt d$]]',
      '为什么-要-除以-',
    ],
    ['a heading without its marks', '[[#为什么 要 除以 sqrt d]]', '为什么-要-除以-'],
    ['a heading in another Unicode form', `[[#${'Résumé'.normalize('NFD')}]]`, 'résumé'],
    ['a block', '[[fpn#^one]]', '^one'],
    ['a block in other letters', '[x](fpn.md#^One)', '^one'],
  ])('%s', async (_, text, fragment) => {
    const { targets, said } = await linkNotes(notes(text));
    expect(targets('a.md')).toMatchObject([{ kind: 'note', fragment }]);
    expect(said).toEqual([]);
  });

  describe('the title, which a first heading has become, means the note', () => {
    const titled = {
      'own.md': '# 我的 *Title* $x$\n\n内容。\n\n## 小节\n\n[x](#我的-title-x) [[#我的 Title $x$]]\n',
      'same.md': '# 同名\n\n## 同名\n',
      'a.md':
        '[[own#我的 *Title* $x$|跳]] [[own#我的 Title $x$#小节]] [x](same.md#同名)\n\n![[own#我的 Title $x$]]\n',
    };
    test('in links', async () => {
      const { targets, said } = await linkNotes(titled);
      const note = { kind: 'note', path: 'own.md', fragment: '', part: '' };
      expect(targets('own.md')).toMatchObject([note, note]);
      expect(targets('a.md')).toMatchObject([note, { fragment: '小节' }, note, { fragment: '同名' }]);
      expect(said).toEqual([]);
    });
    test('in embeds', async () => {
      const { note } = await linkNotes(titled);
      expect(note('a.md').embeds).toMatchObject([{ path: 'own.md', slice: { kind: 'note' } }]);
    });
    test('and may embed itself', async () => {
      const { said } = await linkNotes({ 'a.md': '# 甲\n\n![[#甲]]\n' });
      expect(said).toEqual(['embed/cycle posts/a.md:3:1']);
    });
  });

  test('one that is not there is a warning, and the link goes to the note', async () => {
    const { targets, site } = await linkNotes(notes('[[fpn#自顶向上]]'));
    expect(targets('a.md')).toMatchObject([{ kind: 'note', path: 'fpn.md', fragment: '' }]);
    expect(site.diagnostics).toMatchObject([
      { id: 'link/fragment', line: 4, column: 1, hint: 'did you mean “自顶向下”?' },
    ]);
  });

  test('of nested headings that are not there, the last is compared with those that are', async () => {
    const { site } = await linkNotes(notes('[[fpn#概述#自顶向上]] [[sharp#C# 和 C++]]'));
    expect(site.diagnostics.map((d) => [d.message, d.hint])).toEqual([
      ['“特征金字塔网络” has no heading, block or label “概述#自顶向上”', 'did you mean “自顶向下”?'],
      ['“sharp” has no heading, block or label “C# 和 C++”', 'did you mean “C# 与 C++”?'],
    ]);
  });

  test('names of pictures side by side lead to their figure', async () => {
    const { targets, said } = await linkNotes(
      {
        'a.md': '![a](a.svg "A"){#fig:a}\n![b](a.svg "B"){#fig:b}\n',
        'b.md': '[[a#fig:a]] [[a#fig:b]]',
      },
      { assets: ['a.svg'] },
    );
    expect(targets('b.md')).toMatchObject([
      { kind: 'label', label: 'figure', number: '1(a)', fragment: 'fig-1' },
      { kind: 'label', label: 'figure', number: '1(b)', fragment: 'fig-1' },
    ]);
    expect(said).toEqual([]);
  });

  test('an id that begins with “_” is the page’s own, and what is called so is found all the same', async () => {
    const { targets, said } = await linkNotes(
      {
        'a.md':
          '## _search\n\n## 乙 {#_kept}\n\n## _search\n\n$$x \\label{_eq}$$\n\n![a](a.svg "t"){#_results}\n',
        'b.md': '[[a#_search]] [[a#_search-1]] [[a#_kept]] [[a#_eq]] [[a#_results]] ![[a#_kept]]',
      },
      { assets: ['a.svg'] },
    );
    expect(targets('b.md').map((target) => 'fragment' in target && target.fragment)).toEqual(
      ['_search', '_search-1', '_kept', '_eq', '_results', '_kept'].map((id) => `-${id}`),
    );
    expect(said).toEqual([]);
  });

  test('labels of equations, figures, tables and sections', async () => {
    const { targets, said } = await linkNotes(
      {
        'fl.md':
          '$$x \\label{eq:fl}$$\n\n![a](a.svg "t"){#fig:a}\n\n| a |\n|---|\n\n: t {#tab:t}\n\n## S {#sec:s}\n',
        'a.md': '[[fl#eq:fl]] [[fl#fig:a]] [[fl#tab:t]] [[fl#sec:s]]',
      },
      { assets: ['a.svg'] },
    );
    expect(targets('a.md')).toMatchObject([
      { kind: 'label', label: 'equation', number: '1', fragment: 'eq:fl' },
      { kind: 'label', label: 'figure', number: '1' },
      { kind: 'label', label: 'table', number: '1' },
      { kind: 'label', label: 'section', number: '1' },
    ]);
    expect(said).toEqual([]);
  });
});

describe('files', () => {
  const assets = ['detr/matching.svg', 'fpn/matching.svg', '图 一.png'];
  test.each([
    ['relative to the note', 'detr.md', '![x](detr/matching.svg)', 'detr/matching.svg'],
    ['one folder up', 'vision/a.md', '![x](../fpn/matching.svg)', 'fpn/matching.svg'],
    ['by name alone', 'a.md', '![[图 一.png]]', '图 一.png'],
    ['percent-encoded', 'a.md', '![x](%E5%9B%BE%20%E4%B8%80.png)', '图 一.png'],
    ["in Hexo's folder of the note, before others", 'fpn.md', '![x](matching.svg)', 'fpn/matching.svg'],
    ['by name, the one in the folder of the note', 'fpn/index.md', '![[matching.svg]]', 'fpn/matching.svg'],
  ])('%s', async (_, path, text, asset) => {
    const { targets, site, said } = await linkNotes({ [path]: text }, { assets });
    expect(targets(path)).toMatchObject([{ kind: 'asset', asset: { path: asset }, url: `/files/${asset}` }]);
    expect(site.assets.map((a) => a.asset.path)).toEqual([asset]);
    expect(said).toEqual([]);
  });
  test.each([
    ['whole folders count', 'n.md', '![x](img/a.png)', ['big-img/a.png', 'z/img/a.png'], 'z/img/a.png'],
    ['and whole names', 'n.md', '![[a.png]]', ['x/ba.png', 'z/a.png'], 'z/a.png'],
    ['in other letters', 'n.md', '![x](IMG/A.png)', ['z/img/a.png'], 'z/img/a.png'],
    [
      'the nearest of the folder of the note’s name',
      'n.md',
      '![x](a.png)',
      ['n/A/a.png', 'n/a.png'],
      'n/a.png',
    ],
    [
      'one below the folder of the note',
      'n/n.md',
      '![[a.png]]',
      ['m/files/a.png', 'n/files/a.png', 'o/a.png'],
      'n/files/a.png',
    ],
  ])('by the end of its path: %s', async (_, path, text, there, asset) => {
    const { targets, said } = await linkNotes({ [path]: text }, { assets: there });
    expect(targets(path)).toMatchObject([{ kind: 'asset', asset: { path: asset } }]);
    expect(said).toEqual([]);
  });
  test('whose path only ends in the same letters is another', async () => {
    const { targets, said } = await linkNotes({ 'n.md': '![x](img/a.png)' }, { assets: ['big-img/a.png'] });
    expect(targets('n.md')).toEqual([{ kind: 'missing', suggestions: ['big-img/a.png'] }]);
    expect(said).toEqual(['link/file posts/n.md:1:1']);
  });
  test('of public/ and pages of the site, from its root', async () => {
    const { targets, said } = await linkNotes(
      { 'a.md': '---\ntags: [检测]\n---\n![x](/logo.svg) [t](/tags/检测/) [n](/posts/a) [i](/)' },
      { publicFiles: ['logo.svg'] },
    );
    expect(
      targets('a.md')
        .map((t) => t.kind !== 'missing' && 'url' in t && t.url)
        .sort(),
    ).toEqual(['/', '/logo.svg', '/posts/a/', '/tags/检测/'].sort());
    expect(said).toEqual([]);
  });
  test('that nothing uses are not on the site', async () => {
    expect((await linkNotes({ 'a.md': 'x' }, { assets })).site.assets).toEqual([]);
  });
});

describe('backlinks', () => {
  test('bring every sentence once, newest note first, none of the note itself', async () => {
    const { note } = await linkNotes({
      'fpn.md': '---\ndate: 2020-01-01\n---\n见 [[fpn]]。',
      'old.md': '---\ndate: 2020-02-01\n---\n第一句 [[fpn]] 与 [x](fpn.md)。没有。第二句 [[fpn]]。',
      'new.md': '---\ndate: 2021-02-01\n---\n脚注[^1]。\n\n[^1]: 在脚注 [[fpn]] 里。\n',
    });
    const { backlinks } = note('fpn.md');
    expect(backlinks.map((b) => [b.from, b.contexts.length])).toEqual([
      ['new.md', 1],
      ['old.md', 2],
    ]);
    expect(JSON.stringify(backlinks[1]!.contexts[0]!.html)).toContain('第一句');
    expect(JSON.stringify(backlinks[1]!.contexts)).not.toContain('没有');
  });
  test('an embed brings the sentence that announces it, or says which part it shows', async () => {
    const { note } = await linkNotes({
      'fpn.md': '## 节 $x$\n\n一段。 ^one\n',
      'a.md': '先说别的。看这里：\n\n![[fpn#^one]]\n',
      'b.md': '没有引出。\n\n![[fpn#节 $x$]]\n',
      'c.md': '没有引出。\n\n![[fpn]]\n',
    });
    const { backlinks } = note('fpn.md');
    expect(backlinks.map((b) => [b.from, b.contexts.map((c) => c.html)])).toEqual([
      ['a.md', [['看这里：', { ref: 0 }]]],
      ['b.md', [[{ ref: 0 }]]],
      ['c.md', []],
    ]);
  });
  test('drafts leave none', async () => {
    const { note } = await linkNotes({ 'a.md': 'x', 'd.md': '---\ndraft: true\n---\n[[a]]' });
    expect(note('a.md').backlinks).toEqual([]);
  });
});

test('of more than a hundred embeds of a page, the rest are links, and told of once', async () => {
  const { said } = await linkNotes({ 'a.md': 'x', 'b.md': '![[a]]\n\n'.repeat(102) });
  expect(said).toEqual(['embed/too-many posts/b.md:201:1']);
});
