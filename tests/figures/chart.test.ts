/** What a plot shows: ticks, marks and names at their places. */

import { expect, test } from 'vitest';
import { drawPlot } from '../../src/compile/draw/plot.ts';
import { compileText } from '../support/notes.ts';

function drawn(source: string) {
  const result = drawPlot(source);
  if (!('svg' in result)) throw new Error(result.message);
  const { svg } = result;
  const all = (pattern: RegExp) => [...svg.matchAll(pattern)].map((m) => m.slice(1).map(Number));
  return {
    ...result,
    texts: [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((m) => m[1]),
    dots: all(/<circle cx="([\d.-]+)" cy="([\d.-]+)"/g),
    bars: all(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)" fill/g),
    curves: [...svg.matchAll(/<path d="([^"]*)"[^>]* stroke-width="2"/g)].map((m) => m[1]!),
  };
}

test('points stand where their values are', () => {
  const { dots, texts } = drawn('points:\n a, b\n 0, 0\n 5, 50\n 10, 100\nsize: 200 x 100\nlegend: none');
  expect(dots).toEqual([
    [0, 100],
    [100, 50],
    [200, 0],
  ]);
  expect(texts).toEqual(['0', '2', '4', '6', '8', '10', '0', '20', '40', '60', '80', '100', 'a']);
});

test('a logarithmic axis takes as much room for each power of ten', () => {
  const { dots } = drawn(
    'points:\n a, b\n 1, 1\n 10, 10\n 100, 100\nx = 1 .. 100 log\ny = 1 .. 100 log\nsize: 200 x 100\nlegend: none',
  );
  expect(dots).toEqual([
    [0, 100],
    [100, 50],
    [200, 0],
  ]);
});

test('bars of a row stand side by side, and reach from zero both ways', () => {
  const { bars } = drawn('bars:\n m, A, B\n x, 2, -2\n y, 1, 0\nsize: 200 x 100\nlegend: none');
  expect(bars.map(([x, , width]) => [x, width])).toEqual([
    [10, 40],
    [110, 40],
    [50, 40],
    [150, 40],
  ]);
  expect(bars.map(([, y, , height]) => [y, height])).toEqual([
    [0, 50],
    [25, 25],
    [50, 50],
    [50, 0],
  ]);
});

test('an empty cell and a pole interrupt a line', () => {
  expect(drawn('lines:\n a, b\n 1, 1\n 2, -\n 3, 1\n 4, 2').curves[0]!.match(/M/g)).toHaveLength(2);
  expect(drawn('1/x\nx = -1 .. 1\ny = -5 .. 5').curves[0]!.match(/M/g)!.length).toBeGreaterThan(1);
});

test('years have no thousands and nothing between them', () => {
  const { texts } = drawn('lines:\n 年, 数\n 2015, 12000\n 2019, 61000\nlegend: none');
  expect(texts).toEqual(expect.arrayContaining(['2015', '2016', '2019', '20,000', '年']));
  expect(texts.filter((t) => /2,01|\.5/.test(t!))).toEqual([]);
});

test('what an axis cannot show is left out, and told of when it cannot be meant', async () => {
  const cut = drawn('points:\n a, b\n 1, 5\n 2, 50\nx = 0 .. 3\ny = 0 .. 10\nlegend: none');
  expect(cut.dots).toHaveLength(1);
  const log = drawn('points:\n a, b\n 1, 0\n 2, 10\nx = 1 .. 3\ny = 1 .. 100 log\nlegend: none');
  expect(log.dots).toHaveLength(1);
  expect(log.warnings).toHaveLength(1);
  const source = 'points:\n a, b\n 1, 0\n 2, 10\ny = 1 .. 100 log';
  const { diagnostics } = await compileText(`x\n\n\`\`\`plot\n${source}\n\`\`\`\n`);
  expect(diagnostics).toMatchObject([
    { id: 'drawing/doubtful', line: 3, column: 1, message: expect.stringContaining('logarithmic') },
  ]);
});

test.each([
  ['one value', 'points:\n a, b\n 1, 5'],
  ['no value', 'lines:\n a, b\n 1, -'],
  ['a constant', '0\nx = 0 .. 1'],
  ['a curve that is nowhere', 'sqrt(-1)\nx = 0 .. 1'],
  ['huge and tiny numbers', 'points:\n a, b\n 1e-300, 1e300\n 1e300, -1e300'],
  ['names with signs of XML', 'points:\n <a>, "&b\u0001\n 1, 2'],
])('%s is drawn, and no place is unknown', (_, source) => {
  expect(drawn(source).svg).not.toMatch(/NaN|Infinity|undefined|[\u0001]/);
});
