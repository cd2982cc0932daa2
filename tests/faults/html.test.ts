/** Case 17: HTML with which compiling once failed, as the full run of payload × position found it. */

import { expect, it } from 'vitest';
import { compileText } from '../support/notes.ts';

it.each([
  [
    'links that close each other, round a table with such a caption',
    '<a><a>\n| a | b |\n| --- | --- |\n\n: <a><a> {#tab:x}',
  ],
  [
    'a refused address in an element that nothing closes, in a caption',
    '![a](x.png "b <video src=javascript:alert(1)>")',
  ],
])('case 17: %s', async (_, text) => {
  const { diagnostics } = await compileText(text);
  expect(diagnostics.filter((d) => d.id === 'note/failed')).toEqual([]);
});

it('case 17: the refused address is told of at its place', async () => {
  const { diagnostics } = await compileText('One.\n\n![a](x.png "b <video src=javascript:alert(1)>")');
  expect(diagnostics.map((d) => [d.id, d.line])).toContainEqual(['html/unsafe-url', 3]);
});
