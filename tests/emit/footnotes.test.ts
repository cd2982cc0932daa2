import { expect, test } from 'vitest';
import { byNumber, footnoteMark } from '../../src/emit/footnotes.ts';
import type { PrintContext } from '../../src/emit/print.ts';
import type { Url } from '../../src/paths.ts';

const COUNT = 300_000;

test('case 28: many footnotes: each mark finds its own without going through those before', () => {
  const numbers = Array.from({ length: COUNT }, (_, i) => i + 1);
  const context: PrintContext = {
    refs: [],
    targets: [],
    math: [],
    source: '/a/' as Url,
    here: '/a/' as Url,
    base: '/',
    lang: 'en',
    footnotes: byNumber(numbers.map((number) => ({ number, id: `fn-${number}`, refs: [], body: ['<ul>'] }))),
  };
  const marks = numbers.map((footnote) => footnoteMark({ footnote, use: 1 }, context, () => ''));
  expect(marks.at(-1)).toBe(
    `<sup class="fnref"><a id="fnref-${COUNT}" href="#fn-${COUNT}">${COUNT}</a></sup>`,
  );
  expect(footnoteMark({ footnote: COUNT + 1, use: 1 }, context, () => '')).toBe('');
}, 60_000);
