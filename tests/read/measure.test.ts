/** What is read from the bytes of a picture. */

import { expect, test } from 'vitest';
import { measure } from '../../src/read/measure.ts';

const svg = (inner: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">${inner}</svg>`);

test('an SVG with colours for the dark is known by its style', () => {
  const style = '<style>@media screen and (prefers-color-scheme: dark) { rect { fill: #eee } }</style>';
  expect(measure('a/b.svg', svg(style))).toEqual({ width: 40, height: 30, themed: true });
});

test.each([
  ['a drawing for paper', svg('<rect width="9" height="9"/>')],
  ['one that only speaks of it', svg('<text>@media (prefers-color-scheme: dark)</text>')],
])('%s keeps its plate', (_, bytes) => {
  expect(measure('a.svg', bytes)).toEqual({ width: 40, height: 30 });
});

test('what is no picture has no size', () => {
  expect(measure('a.svg', Buffer.from('no'))).toBeUndefined();
});

test.each([
  ['rules that are never opened', `<style>${'@media '.repeat(40_000)}</style>`],
  ['tags that are never closed', '<style '.repeat(40_000)],
])('%s are looked through once', (_, text) => {
  const started = process.cpuUsage();
  expect(measure('a/b.svg', svg(text))).toEqual({ width: 40, height: 30 });
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(1000);
});
