/** Limits of formulas, and what one note's macros do to the next: too large for a folder of `tests/compile/`. */

import { expect, test } from 'vitest';
import { compileText } from './support/notes.ts';

const ids = async (text: string) => (await compileText(text)).diagnostics.map((d) => d.id);

test('case 26: a formula longer than 10,000 characters is shown as source', async () => {
  const note = await compileText(`$$\n${'x+'.repeat(6000)}x\n$$\n`);
  expect(note.diagnostics).toMatchObject([{ id: 'math/too-long', line: 1, column: 1 }]);
  expect(note.math).toEqual([]);
  expect(note.sections[0]!.body.join('')).toContain('class="math-error"');
});

test('case 26: a formula nested too deeply is shown as source', async () => {
  expect(await ids(`$${'{'.repeat(2000)}${'}'.repeat(2000)}x$`)).toEqual(['math/too-deep']);
  expect(await ids(`$${'x^'.repeat(3000)}x$`)).toHaveLength(1);
});

test('forty rows of a hundred columns are drawn', async () => {
  const row = Array.from({ length: 100 }, () => '0').join('&');
  const note = await compileText(`$$\\begin{matrix}${Array(40).fill(row).join('\\\\')}\\end{matrix}$$`);
  expect(note.diagnostics).toEqual([]);
  expect(note.math).toHaveLength(1);
});

test('case 26: macros that a formula defines reach the formulas after it, and no other note', async () => {
  const first = await compileText('$\\gdef\\mine{\\mathbb{M}}\\mine$ 之后 $\\mine^n$');
  expect(first.diagnostics).toEqual([]);
  expect(first.math[1]).toContain('mathbb');
  const second = await compileText('$\\mine^n$');
  expect(second.diagnostics).toMatchObject([
    { id: 'math/invalid', message: 'Undefined control sequence: \\mine' },
  ]);
});

test('case 28: a line of unmatched dollars is parsed in no time', async () => {
  expect(await ids('$ a '.repeat(20_000))).toEqual([]);
});

test('case 28: ten thousand openings that nothing closes are read once each', async () => {
  // Each used to look for its end again: this took minutes.
  for (const sign of ['\\( ', 'a \\[ ', '^[ ', 'a %%% ']) expect(await ids(sign.repeat(3000))).toEqual([]);
});

test('a tag that is a formula is told in words where it is referred to', async () => {
  const note = await compileText('$$ a = b \\tag{$\\star$}\\label{eq:a} $$\n\n由 \\ref{eq:a}。');
  expect(note.index.labels).toMatchObject([{ name: 'eq:a', number: '⋆' }]);
});

test('a comment that ends a formula is reported in every note that has it', async () => {
  for (let i = 0; i < 2; i++) {
    const { diagnostics } = await compileText('$$\nx % why\n$$\n\n$$ x % why $$');
    expect(diagnostics).toMatchObject([{ id: 'math/comment', line: 5, column: 6 }]);
  }
});
