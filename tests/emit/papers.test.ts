/** What is said of a paper, the same wherever it is said. */

import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { Chrome } from '../../src/emit/chrome.ts';
import { indexPages } from '../../src/emit/list-pages.ts';
import { paperPages, papersPage } from '../../src/emit/papers.ts';
import { theme } from '../../templates/theme.ts';
import { CLIENT } from '../support/client.ts';
import { linkNotes } from '../support/site.ts';

async function pagesOf(paper: string) {
  const { site } = await linkNotes({ 'a.md': `---\ntitle: T\npaper: {${paper}}\n---\nx` });
  const chrome = new Chrome(readConfig('title: T', undefined).config, theme, {
    client: CLIENT,
    icon: undefined,
    keeps: false,
  });
  return {
    entry: indexPages(site, chrome)[0]!.view.entries[0]!,
    listed: papersPage(site, chrome).view.groups[0]!.papers[0]!,
    page: paperPages(site, chrome)[0]!.view,
  };
}

test('a paper without authors is by nobody, on every list', async () => {
  const { entry, listed, page } = await pagesOf('title: An Image is Worth, venue: ICLR, year: 2021');
  expect([entry.byline, listed.byline, page.description]).toEqual(['ICLR 2021', 'ICLR 2021', 'ICLR 2021']);
});

test('a paper is of the journal or conference that its note says, whatever the name of it', async () => {
  const { page } = await pagesOf('title: T, journal: Medical Image Analysis, year: 2020');
  expect(page.paper.bibtex).toMatch(/^@article\{.*journal = \{Medical Image Analysis\}/s);
  const said = await pagesOf('title: T, conference: Conference on Science and Nature, year: 2020');
  expect(said.page.paper.bibtex).toMatch(/^@inproceedings\{.*booktitle/s);
});

test('a name in Chinese characters is shown as it is said', async () => {
  const { page } = await pagesOf('title: T, authors: ["王, 小明", "李,四", "欧阳娜娜", "张三, 李四"]');
  expect(page.paper.authors).toEqual(['王小明', '李四', '欧阳娜娜', '张三, 李四']);
});

test.each([
  ['2005.12872', '10.1007/x_y'],
  ['arXiv: 2005.12872', 'doi:10.1007/x_y'],
  ['https://arxiv.org/abs/2005.12872', 'https://doi.org/10.1007/x_y'],
  ['http://www.arxiv.org/pdf/2005.12872.pdf', 'http://dx.doi.org/10.1007/x_y'],
  ['arxiv.org/html/2005.12872?a=b#S1', 'doi.org/10.1007/x_y'],
])('a paper has its identifiers, also where %s and %s are written', async (arxiv, doi) => {
  const { page } = await pagesOf(`title: T, arxiv: "${arxiv}", doi: "${doi}"`);
  expect(page.paper).toMatchObject({ arxiv: '2005.12872', doi: '10.1007/x_y' });
  expect(page.paper.links.map((l) => l.href)).toEqual([
    'https://arxiv.org/abs/2005.12872',
    'https://arxiv.org/pdf/2005.12872',
    'https://doi.org/10.1007/x_y',
  ]);
  expect(page.paper.bibtex).toMatch(/\{2005\.12872\}.*\{10\.1007\/x_y\}/s);
});

test('a DOI with signs of its own leads where it should, also where it is copied from an address', async () => {
  const doi = '10.1002/(SICI)1096<1::AID-A#1>3.0.CO;2-1';
  const address = 'https://doi.org/10.1002/(SICI)1096%3C1::AID-A%231%3E3.0.CO;2-1';
  for (const written of [doi, address]) {
    const { page } = await pagesOf(`title: T, doi: "${written}"`);
    expect(page.paper).toMatchObject({ doi });
    expect(page.paper.links).toEqual([{ label: 'DOI', href: address }]);
  }
});

test('a PDF on arXiv has one address, encoded', async () => {
  const { page } = await pagesOf('title: T, arxiv: "arXiv:hep-th/9 1"');
  const pdf = 'https://arxiv.org/pdf/hep-th/9%201';
  expect(page.paper.links).toContainEqual({ label: 'PDF', href: pdf });
  expect(page.meta).toContainEqual(['citation_pdf_url', pdf]);
  expect(page.meta).toContainEqual(['citation_arxiv_id', 'hep-th/9 1']);
});
