/** Hexo's tags as the import writes them: each page says what it says when the tags stay and their dialect is on. */

import { describe, expect, test } from 'vitest';
import { hexoToMarkdown } from '../../src/compile/hexo-markdown.ts';
import { compileText } from '../support/notes.ts';
import { readable } from '../support/readable.ts';

const convert = (text: string) =>
  hexoToMarkdown(
    text,
    (file) => file,
    (name) => (/#p|^no$/.test(name) ? undefined : `${name}.md`),
  );

async function pageOf(text: string, dialects: ('hexo' | 'obsidian')[]): Promise<string> {
  const note = await compileText(text, 'note.md', { dialects });
  const html = note.sections.map((s) => readable(s.body, note)).join('\n');
  // References are counted in another order; a line of white space says nothing.
  return html.replace(/«(ref|open|close|math) \d+/g, '«$1').replace(/[\s⏎]+/g, ' ');
}

/** `[text, Markdown]` */
const SAME: [string, string][] = [
  ['{% note info %}\n框内\n{% endnote %}\n框外。\n', '> [!info]\n> 框内\n\n框外。\n'],
  [
    '- 甲\n  {% codeblock lang:js %}\n  let a\n\n  b\n  {% endcodeblock %}\n- 乙\n\n**后文**\n',
    '- 甲\n  ```js\n  let a\n\n  b\n  ```\n- 乙\n\n**后文**\n',
  ],
  [
    '```\n{% codeblock lang:py %}\nprint(1)\n{% endcodeblock %}\n```\n\n**后文**\n',
    '```\n{% codeblock lang:py %}\nprint(1)\n{% endcodeblock %}\n```\n\n**后文**\n',
  ],
  [
    '1. 步骤\n\n   {% note info %}\n   框\n\n   - 列\n   {% endnote %}\n\n2. 第二步\n',
    '1. 步骤\n\n   > [!info]\n   > 框\n   >\n   > - 列\n\n2. 第二步\n',
  ],
  [
    '{% note info %}\n外\n{% note danger %}\n内\n{% endnote %}\n外尾\n{% endnote %}\n',
    '> [!info]\n> 外\n> > [!danger]\n> > 内\n>\n> 外尾\n',
  ],
  ["{% note blue 'fas fa-bullhorn' modern %}\n- 列表\n{% endnote %}\n", '> [!info]\n>\n> - 列表\n'],
  ['- {% note info %}\n  框\n  {% endnote %}\n- 乙\n', '- > [!info]\n  > 框\n- 乙\n'],
  ['- {% note info %}\n  框\n  {% endnote %}\n后文\n', '- > [!info]\n  > 框\n\n后文\n'],
  ['> {% note info %}\n> 框\n> {% endnote %}\n> 后\n', '> > [!info]\n> > 框\n>\n> 后\n'],
  ['> 引\n\n{% cq %}\n甲\n{% endcq %}\n{% cq %}\n乙\n{% endcq %}\n', '> 引\n\n> 甲\n\n> 乙\n'],
  ['> 引\n{% cq %}\n甲\n{% endcq %}\n', '> 引\n\n> 甲\n'],
  [
    '{% blockquote Carion, ECCV 2020 %}\n端到端。\n{% endblockquote %}\n后\n',
    '> 端到端。\n>\n> —— Carion, ECCV 2020\n\n后\n',
  ],
  [
    '{% blockquote Carion, ECCV https://example.org/a_(b) 题 [1] %}\n端到端。\n{% endblockquote %}\n',
    '> 端到端。\n>\n> —— Carion, ECCV [题 \\[1\\]](https://example.org/a_(b))\n',
  ],
  ['{% note danger %}里面 `{% endnote %}` 一行{% endnote %}\n', '> [!danger]\n> 里面 `{% endnote %}` 一行\n'],
  [
    '{% note %}\n{% codeblock 题 lang:md mark:1,3 line_number:true %}\n```\n> a\n\n```\n{% endcodeblock %}\n尾\n{% endnote %}\n',
    '> [!note]\n>\n> ````md title="题" {1,3} linenos\n> ```\n> > a\n>\n> ```\n> ````\n> 尾\n',
  ],
  ['甲\n{% raw %}\n乙\n{% endraw %}\n\n{% raw %}$y$ 与 z{% endraw %}\n', '甲\n\n乙\n\n$y$ 与 z\n'],
  [
    '{% raw %}\n<div align="center">\n{% asset_img a.png 图 %}\n</div>\n{% endraw %}\n',
    '<div align="center">\n<img src="a.png" alt="图">\n</div>\n\n',
  ],
  ['<img src="{% asset_path p.png %}"> 文\n', '<img src="p.png"> 文\n'],
  [
    '{% post_link "有 空格" %} {% post_link "有 空格" "别 名" %} {% asset_link "p q.pdf" "下 [载]" %}\n',
    '[[有 空格]] [[有 空格|别 名]] [下 \\[载\\]](p%20q.pdf)\n',
  ],
  ['| a |\n| --- |\n| {% post_link n1 别名 %} |\n', '| a |\n| --- |\n| [[n1\\|别名]] |\n'],
  ['{% link 谷歌 https://google.com/%E4%BD%A0_(x) %}\n', '[谷歌](https://google.com/%E4%BD%A0_(x))\n'],
  ['{% youtube lJIrF4YjHfQ %}\n', '<https://www.youtube.com/watch?v=lJIrF4YjHfQ>\n'],
  ['{% img /a.png 300 图 %}\n', '![图](/a.png){width=300}\n'],
  [
    '`{% note %}` 与 `` {% raw %} ``\n\n    {% note %}\n',
    '`{% note %}` 与 `` {% raw %} ``\n\n    {% note %}\n',
  ],
  ['[^a]: {% note info %}\n    框\n    {% endnote %}\n\n文[^a]\n', '[^a]: > [!info]\n      > 框\n\n文[^a]\n'],
  ['<div>\n  {% raw %}\n    <p>甲</p>\n  {% endraw %}\n</div>\n', '<div>\n    <p>甲</p>\n</div>\n'],
  ['> 甲\n> {% raw %}\n乙\n', '> 甲\n>\n乙\n'],
];

describe('the same page', () => {
  test.each(SAME)('%j', async (text, markdown) => {
    expect(convert(text).text).toBe(markdown);
    expect(await pageOf(markdown, [])).toBe(await pageOf(text, ['hexo']));
  });
});

describe('what stays is named', () => {
  test.each([
    [
      '正文 {% note info %}行内{% endnote %} 尾。\n',
      [
        '{% note %} stays as text: the tag “note” is known, but not as it is used here; write {% note %} and {% endnote %} on lines of their own',
        '{% endnote %} stays as text: the tag “endnote” is known, but not as it is used here; write {% note %} and {% endnote %} on lines of their own',
      ],
    ],
    [
      '{% tabs x %}\n甲\n{% endtabs %}\n\n<p>{% tabs x %}</p>\n<!-- {% some %} -->\n',
      [
        '{% tabs %} is no tag that Postil knows; it stays as text',
        '{% endtabs %} is no tag that Postil knows; it stays as text',
      ],
    ],
    ['{% codeblock %}\n没有关闭\n', ['{% codeblock %} is never closed and stays as text']],
    [
      '{% img %} 与 {% note %}\n',
      [
        '{% img %} stays as text: the tag “img” is known, but not as it is used here; write it as {% img picture.png %}',
        '{% note %} stays as text: the tag “note” is known, but not as it is used here; write {% note %} and {% endnote %} on lines of their own',
      ],
    ],
    ['`{% tabs %}` {{ x }} {% 不是标签 %}\n\n```\n{% tabs %}\n```\n', []],
  ])('%j', (text, left) => {
    const done = convert(text);
    expect(done.text).toBe(text);
    expect(done.left).toEqual(left);
  });
});

test('counts tags by name, and says what links name in vain', () => {
  const { used, dead } = convert(
    '{% img a.png %} {% img b.png %}{% raw %}x{% endraw %}\n\n{% cq %}\n{% post_link n1 %} {% post_link no#p %}\n{% endcq %}\n',
  );
  expect([...used]).toEqual([
    ['img', 2],
    ['raw', 1],
    ['cq', 1],
    ['post_link', 2],
  ]);
  expect(dead).toEqual(['no#p']);
});

test('a link to a note that Hexo calls otherwise names its file', () => {
  const { text } = hexoToMarkdown(
    '{% post_link hello %} {% post_link jekyll#x 别 %} [a]({% post_path hello %})',
    (file) => file,
    (name) => ({ hello: '../a/hello-2021.md', jekyll: '2021-01-02-jekyll.md' })[name],
  );
  expect(text).toBe('[[hello-2021]] [[jekyll#x|别]] [a](../a/hello-2021.md)');
});

test.each([
  ['{% post_link "c sharp #1" %}', '[c sharp #1](c%20sharp%20%231.md)'],
  ['<a href="{% post_path n1 %}">文</a>', '<a href="n1.md">文</a>'],
  ['{% post_link n1 "a|b" %}', '[a|b](n1.md)'],
  ['{% post_link n1#part 别名 %}', '[[n1#part|别名]]'],
  ['[x]({% asset_path p.png %}) ![]({% asset_path p(1.png %})', '[x](p.png) ![](p%281.png)'],
  ['<img src="{% asset_path "p q.png" %}">', '<img src="p%20q.png">'],
])('%s', (text, markdown) => {
  expect(convert(text).text).toBe(markdown);
});

test('a text that nests too deeply stays', () => {
  const text = `${'> '.repeat(20_000)}{% note %}\n`;
  expect(convert(text).text).toBe(text);
}, 60_000);
