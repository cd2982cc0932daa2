import { describe, expect, test } from 'vitest';
import { compileText } from './support/notes.ts';

async function said(text: string): Promise<string[]> {
  const { diagnostics } = await compileText(text);
  return diagnostics.map(
    (d) => `${d.severity} ${d.id} ${d.line}:${d.column} ${/line \d+/.exec(d.message)?.[0] ?? ''}`,
  );
}

describe('a comment that goes on over blocks is an error', () => {
  test.each([
    ['from paragraph to paragraph', '公开 %%私密\n\n私密%% 公开', '1:4 line 3'],
    ['from item to item', '- 公开 %%私密\n- 私密%% 公开', '1:6 line 2'],
    ['from the start of an item', '- %%私密\n- 私密%% 公开', '1:3 line 2'],
    ['out of a quote', '> %%私密\n\n私密%% 公开', '1:3 line 3'],
    ['from cell to cell', '| a | b |\n|---|---|\n| %%私密 | 私密%% |', '3:3 line 3'],
    ['from a heading', '# 公开 %%私密\n\n私密%% 公开', '1:6 line 3'],
    ['from a footnote', '公开[^1]\n\n[^1]: 公开 %%私密\n\n    私密%% 公开', '3:10 line 5'],
    ['from a caption', '![](x.png "公开 %%私密")\n\n私密%% 公开', '1:15 line 3'],
    ['from the text of a link', '[公开 %%私密](x)\n\n私密%% 公开', '1:5 line 3'],
    ['from a block of HTML', '<div>%%私密\n\n私密%%</div>', '1:6 line 3'],
    ['between elements', '<p>%%私密</p><p>私密%%</p>', '1:4 line 1'],
    ['to a comment below', '公开 %%私密\n\n公开 %%注释%%', '1:4 line 3'],
    ['from behind a digit', '公开 2020%%私密\n\n私密%% 公开', '3:3 line 1'],
    ['to behind a digit', '公开 %%私密\n\n私密 2020%% 公开', '1:4 line 3'],
  ])('%s', async (_, text, place) => {
    expect((await said(text)).filter((s) => s.startsWith('error'))).toEqual([
      `error comment/blocks ${place}`,
    ]);
  });
});

test.each([
  ['percent', '涨了 100%%。\n\n又涨了 200%%。\n\n见 %%注释%%。'],
  ['a sign alone', '%%注释%%在前。\n\n写作 %% 的。'],
  ['escaped signs', '写作 \\%% 的。\n\n%%注释%% 与 \\%%。'],
  [
    'code, formulas and addresses',
    '`%%` 与 https://example.org/%%20 与 <https://example.org/%%>\n\n%%注释%%',
  ],
  ['attributes and code in HTML', '<p title="%%">甲 <code>%%</code></p>\n\n<pre>\n%%\n</pre>\n\n%%注释%%'],
])('%s is none', async (_, text) => {
  expect(await said(text)).toEqual([]);
});
