/** YAML that would take the parser forever, or down, is refused at its place; what only looks like it is not. */

import { expect, test } from 'vitest';
import { parseYaml } from '../src/yaml.ts';

const said = (text: string) =>
  parseYaml(text).errors.map((e) => `${e.span.line}:${e.span.column} ${e.message}`);

test.each([
  ['brackets', '['.repeat(60_000), 97],
  ['few brackets', `a: ${'['.repeat(300)}`, 98],
  // Twenty thousand of them ended the process, whoever had started it.
  ['items in items', `${'- '.repeat(20_000)}a`, 193],
  ['keys of keys', `${'? '.repeat(20_000)}a`, 193],
  ['values of nothing', `${': '.repeat(20_000)}a`, 193],
])('case 4: %s nested too deeply', (_, text, column) => {
  expect(said(text)).toEqual([`1:${column} the YAML is nested too deeply`]);
});

test('case 4: blocks nested too deeply, by their indentation', () => {
  const text = Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
  expect(said(text)).toEqual(['96:97 the YAML is nested too deeply']);
});

test('brackets in quotes, comments, blocks and plain text nest nothing', () => {
  const many = '[{'.repeat(300);
  const text = `a: "${many}"\nb: ['${many}', x]\nc: |\n  ${many}\nd: x${'[['.repeat(50)} # ${many}\n`;
  expect(parseYaml(text)).toMatchObject({
    errors: [],
    root: { entries: [{ value: { text: many } }, { value: { items: [{ text: many }, {}] } }, {}, {}] },
  });
});

test('nesting up to 32 levels is taken, in blocks and in brackets', () => {
  const blocks = Array.from({ length: 31 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
  const filler = `# ${'x'.repeat(1000)}\n`;
  for (const text of [`${blocks} b`, `${'['.repeat(31)}b${']'.repeat(31)}`])
    for (const all of [text, filler + text]) expect(said(all)).toEqual([]);
});

test('case 4: many aliases and many errors are cut short', () => {
  expect(said(`- &a x\n${'- *a\n'.repeat(1000)}`)).toEqual(['102:3 the YAML expands to too many values']);
  expect(said(`[${','.repeat(2000)}]`)).toHaveLength(20);
  expect(said('!'.repeat(60_000))[0]!.length).toBeLessThan(250);
  expect(said('a'.repeat(70_000))).toEqual(['1:1 the YAML is too long']);
});
