/**
 * Case 28: signs that begin something, tens of thousands of times, where what they begin is Postil's own or was once
 * looked for again and again. Each takes a part of a second; looked for from each of them anew, minutes.
 */

import { expect, it, test } from 'vitest';
import { codeKey, drawingKeys } from '../../src/drawings.ts';
import { compileText } from '../support/notes.ts';

const INPUTS: Record<string, string> = {
  'blanks between two words': `a${' '.repeat(200_000)}b`,
  'blanks before brackets of attributes': `![a](b.png)${' '.repeat(100_000)}{${' '.repeat(100_000)}`,
  'blanks in brackets of attributes': `# a {${' '.repeat(100_000)}}`,
  tabs: '\t'.repeat(100_000),
  'line ends': '\n'.repeat(100_000),
  'one Chinese line': '字'.repeat(200_000),
  'openers of shortcodes': '{{< a '.repeat(17_000),
  tags: '#a/'.repeat(20_000),
  'dollars, one more each time': Array.from({ length: 500 }, (_, i) => `e${'$'.repeat(i + 1)}`).join(''),
  'full stops in a host': `http://a${'.'.repeat(20_000)}b`,
  'exclamation marks in a path': `http://a/${'!'.repeat(20_000)}b`,
  'brackets in a path': `http://a/${']'.repeat(20_000)}b`,
  'references in a path': `http://a/${'&a;'.repeat(10_000)}b`,
  instructions: '<?'.repeat(20_000),
  'character data': '<![CDATA['.repeat(20_000),
  declarations: '<!X'.repeat(20_000),
  remarks: '<!-- a -->'.repeat(80_000),
};

it.each(Object.entries(INPUTS))(
  'case 28: %s',
  async (_, text) => {
    const note = await compileText(text, 'note.md', { dialects: ['obsidian', 'hexo', 'hugo'] });
    expect(note.diagnostics).toEqual([]);
  },
  60_000,
);

// Asked of every note before it is parsed, where no limit watches.
test('case 28: fences, never closed, have no keys', () => {
  const text = '```results\n'.repeat(100_000);
  expect(drawingKeys(text)).toEqual([]);
  expect(drawingKeys(`${text}~~~ js\na\n~~~\n`)).toEqual([codeKey('js', 'a')]);
}, 60_000);

it.each(['[[a', '字^[字'])(
  'case 28: %s, never closed: one message, with little of its line',
  async (opener) => {
    const note = await compileText(opener.repeat(20_000), 'note.md');
    expect(note.diagnostics).toHaveLength(1);
    const [found] = note.diagnostics;
    expect(found!.hint).toMatch(/; the same at (?:1:\d+, ){11}1:\d+ and 19987 more$/);
    expect(found!.frame!.lines.join('').length).toBeLessThan(1000);
  },
);

test('case 28: a note nested too deeply is told of, and has an empty page', async () => {
  const { diagnostics, sections } = await compileText(`${'> '.repeat(8000)}a`, 'deep.md');
  expect(diagnostics).toMatchObject([{ id: 'note/too-deep', severity: 'error', file: 'posts/deep.md' }]);
  expect(sections.flat()).toEqual([]);
});
