/** Formulas printed before the notes that hold them are compiled. */

import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { build } from '../src/build.ts';
import { compileBatch } from '../src/compile/batch.ts';
import { formulasIn, printAhead } from '../src/compile/formulas-ahead.ts';
import { printTex } from '../src/compile/print-tex.ts';
import type { NotePath } from '../src/paths.ts';
import { closePool } from '../src/threads/pool.ts';
import { folderOf } from './support/folder.ts';
import { snapshot } from './support/snapshot.ts';

vi.mock('../src/compile/print-tex.ts', { spy: true });
afterAll(closePool);

const options = { macros: { '\\R': '\\mathbb{R}' }, lang: 'en', dialects: [] };

/** What KaTeX is asked to print while `task` is at work. */
async function printed(task: () => unknown): Promise<string[]> {
  vi.mocked(printTex).mockClear();
  await task();
  return vi.mocked(printTex).mock.calls.map(([tex]) => tex);
}

const source = (path: string, text: string) => ({ path: path as NotePath, text, hash: path });

const ahead = (text: string, begun = new Int32Array(2)) =>
  printAhead({ sources: [source('ahead.md', text)], options, begun });

const compiled = (text: string) =>
  compileBatch({
    sources: [source('note.md', text)],
    options,
    drawn: {},
    begun: new Int32Array(new SharedArrayBuffer(4)),
    build: 0,
  });

test('a note prints no formula that was printed ahead', async () => {
  const text = [
    '---\ntitle: Formulas\n---\n',
    'Inline $a_1$, $ b_1 $ and $\\R^{31}$, of the price of $5 and $6: `$c_1$`.\n',
    '$$\nd_1 = \\begin{cases} 1 \\\\ 2 \\end{cases}\n$$\n',
    '$$ e_1 $$\n',
    '$$\n\\begin{align}\nf_1 &= 1\n\\end{align}\n$$\n',
    '```tex\n$g_1$\n```\n',
    '| A | B |\n|---|---|\n| $h_1$ | 1 |\n',
  ].join('\n');
  const all = [
    'a_1',
    'b_1',
    '\\R^{31}',
    'd_1 = \\begin{cases} 1 \\\\ 2 \\end{cases}',
    'e_1',
    '\\begin{align*}\nf_1 &= 1\n\\end{align*}',
    'h_1',
  ];
  expect(await printed(() => ahead(text))).toEqual(all);
  expect(await printed(() => compiled(text))).toEqual([]);
  expect(await printed(() => ahead(text))).toEqual([]);
});

test('a note with macros of its own has its formulas printed with these', async () => {
  const text = (macro: string) => `---\nmacros:\n  \\x: ${macro}\n---\n\n$\\x_{41}$\n`;
  expect(await printed(() => ahead(text('\\alpha')))).toEqual(['\\x_{41}']);
  expect(await printed(() => compiled(text('\\alpha')))).toEqual([]);
  expect(await printed(() => compiled(text('\\beta')))).toEqual(['\\x_{41}']);
});

test('what depends on the rest of its note waits for it', () => {
  const text = '$\\eqref{a}$ $$x \\label{a}$$ $\\gdef\\y{1}$ $\\newcommand{\\y}{2}$ $\\def\\y3$ $\\y$';
  expect([...formulasIn(text)].map((f) => f.tex)).toEqual(['\\y']);
});

test('what a note defines counts in it, whatever was printed ahead, and in no other', async () => {
  const text = '$\\newcommand{\\R}{r} \\R$ $\\R_{61}$\n';
  await printed(() => ahead(text));
  expect(await printed(() => compiled(text))).toContain('\\R_{61}');
  expect(await printed(() => compiled('$\\R_{61}$\n'))).toEqual([]);
});

test('nothing is printed once nobody needs it', async () => {
  const begun = new Int32Array(2);
  begun[1] = 1;
  expect(await printed(() => ahead('$i_1$', begun))).toEqual([]);
  expect(begun[0]).toBe(0);
});

test('signs that open nothing cost no time', () => {
  for (const sign of ['`', '``` `` ', '$', '$$ ', '\\$', '```\n', '$\\', '$`'])
    expect([...formulasIn(sign.repeat(100_000))].length).toBeLessThan(100_001);
});

test('a site is the same whether formulas are printed ahead or not', async () => {
  const kinds = [
    '$\\frac{1}{2}$ and $$x^2 \\label{eq:a}$$ see $\\eqref{eq:a}$',
    '$\\gdef\\z{7}\\z$, then $\\z$ and $\\R$',
    '$\\frac{1}$ is wrong, as is $\\unknown{1}$, $\\href{https://example.org}{x}$ may not be',
    '$$\n\\begin{align} a &= b \\tag{A} \\\\ c &= d \\end{align}\n$$',
  ];
  const files = Object.fromEntries(
    Array.from({ length: 120 }, (_, i) => [
      `posts/n${i}.md`,
      `---\ntitle: N${i}\n${i % 3 === 0 ? 'macros:\n  \\R: \\mathcal{R}\n' : ''}---\n\n$x_{${i}}$ ${kinds[i % 4]}\n\n${'集合预测。'.repeat(300)}\n`,
    ]),
  );
  const [one, three] = await Promise.all(
    [1, 3].map(async (jobs) => {
      const site = folderOf({
        'postil.yml': 'url: https://example.org/\nmath:\n  macros:\n    \\R: \\mathbb{R}\n',
        ...files,
      });
      const { diagnostics, published } = await build({ site, jobs });
      return { diagnostics, published, files: published && snapshot(join(site, 'dist')) };
    }),
  );
  expect(one?.diagnostics).not.toEqual([]);
  expect(three).toEqual(one);
});
