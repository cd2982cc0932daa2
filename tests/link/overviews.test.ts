import { expect, test } from 'vitest';
import { link } from '../../src/link/link.ts';
import type { BibEntry } from '../../src/model.ts';
import type { NotePath } from '../../src/paths.ts';
import { compareCells } from '../../templates/client/sort-table.ts';
import { compileText } from '../support/notes.ts';

const OPTIONS = {
  permalink: '/posts/:slug/',
  timezone: '+08:00',
  perPage: 10,
  publish: 'all' as const,
  drafts: false,
  lang: 'zh-CN',
  markdown: false,
  search: true,
  og: {},
};

async function site(notes: Record<string, string>, keys: string[] = []) {
  const indexes = [];
  for (const [path, text] of Object.entries(notes)) indexes.push((await compileText(text, path)).index);
  const entries = keys.map((key, i): BibEntry => {
    const place = { line: i + 1, column: 1, length: 1 };
    return {
      key,
      paper: { title: `Title of ${key}`, authors: [], year: 2000 + i },
      file: 'papers.bib',
      place,
    };
  });
  return link(indexes, OPTIONS, { bibliography: entries });
}
const note = (s: Awaited<ReturnType<typeof site>>, path: string) => s.notes.get(path as NotePath)!;

test('relations lead to notes and papers, and are seen from both ends', async () => {
  const s = await site(
    {
      'a.md': '---\ntitle: A\ncategories: [检测]\nbuilds-on: [b, old2000]\nimproves: [Title of New]\n---\n',
      'b.md': '---\ntitle: B\npaper: {title: "BNet: a net", year: 2017}\n---\n',
    },
    ['old2000', 'new'],
  );
  expect(s.diagnostics).toEqual([]);
  expect(note(s, 'a.md').neighbours).toEqual([
    { kind: 'builds-on', incoming: false, title: 'B', lang: 'zh-CN', url: '/posts/b/' },
    { kind: 'builds-on', incoming: false, title: 'Title of old2000', url: '/papers/old2000/' },
    { kind: 'improves', incoming: false, title: 'Title of new', url: '/papers/new/' },
  ]);
  expect(note(s, 'b.md').neighbours).toEqual([
    { kind: 'builds-on', incoming: true, title: 'A', lang: 'zh-CN', url: '/posts/a/' },
  ]);
  expect(s.graph.nodes).toMatchObject([
    { url: '/papers/new/', topic: '检测', year: 2001 },
    { url: '/papers/old2000/', topic: '检测', year: 2000 },
    { url: '/posts/a/', topic: '检测' },
    { url: '/posts/b/', label: 'BNet', year: 2017 },
  ]);
});

test('an unknown relation is reported at its line, with what is near', async () => {
  const s = await site({ 'a.md': '---\ntitle: A\nuses: [old200]\n---\n' }, ['old2000']);
  expect(s.diagnostics).toMatchObject([
    { id: 'relation/unknown', file: 'posts/a.md', line: 3, hint: 'did you mean “old2000”?' },
  ]);
});

test('a page is no node: not when a relation names it, nor when it reads the paper that one names', async () => {
  const s = await site(
    {
      'a.md': '---\ntitle: A\nbuilds-on: [about]\nuses: [k]\n---\n',
      'about.md': '---\ntitle: About\ntype: page\n---\n',
      'survey.md': '---\ntitle: Survey\ntype: page\npaper: {title: Title of k, key: k}\n---\n',
    },
    ['k'],
  );
  expect(s.diagnostics).toMatchObject([
    {
      id: 'relation/unknown',
      file: 'posts/a.md',
      line: 3,
      hint: 'posts/about.md is a page: relations join notes and papers',
    },
  ]);
  expect(s.graph.nodes.map((n) => n.url)).toEqual(['/papers/k/', '/posts/a/']);
  expect(s.graph.edges).toEqual([{ from: '/posts/a/', to: '/papers/k/', kind: 'uses' }]);
});

/** Values as notes write them, the lowest first; what is no number is last. */
const VALUES = [
  '−3.1',
  '-2',
  '3e-3',
  '1.2e−2',
  '0.2 ± 4',
  '.5',
  '+1.0',
  '2.50E+0',
  '≈ 9.5',
  '12.3M',
  '42.0',
  '43.5±0.2',
  '1,024',
  '1.1e3',
  'n/a',
];

test('results are ordered by the numbers that are written', async () => {
  const values = VALUES.toReversed().map((v) => `  - {dataset: D, metric: M, value: "${v}"}`);
  const block = (order: string) => `\`\`\`results\ndataset: D\nmetric: M\n${order}\`\`\`\n\n`;
  const s = await site({
    'a.md': `---\nresults:\n${values.join('\n')}\n---\n${block('order: ascending\n')}${block('')}`,
  });
  const tables = s.notes
    .get('a.md' as NotePath)!
    .targets.map((t) => t.kind === 'results' && t.rows.map((r) => r.result.value));
  const falling = [...VALUES.slice(0, -1).toReversed(), 'n/a'];
  expect(tables).toEqual([VALUES, falling]);
  // And by the button of their column.
  expect(VALUES.toReversed().sort((a, b) => compareCells(a, b, true, 1))).toEqual(VALUES);
  expect(VALUES.toSorted((a, b) => compareCells(a, b, true, -1))).toEqual(falling);
});

test('the button of a column of words orders words, numbers in them by their size', () => {
  const words = ['', '12 epochs', '500 epochs', 'R-50', 'R-101', 'Swin-L'];
  expect(words.toReversed().sort((a, b) => compareCells(a, b, false, 1))).toEqual(words);
  expect(words.toSorted((a, b) => compareCells(a, b, false, -1))).toEqual(words.toReversed());
});

test('results are gathered across notes, the best first', async () => {
  const results = (values: string[]) =>
    `---\nresults:\n${values.map((v) => `  - {dataset: COCO, metric: AP, value: ${v}}`).join('\n')}\n---\n`;
  const s = await site({
    'a.md': results(['"42.0"', 'n/a']),
    'b.md': results(['9.5', '"1,024"']),
    'c.md':
      '```results\ndataset: coco\nmetric: ap\n```\n\n```results\ndataset: COCO\nmetric: AP\norder: ascending\n```\n\n```results\ndataset: COCO\nmetric: APP\n```\n\n```results\ndataset: COCO\n```\n',
  });
  const rows = note(s, 'c.md').targets.map((t) =>
    t.kind === 'results' ? t.rows.map((r) => r.result.value) : t.kind,
  );
  expect(rows).toEqual([['1,024', '42.0', '9.5', 'n/a'], ['9.5', '42.0', '1,024', 'n/a'], 'missing']);
  expect(s.diagnostics).toMatchObject([{ id: 'results/none', line: 12, hint: 'did you mean “COCO · AP”?' }]);
});

test('near notes share citations, tags or terms; an unrelated note changes nothing', async () => {
  const notes = {
    'a.md': '---\ntitle: A\ntags: [检测]\n---\n[@x2000; @y2000] RoIAlign 与 ResNet-50',
    'b.md': '---\ntitle: B\ntags: [检测]\n---\n[@x2000; @y2000] RoIAlign',
    'c.md': '---\ntitle: C\ntags: [检测]\n---\n只有标签',
    'd.md': '---\ntitle: D\ntags: [检测]\n---\n[[a]] [@x2000; @y2000]',
  };
  const before = await site(notes, ['x2000', 'y2000']);
  expect(note(before, 'a.md').related).toEqual([
    { path: 'b.md', cites: 2, links: 0, tags: ['检测'], terms: ['RoIAlign'] },
    { path: 'd.md', cites: 2, links: 0, tags: ['检测'], terms: [] },
  ]);
  // It links to A already.
  expect(note(before, 'd.md').related.map((r) => r.path)).toEqual(['b.md']);
  const after = await site({ ...notes, 'z.md': '---\ntitle: Z\ntags: [别的]\n---\n不相干' }, [
    'x2000',
    'y2000',
  ]);
  for (const path of Object.keys(notes))
    expect(note(after, path).related).toEqual(note(before, path).related);
});

test('a series runs from the oldest note to the newest', async () => {
  const s = await site({
    'a.md': '---\nseries: 检测 入门\ndate: 2021-02-01\n---\n',
    'b.md': '---\nseries: 检测 入门\ndate: 2021-01-01\n---\n',
    'c.md': '---\nseries: 检测 入门\ndate: 2021-03-01\n---\n',
  });
  expect(s.series).toMatchObject([{ url: '/series/检测-入门/', notes: ['b.md', 'a.md', 'c.md'] }]);
  expect(note(s, 'a.md').series).toMatchObject({ position: 2, count: 3, before: 'b.md', after: 'c.md' });
  expect(note(s, 'b.md').series).not.toHaveProperty('before');
});

test('question callouts are gathered with a title of their own, under an id of their own', async () => {
  const s = await site({
    'a.md':
      '> [!question] 为什么 $x$\n> 第一问。\n\n> [!note]\n> 不是。\n\n> [!question]-\n> 第二问。 ^why\n\n' +
      '> [!faq]- **只有**标题\n\n> [!question] 疑问\n> 第四问。\n',
  });
  const { questions, math } = note(s, 'a.md').index;
  expect(questions.map((q) => q.id)).toEqual(['question-1', 'question-2', 'question-3', 'question-4']);
  expect(questions.map((q) => q.html)).toEqual([
    [
      expect.stringMatching(/^<p>为什么 $/),
      expect.anything(),
      expect.stringMatching(/^<\/p>\s*<p>第一问。<\/p>\s*$/),
    ],
    expect.not.arrayContaining([expect.stringContaining('疑问')]),
    ['<p><strong>只有</strong>标题</p>'],
    [expect.stringMatching(/^\s*<p>第四问。<\/p>\s*$/)],
  ]);
  expect(Object.keys(math)).toEqual(['0']);
});

test('of the tags beside a tag, the five most frequent are named, equal ones by address', async () => {
  const beside = [...'hgfedcba'].flatMap((name, i) => Array<string>(1 + (i % 3)).fill(name));
  const notes = Object.fromEntries(
    beside.map((name, i) => [`${i}.md`, `---\ntags: [main, ${name}, main/below]\n---\nx`]),
  );
  const linked = await site(notes);
  const main = linked.tags.find((t) => t.url === '/tags/main/')!;
  const counts = [...'abcdefgh'].map((name) => ({ name, count: beside.filter((n) => n === name).length }));
  const wanted = counts.sort((x, y) => y.count - x.count || (x.name < y.name ? -1 : 1)).slice(0, 5);
  expect(main.seenWith!.map((t) => ({ name: t.names.join('/'), count: t.count }))).toEqual(wanted);
});

test('ids of terms differ in more than their case, for disks and readers that fold it', async () => {
  const s = await site({ 'a.md': 'IoU (one):: first.\n\nIOU (two):: second.\n' });
  expect(s.glossary.map((term) => term.id)).toEqual(['IoU', 'IOU-2']);
});

test('one thing of each of three kinds says more than five of one kind', async () => {
  const s = await site(
    {
      'n.md': '---\ntags: [a, b, c, d, e, f]\n---\n[[x]] [@k2000]\n',
      'five-tags.md': '---\ntags: [a, b, c, d, e]\n---\n',
      'three-kinds.md': '---\ntags: [f]\n---\n[[x]] [@k2000]\n',
      'x.md': '# X',
    },
    ['k2000'],
  );
  expect(note(s, 'n.md').related.map((r) => r.path)).toEqual(['three-kinds.md', 'five-tags.md']);
});
