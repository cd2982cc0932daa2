/**
 * What src/compile/direct.ts reads without remark-parse is what remark-parse would have made of it, places included:
 * held by the repository's notes and cases, by CommonMark's examples, and by random text made of the
 * pieces that could be read in two ways.
 */

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Root } from 'mdast';
import { describe, expect, test } from 'vitest';
import { mayHaveEmail } from '../src/compile/autolinks.ts';
import { readDirectly } from '../src/compile/direct.ts';
import { splitFrontMatter } from '../src/compile/front-matter.ts';
import { makePipeline } from '../src/compile/pipeline.ts';
import { NO_PLUGINS } from '../src/compile/plugins.ts';
import { commonmark, gfm } from './conformance/examples.ts';

const LONG = process.env.POSTIL_LONG === '1';

/** Where a site has plugins, though it be none, nothing is read directly. */
const pipelines = [true, false].map((emails) =>
  makePipeline(['obsidian', 'hexo', 'hugo'], emails, { ...NO_PLUGINS }),
);

/** Reads a text in both ways. `left` is what the direct reader gave to remark-parse. */
function read(text: string) {
  const pipeline = pipelines[mayHaveEmail(text) ? 0 : 1]!;
  const parse = (part: string) => pipeline.parse(part) as Root;
  const left: string[] = [];
  const direct = readDirectly(text, (part) => {
    left.push(part);
    return parse(part);
  });
  if (!direct) left.push(text);
  return { direct, expected: parse(text), left };
}

/** Without fields that are `undefined`, which nobody can tell from fields that are not there. */
const plain = (tree: unknown) => JSON.parse(JSON.stringify(tree)) as unknown;

function parses(text: string): boolean {
  try {
    pipelines[1]!.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @returns whether the text was read directly, and the same */
function same(text: string): boolean {
  const { direct, expected } = read(text);
  if (direct) expect(plain(direct)).toEqual(plain(expected));
  return direct !== undefined;
}

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => splitFrontMatter(readFileSync(`${folder}/${name}`, 'utf8'), name).body);
}

describe('reading directly', () => {
  test.each([
    ['a paragraph with formulas', '匈牙利匹配 $C_4$ 与 $O(n^2)$，**语义**则不同；*em* 与 `code`。'],
    ['a paragraph of several lines', '第一行\n第二行，$x$\n(third) line'],
    [
      'links',
      '见 [[笔记 9|别名]]、[@he2016resnet, §3; @b]、[文](https://a.org/x_y?z=1#k) 和 ![图](a/b.png)。',
    ],
    [
      'a figure and captions',
      '![图](a/b.png "标题，一") {#fig:x width=60%}\n\n: 表的题注 {#tab:y}\n\n[文](u "t")',
    ],
    ['an embed', '![[note#section]]'],
    ['blanks and nothing else below a definition', ': 释\n \n      \n\n'],
    ['headings, one right above text', '# 一 $x$\n\n## Two `c`\ntext'],
    [
      'formulas',
      '$$\n\\begin{aligned}\na &= b \\\\\n\n  c\n\\end{aligned}\n$$\n\n$$x = \\frac12$$\n\n文字\n$$\ny\n$$\n文字',
    ],
    ['code', '```python {1,3} title="a b"\ndef f():\n\treturn 1\n\n```\n\n````\n```\n````\nx'],
    ['lists', '文字：\n- 一 $x$\n- **二**：三\n\n二\n\n3) a\n4) b\n\n三\n\n* c'],
    ['a table', '| 模型 | AP | x |\n|---|---:|:-:|\n| R50 | 40.5 | $a$ |\n| `c` | [[n]] | **b** |'],
    ['the end of an excerpt', '一\n\n<!-- more -->\n\n二'],
    ['signs that are only themselves', '5% 和 3~5，a=b，snake_case，50 & 60，x^2，{a}，12:30，@某人！'],
  ])('%s', (_, text) => {
    const { direct, expected, left } = read(text);
    expect(left).toEqual([]);
    expect(plain(direct)).toEqual(plain(expected));
  });

  test('only what is not plain is left to remark-parse', () => {
    const { left } = read('一\n\n> 二\n\n三\n\n- 四\n\n  五\n\n六\n\n    七\n\n八\n\n九');
    expect(left).toEqual(['> 二\n\n', '- 四\n\n  五\n\n六\n\n    七\n\n八\n\n']);
  });

  test.each([
    ['a definition', '[a]\n\n[a]: b'],
    ['a fence in a list, which may go on', '- a\n\n  ```\n\n  b\n\n  ```\n\nc'],
    ['a comment of more than one paragraph', '%%\na\n\nb\n%%'],
    ['a formula that opens behind text', '损失：$$\nL = a\n$$\n\n文字\n\n损失：$$\nM = b\n$$'],
    ['more of a definition below it', '词\n: 释义\n\n    续\n\n后'],
    ['a definition that begins with a list', '词\n: - 甲\n  - 乙\n\n后'],
    ['a formula that a blank line has torn', '损失 $$\na = b\n\nc = d\n$$\n\n文字'],
    ['raw HTML', '<pre>\na\n\n**b**\n</pre>'],
  ])('a note with %s is left whole', (_, text) => {
    expect(read(text).left).toEqual([text]);
  });

  // Each asks where something ends, again and again.
  test.each([
    ['fences that nothing closes', '```a\n'.repeat(20_000)],
    ['fences whose end has a blank behind it', `${'```a\n'.repeat(20_000)}\`\`\` \n`],
    ['formulas on one line', '$a$ '.repeat(100_000).trim()],
    ['paragraphs with an opening bracket', '[[a\n\n'.repeat(20_000)],
    ['items far apart', `- a${'\n'.repeat(500)}`.repeat(200)],
  ])('case 28: %s are read in one pass', (_, text) => {
    const started = process.cpuUsage();
    readDirectly(text, () => ({ type: 'root', children: [] }));
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(2000);
  });

  test('the notes and the cases of this repository', () => {
    const texts = ['posts', 'tests/compile', ...(LONG ? ['docs', 'tests/site'] : [])].flatMap(markdownBelow);
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) if (text.length < 100_000) same(text);
  });

  test('the examples of CommonMark and GFM', () => {
    for (const { markdown } of [...commonmark, ...gfm]) same(markdown);
  });

  const inline = fc.constantFrom(
    ...['中', '文字', 'a', 'B1', ' ', '9', '**', '*', '_', '`', '$', '$$', '$x$', '$5', '[[a]]', '![[b]]'],
    ...[
      '[@k]',
      '[@k](u)',
      '[@k]:',
      '[@k][@j]',
      '[t](u)',
      '[t]',
      '![p](q.png)',
      '![p](q "t")',
      '[a](b "c")',
      '{#fig:a}',
      '"',
      '，',
      '。',
      '（',
      '“',
      '~',
      '~~',
      '=',
    ],
    ...[
      '==',
      '%',
      '%%',
      ':',
      '\\',
      '\\(',
      '<b>',
      '&',
      '&amp;',
      '|',
      '#',
      '#tag',
      'http://a.b',
      'www.a.b',
      '@',
    ],
    ...[
      'x@y.z',
      '^',
      '^[n]',
      '{',
      '{% raw %}',
      '{{',
      '!',
      '\n',
      '  \n',
      '\n ',
      '\t',
      '\u3000',
      '\u00a0',
      '😀',
      '[ ] ',
    ],
  );
  const start = fc.constantFrom(
    ...[
      '',
      '',
      '',
      '',
      '# ',
      '## ',
      '#',
      '- ',
      '* ',
      '+ ',
      '1. ',
      '2) ',
      '> ',
      '| ',
      '    ',
      ' ',
      '  ',
      '\t',
      '```',
    ],
    ...[
      '~~~',
      '$$',
      '%%',
      '<!-- x -->',
      '<div>',
      '</div>',
      '<pre>',
      '---',
      '===',
      ': ',
      ':',
      '|---|---|',
      '| a | b |',
    ],
    ...['[^1] ', '- [ ] ', '\\[', '\\begin{align}', '{% note %}', '****', '\u3000\u3000', '!['],
  );
  const line = fc.tuple(start, fc.array(inline, { maxLength: 6 })).map(([s, parts]) => s + parts.join(''));
  const text = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n\n', '\n\n', '\n \n')), { maxLength: 8 })
    .map((lines) => lines.flat().join(''));

  test('random text', () => {
    let direct = 0;
    fc.assert(
      fc.property(text, (t) => {
        try {
          if (same(t)) direct++;
        } catch (error) {
          // What the development build of a library refuses (`*`, then `[ ] `) has no tree to compare with.
          if (parses(t)) throw error;
        }
      }),
      { numRuns: LONG ? 100_000 : 400 },
    );
    expect(direct).toBeGreaterThan(50);
  });
});
