/** YAML that would take the parser forever, or down, is refused at its place; what only looks like it is not. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnyYaml, parseYaml } from '../src/yaml.ts';
import { readPlainYaml } from '../src/yaml-direct.ts';

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

test.each([
  ['title: A\n  date: 2021-01-01\n', ['2:3 this field does not begin in the column of those before it']],
  ['title: "A"\n  date: 3', ['2:3 this field does not begin in the column of those before it']],
  ['title: A: b: c\n', ['1:8 a value with “: ” in it needs quotes']],
  [
    'title: A: b\n  date: 3',
    [
      '1:8 a value with “: ” in it needs quotes',
      '2:3 this field does not begin in the column of those before it',
    ],
  ],
])('one fault is one error: %j', (text, errors) => expect(said(text)).toEqual(errors));

test('a value that needs quotes is written with them in the hint, unless it is long', () => {
  const hint = (text: string) => parseYaml(text).errors[0]!.hint;
  expect(hint('description: 关于 focal: 好 # x')).toBe('write description: "关于 focal: 好"');
  expect(hint("- a: \\b: it's")).toBe("write a: '\\b: it''s'");
  expect(hint(`a: b: ${'c'.repeat(200)}`)).toBe('write it in quotes');
});

test('case 4: many aliases and many errors are cut short', () => {
  expect(said(`- &a x\n${'- *a\n'.repeat(1000)}`)).toEqual(['102:3 the YAML expands to too many values']);
  expect(said(`[${','.repeat(2000)}]`)).toHaveLength(20);
  expect(said('a: '.repeat(21_000))).toHaveLength(1);
  expect(said(`a: b: c${' '.repeat(60_000)}d`)).toHaveLength(1);
  expect(said('!'.repeat(60_000))[0]!.length).toBeLessThan(250);
  expect(said('a'.repeat(70_000))).toEqual(['1:1 the YAML is too long']);
});

describe('plain YAML, read directly, is what the parser makes of it', () => {
  test.each([
    'title: 损失函数笔记 500\ndate: 2023-12-10\ntags: [多模态, t36, 分割, Transformer]\n',
    '\ntitle: A b，c（d）\ndate: 2021-02-28 21:00:00\nyear: 2017\nweight: 3',
    'slug: a-b\ntags: [ a,b , c d ]\nx: a, b [c] {d} !e @f %g | h > i & j * k - l ? m',
  ])('%s', (text) => {
    expect(readPlainYaml(text)).toBeDefined();
    expect(parseAnyYaml(text)).toEqual({ errors: [], root: readPlainYaml(text) });
  });

  const piece = fc.constantFrom(
    ...[
      'a',
      'b c',
      '中',
      'title',
      'tags',
      ': ',
      ':',
      ' ',
      ', ',
      '[',
      ']',
      '{',
      '}',
      '#',
      ' #',
      '"',
      "'",
      '\\',
      '&',
      '*',
    ],
    ...[
      '!',
      '%',
      '@',
      '`',
      '|',
      '>',
      '-',
      '- ',
      '? ',
      '.',
      '…',
      '1',
      '0',
      '12',
      '007',
      '1e3',
      '0x1f',
      '1_000',
      '.5',
      '~',
    ],
    ...[
      'null',
      'true',
      'Yes',
      'off',
      '2023-12-10',
      ' 21:00',
      '---',
      '...',
      '<<',
      '\t',
      '\u00a0',
      '\u3000',
      '\u2028',
      '\ufeff',
    ],
  );
  const plain = fc.constantFrom('a', 'b c', '中', '12', '2023-12-10', ', ');
  const part = fc.oneof(plain, plain, piece);
  const line = fc
    .tuple(
      fc.constantFrom('a: ', 'b: ', 'c-d: ', 'e_1: ', 'null: ', 'f:', '  ', '- ', ''),
      fc.array(part, { maxLength: 3 }),
    )
    .map(([key, parts]) => key + parts.join(''));
  const list = fc.array(part, { maxLength: 5 }).map((parts) => `g: [${parts.join('')}]`);
  const text = fc
    .tuple(fc.constantFrom('', '', '', '\n', '\n', '\n\n'), fc.array(fc.oneof(line, list), { maxLength: 3 }))
    .map(([before, lines]) => before + lines.join('\n'));

  test('random text', () => {
    let direct = 0;
    fc.assert(
      fc.property(text, (t) => {
        const root = readPlainYaml(t);
        if (!root) return;
        direct++;
        expect({ errors: [], root }).toEqual(parseAnyYaml(t));
      }),
      { numRuns: process.env.POSTIL_LONG === '1' ? 300_000 : 5_000 },
    );
    expect(direct).toBeGreaterThan(100);
  });
});
