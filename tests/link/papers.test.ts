import { expect, test } from 'vitest';
import { link } from '../../src/link/link.ts';
import type { BibEntry, Paper } from '../../src/model.ts';
import type { NotePath } from '../../src/paths.ts';
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

/** Links notes written in the test, with a bibliography. */
async function site(notes: Record<string, string>, bibliography: (Partial<Paper> & { key: string })[] = []) {
  const indexes = [];
  for (const [path, text] of Object.entries(notes)) indexes.push((await compileText(text, path)).index);
  const entries = bibliography.map(
    (paper, i): BibEntry => ({
      key: paper.key,
      paper: { title: paper.key, authors: [], ...paper },
      file: 'posts/papers.bib',
      place: { line: i + 1, column: 1, length: 1 },
    }),
  );
  return link(indexes, OPTIONS, { bibliography: entries });
}

const targets = (s: Awaited<ReturnType<typeof site>>, path: string) => s.notes.get(path as NotePath)!.targets;

test('a paper whose identifiers are written as addresses is cited by them', async () => {
  const s = await site({
    'detr.md':
      '---\npaper: {title: DETR, arxiv: "https://arxiv.org/abs/2005.12872", doi: "https://doi.org/10.1007/x"}\n---\n',
    'a.md': '[@arxiv:2005.12872; @doi:10.1007/x]',
  });
  expect(targets(s, 'a.md')).toMatchObject([{ path: 'detr.md' }, { path: 'detr.md' }]);
});

test('a citation leads to the note on the paper, else to the paper’s page', async () => {
  const s = await site(
    {
      'detr.md': '---\npaper: {key: carion2020detr, title: DETR, arxiv: "2005.12872"}\n---\n',
      'a.md': '见 [@Carion2020DETR; @ren2015] 与 [@arxiv:2005.12872v3]。',
    },
    [{ key: 'carion2020detr', title: 'End-to-End', year: 2020, pages: '1–2' }, { key: 'ren2015' }],
  );
  expect(targets(s, 'a.md')).toMatchObject([
    // What the note says wins; what it does not say comes from the bibliography.
    {
      kind: 'paper',
      url: '/posts/detr/',
      path: 'detr.md',
      paper: { title: 'DETR', year: 2020, pages: '1–2' },
    },
    { kind: 'paper', url: '/papers/ren2015/' },
    { kind: 'paper', key: 'carion2020detr', url: '/posts/detr/' },
  ]);
  expect(s.papers.map((p) => [p.key, p.url, p.readBy, p.citedBy.map((b) => b.from)])).toEqual([
    ['carion2020detr', '/papers/carion2020detr/', ['detr.md'], ['a.md']],
    ['ren2015', '/papers/ren2015/', [], ['a.md']],
  ]);
  expect(s.notes.get('detr.md' as NotePath)!.backlinks.map((b) => b.from)).toEqual(['a.md']);
  expect(s.diagnostics).toEqual([]);
});

test('a paper without a key gets one, and is found by its arXiv id', async () => {
  const s = await site({
    'detr.md':
      '---\npaper: {title: End-to-End Detection, authors: Nicolas Carion, year: 2020, arxiv: "2005.12872"}\n---\n',
    'a.md': '[@arxiv:2005.12872]',
  });
  expect(s.papers.map((p) => p.key)).toEqual(['carion2020detection']);
  expect(targets(s, 'a.md')).toMatchObject([{ kind: 'paper', path: 'detr.md' }]);
});

test('of a note on one paper and a survey of many, the former is the paper’s note', async () => {
  const s = await site({
    'a-survey.md': '---\npapers: [{key: x, title: X}, {key: y, title: Y}]\n---\n',
    'b.md': '---\npaper: {key: x, title: X}\n---\n[@y]',
  });
  expect(s.papers.map((p) => [p.key, p.readBy])).toEqual([
    ['x', ['a-survey.md', 'b.md']],
    ['y', ['a-survey.md']],
  ]);
  expect(targets(s, 'b.md')).toMatchObject([{ path: 'a-survey.md' }]);
});

test('an unknown key is reported with the nearest ones, a key used twice with the first place', async () => {
  const s = await site({ 'a.md': '一句 [@carion2020der]。' }, [
    { key: 'carion2020detr' },
    { key: 'Carion2020DETR' },
  ]);
  expect(s.diagnostics.map((d) => [d.id, d.file, d.line, d.column, d.hint])).toEqual([
    ['bibliography/duplicate', 'posts/papers.bib', 2, 1, 'the first is at posts/papers.bib:1'],
    ['cite/unknown', 'posts/a.md', 1, 4, 'did you mean “carion2020detr”?'],
  ]);
});

test('an entry under another key of a paper that a note reads leads to the note', async () => {
  const s = await site(
    {
      'old.md': '---\npaper: {key: doe2020, title: Old}\n---\n[@zotero]',
      'chapter.md': '---\npaper: {key: one, title: One, doi: 10.1/book}\n---\n',
      'a.md': '[@zotero] [@arxiv:hep-th/9901001] [@doe2020] [@one-again] [@two]',
    },
    [
      { key: 'zotero', arxiv: 'hep-th/9901001v2' },
      { key: 'doe2020', arxiv: 'hep-th/9901001' },
      // A book's DOI is given for its chapters too.
      { key: 'two', title: 'Two', doi: '10.1/Book' },
      { key: 'one' },
      { key: 'one-again', title: 'One', doi: '10.1/Book' },
    ],
  );
  expect(targets(s, 'a.md').map((t) => t.kind === 'paper' && [t.key, t.url])).toEqual([
    ['zotero', '/posts/old/'],
    ['doe2020', '/posts/old/'],
    ['doe2020', '/posts/old/'],
    ['one-again', '/posts/chapter/'],
    ['two', '/papers/two/'],
  ]);
  expect(s.papers.map((p) => [p.key, p.readBy])).toEqual([
    ['doe2020', ['old.md']],
    ['one', ['chapter.md']],
    ['one-again', ['chapter.md']],
    ['two', []],
    ['zotero', ['old.md']],
  ]);
  expect(s.notes.get('old.md' as NotePath)!.backlinks.map((b) => b.from)).toEqual(['a.md']);
  expect(s.diagnostics).toEqual([]);
});

test('a venue of the note is where a preprint was published', async () => {
  const preprint = { kind: 'preprint', arxiv: '2005.12872', publisher: 'arXiv' } as const;
  const s = await site(
    {
      'a.md': '---\npaper: {title: A, venue: ECCV, arxiv: "2005.12872"}\n---\n',
      'b.md': '---\npaper: {key: b, title: B, venue: arXiv}\n---\n',
      'c.md': '---\npaper: {key: c, title: C, venue: ECCV}\n---\n',
    },
    [
      { key: 'a', ...preprint },
      { key: 'b', ...preprint, arxiv: '2005.12873' },
      { key: 'c', kind: 'book', publisher: 'Springer' },
    ],
  );
  expect(s.papers.map(({ paper }) => [paper.venue, paper.kind, paper.publisher])).toEqual([
    ['ECCV', undefined, undefined],
    ['arXiv', 'preprint', 'arXiv'],
    ['ECCV', 'book', 'Springer'],
  ]);
});

test('a key under which notes or the bibliography have another work is reported', async () => {
  const s = await site(
    {
      'a.md': '---\npaper: {key: wang2020large, title: A, arxiv: "2303.00001"}\n---\n',
      'b.md': '---\ndate: 2020-01-01\npaper: {key: Wang2020large, title: B, arxiv: "2303.00002"}\n---\n',
      'c.md': '---\npaper: {key: li2020deep, title: C, doi: 10.1/C}\n---\n',
      'c2.md': '---\npaper: {key: li2020deep, title: C, doi: 10.1/other}\n---\n',
      // A version, another spelling, arXiv's own DOI, a paper published after it was a preprint: the same.
      'd.md': '---\npaper: {key: same, title: D, arxiv: "2005.12872v3", doi: 10.1/D}\n---\n',
      'e.md': '---\npaper: {key: same, title: D, doi: 10.48550/arXiv.2005.12872}\n---\n',
    },
    [
      { key: 'li2020deep', doi: '10.1/other' },
      { key: 'same', arxiv: '2005.12872', doi: '10.1/d' },
    ],
  );
  expect(s.diagnostics.map((d) => [d.id, d.file, d.message, d.hint])).toEqual([
    [
      'paper/key',
      'posts/a.md',
      '“Wang2020large” is the key of another paper: its arXiv id or DOI differs',
      'the other is in posts/b.md: give one of the two another key, or mend its id',
    ],
    [
      'paper/key',
      'posts/c.md',
      '“li2020deep” is the key of another paper: its arXiv id or DOI differs',
      'the other is in posts/papers.bib:1: give one of the two another key, or mend its id',
    ],
  ]);
});

test('keys that make one address get two', async () => {
  const s = await site({ 'a.md': '' }, [{ key: 'a:b' }, { key: 'a/b' }]);
  const urls = s.papers.map((p) => p.url);
  expect(new Set(urls).size).toBe(2);
  expect(urls).toContain('/papers/a-b/');
});
