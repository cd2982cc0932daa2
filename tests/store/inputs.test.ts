/**
 * What a page shows of other files, one thing a row: when that alone changes, the page changes, and the build in place
 * is the build of a clean folder. Random edits (incremental.test.ts) seldom change so little.
 */

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, put } from '../support/folder.ts';
import { png, snapshot } from '../support/sites.ts';
import { lendCompiled } from './templates.ts';

const note = (front: string, body: string) => `---\n${front}\n---\n\n${body}\n`;

const FILES: Record<string, string | Uint8Array> = {
  'postil.yml':
    'title: T\nurl: https://example.org/\nmarkdown: true\ncitation: true\nlang: en\nmath: {macros: {\\R: x}}\n',
  'posts/papers.bib':
    '@article{wang2020, title={Old Title}, author={Wang, Li and Smith, John}, year={2020}, journal={J}}\n' +
    '@article{zhou2021, title={Cited Within}, author={Zhou, An}, year={2021}, journal={K}}\n',
  'posts/alpha.md': note(
    'title: Alpha\ndate: 2024-01-01\ntags: [seen]\npaper: {title: P, key: p1, authors: [A B], year: 2019}',
    'Before the link [[beta]] after it, and [@wang2020].\n\n$$\na^2 \\label{eq:a}\n$$\n\n## Head\n\nOf widgets.',
  ),
  'posts/beta.md': note(
    'title: Beta\ndate: 2024-01-02\nseries: S\nbuilds-on: "[[alpha]]"',
    'It shows a widget and [[alpha#eq:a]].\n\n![[gamma#Part]]\n\n![dots](dots.png)',
  ),
  'posts/gamma.md': note(
    'title: Gamma study\ndate: 2024-01-03\ntags: [seen]\nseries: S\nlang: en',
    '## Part\n\nA passage that cites [@zhou2021].[^1]\n\n[^1]: A footnote.',
  ),
  'posts/delta.md': note(
    'title: 第四\ndate: 2024-01-04\nlang: zh-CN\ntranslationOf: gamma',
    'The words Gamma study stand here, unlinked.\n\n> [!question] Why so?\n\n![[alpha#Head]]',
  ),
  'posts/seen.md': note('title: seen\ntype: tag', 'An introduction with a widget.\n\n![[gamma#Part]]'),
  'posts/res.md': note(
    'title: Res\ndate: 2024-01-05\nresults: [{dataset: D, metric: M, value: 1}]\ncover: dots.png',
    'See [[Named so]] and $\\R$.',
  ),
  'posts/named.md': note(
    'title: Named so\ndate: 2024-01-06',
    'A note.\n\n**widget**:: a thing that turns.\n\n```results\ndataset: D\nmetric: M\n```',
  ),
  'posts/dots.png': png(20, 10),
  'templates/strings/fr.ts': "export default { contents: 'Sommaire' };\n",
};

let site: string;
let built: ReturnType<typeof snapshot>;

/** Builds in place and in a clean copy, and compares. @returns what was there before, and what is there now */
async function rebuild() {
  const before = built;
  const options = { jobs: 1, base: '/' };
  const here = await build({ site, out: join(site, 'dist'), ...options });
  const clean = folderOf();
  cpSync(site, clean, { recursive: true, filter: (path) => !/[\\/](?:\.postil|dist)$/.test(path) });
  await lendCompiled(clean);
  const there = await build({ site: clean, out: join(clean, 'dist'), ...options });
  expect(here.diagnostics).toEqual(there.diagnostics);
  expect(here.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  expect([here.published, there.published]).toEqual([true, true]);
  built = snapshot(join(site, 'dist'));
  expect([...built]).toEqual([...snapshot(join(clean, 'dist'))]);
  return { before, after: built };
}

beforeAll(async () => {
  site = folderOf(FILES);
  await lendCompiled(site);
  await rebuild();
}, 60_000);

test.each<[what: string, page: string, file: string, from: string, to: string | Uint8Array]>([
  ['the title of a translation', 'posts/delta/', 'gamma.md', 'title: Gamma study', 'title: Gamma study II'],
  ['the language of a translation', 'posts/delta/', 'gamma.md', 'lang: en', 'lang: fr'],
  ['the words around a link', 'posts/beta/', 'alpha.md', 'after it', 'behind it'],
  ['a citation in the words around a link', 'posts/beta/', 'papers.bib', 'Wang, Li', 'Wu, Li'],
  ['a citation in a passage', 'posts/beta/', 'papers.bib', 'Zhou, An', 'Zhu, An'],
  ['a footnote of a passage', 'posts/beta/', 'gamma.md', 'A footnote.', 'Another one.'],
  ['the number of an equation', 'posts/beta/', 'alpha.md', '$$\na^2', '$$\nb \\label{eq:b}\n$$\n\n$$\na^2'],
  ['the meaning of a term', 'posts/beta/', 'named.md', 'that turns', 'that stands'],
  ['a term’s meaning, on a tag’s page', 'tags/seen/', 'named.md', 'that stands', 'that falls'],
  ['a passage, on a tag’s page', 'tags/seen/', 'gamma.md', 'A passage', 'The passage'],
  ['a citation in a passage, on a tag’s page', 'tags/seen/', 'papers.bib', 'Zhu, An', 'Zheng, An'],
  ['the introduction of a tag', 'tags/seen/', 'seen.md', 'An introduction', 'The introduction'],
  ['the name of one of a tag', 'tags/seen/', 'alpha.md', 'title: Alpha', 'title: Alpha one'],
  ['the name of the next of a series', 'posts/beta/', 'gamma.md', 'Gamma study II', 'Gamma'],
  ['the name of what is built on', 'posts/beta/', 'alpha.md', 'Alpha one', 'Alpha two'],
  ['the year of a paper, on the map', 'graph/', 'alpha.md', 'year: 2019', 'year: 2018'],
  ['the words around a name', 'posts/named/', 'delta.md', 'stand here, unlinked', 'stand. Named so is here'],
  ['a passage in a passage', 'posts/delta/', 'alpha.md', 'Of widgets', 'Of all widgets'],
  ['a passage’s note’s name', 'posts/delta/', 'alpha.md', 'Alpha two', 'Alpha three'],
  ['the size of a picture', 'posts/beta/', 'dots.png', '', png(30, 10)],
  ['what another note is called: a link to it ends', 'posts/res/', 'named.md', 'Named so', 'Called so'],
  [
    'a name that a link waits for',
    'posts/res/',
    'alpha.md',
    'tags: [seen]',
    'tags: [seen]\naliases: [Named so]',
  ],
  ['an address', 'posts/res/', 'alpha.md', 'aliases:', 'slug: first\naliases:'],
  ['a question', 'questions/', 'delta.md', 'Why so', 'Why not'],
  ['a result', 'posts/named/', 'res.md', 'value: 1', 'value: 2'],
  ['a citation, in the feed', 'atom.xml', 'papers.bib', 'Wu, Li', 'Wei, Li'],
  ['a paper’s title', 'papers/wang2020/', 'papers.bib', 'Old Title', 'New Title'],
  ['a date, on the index', '', 'res.md', 'date: 2024-01-05', 'date: 2023-01-05'],
  ['the site’s name', 'posts/beta/', '../postil.yml', 'title: T', 'title: U'],
  ['the site’s language', 'posts/beta/', '../postil.yml', 'lang: en', 'lang: zh-CN'],
  ['a macro', 'posts/res/', '../postil.yml', '\\R: x', '\\R: y'],
  ['a word of a language', 'posts/gamma/', '../templates/strings/fr.ts', 'Sommaire', 'Contenu'],
])(
  '%s',
  async (_, page, name, from, to) => {
    const file = join('posts', name);
    if (typeof to === 'string') {
      const text = readFileSync(join(site, file), 'utf8');
      expect(text).toContain(from);
      put(
        site,
        file,
        text.replace(from, () => to),
      );
    } else put(site, file, to);
    const { before, after } = await rebuild();
    const path = page.endsWith('.xml') ? page : `${page}index.html`;
    expect(before.has(path)).toBe(true);
    expect(after.get(path)).not.toEqual(before.get(path));
  },
  30_000,
);
