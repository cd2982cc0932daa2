/** What is said of a paper, the same wherever it is said. */

import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
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

test('a PDF on arXiv has one address, encoded', async () => {
  const { page } = await pagesOf('title: T, arxiv: "arXiv:hep-th/9 1"');
  const pdf = 'https://arxiv.org/pdf/hep-th/9%201';
  expect(page.paper.links).toContainEqual({ label: 'PDF', href: pdf });
  expect(page.meta).toContainEqual(['citation_pdf_url', pdf]);
  expect(page.meta).toContainEqual(['citation_arxiv_id', 'hep-th/9 1']);
});
