/** Points that a curve does without: the line through those that are left is the same to the eye. */

import { expect, test } from 'vitest';
import type { PlotSource } from '../../src/compile/draw/plot-source.ts';
import { thin } from '../../src/compile/draw/thin.ts';

const plot = (y: PlotSource['axes']['y']): PlotSource =>
  ({ axes: { x: { from: 0, to: 1, log: false }, y }, size: [400, 250] }) as unknown as PlotSource;

const points = (f: (x: number) => number | null) =>
  Array.from({ length: 161 }, (_, i) => ({ x: i / 160, y: f(i / 160) }));

test('a straight line needs its two ends', () => {
  expect(
    thin(
      points((x) => 2 * x),
      plot({ log: false }),
    ).map((p) => p.x),
  ).toEqual([0, 1]);
  expect(
    thin(
      points(() => 3),
      plot({ log: false }),
    ).map((p) => p.x),
  ).toEqual([0, 1]);
});

test('an interruption keeps its place and both its ends', () => {
  const kept = thin(
    points((x) => (x === 0.5 ? null : x)),
    plot({ log: false }),
  );
  expect(kept.map((p) => p.y)).toEqual([0, 79 / 160, null, 81 / 160, 1]);
});

test('no point that is left out lies farther from the line than a quarter of a pixel', () => {
  for (const [axis, f] of [
    [{ log: false }, (x: number) => Math.sin(9 * x)],
    [{ from: 0, to: 5, log: false }, (x: number) => -((1 - x) ** 2) * Math.log(x + 0.001)],
    [{ log: true }, (x: number) => Math.exp(-20 * x * x)],
  ] as const) {
    const all = points(f);
    const kept = thin(all, plot(axis));
    expect(kept.length).toBeLessThan(80);
    const at = (y: number) => ('from' in axis ? y / 5 : axis.log ? Math.log(y) / 20 : y / 2) * 250;
    for (const { x, y } of all) {
      const right = kept.findIndex((p) => p.x >= x);
      const [a, b] = [kept[Math.max(0, right - 1)]!, kept[right]!];
      const t = b.x === a.x ? 0 : (x - a.x) / (b.x - a.x);
      const off = at(y!) - (at(a.y!) + t * (at(b.y!) - at(a.y!)));
      const slope = b.x === a.x ? 0 : (at(b.y!) - at(a.y!)) / (400 * (b.x - a.x));
      expect(Math.abs(off) / Math.hypot(1, slope)).toBeLessThan(0.25);
    }
  }
});
