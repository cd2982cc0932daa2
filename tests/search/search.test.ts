/** From notes to what a reader finds: the index as it is written, read by the code that runs in the browser. */

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Page } from '../../src/emit/page.ts';
import { refTexts } from '../../src/emit/print.ts';
import type { Site } from '../../src/model.ts';
import { sectionTexts } from '../../src/search/note-text.ts';
import { searchable } from '../../src/search/note-words.ts';
import { SEARCH_FOLDER, type SearchOptions, type SearchSource, searchPages } from '../../src/search/pages.ts';
import { SearchEngine } from '../../templates/client/search-engine.ts';
import { compileText } from '../support/notes.ts';
import { linkNotes } from '../support/site.ts';

const HOST = 'https://search.test/';
let served = new Map<string, string>();
let fetched: string[] = [];
vi.stubGlobal('fetch', async (address: string) => {
  const path = decodeURIComponent(address.slice(address.startsWith(HOST) ? HOST.length : 1));
  fetched.push(path);
  const text = served.get(path);
  return text === undefined ? new Response('', { status: 404 }) : new Response(text);
});
afterEach(() => {
  fetched = [];
});

const options: SearchOptions = { base: '/', engine: 'test', refTexts: (note) => refTexts(note, 'zh-CN') };

/** Notes, linked, and what search needs of them. */
async function sourceOf(notes: Record<string, string>): Promise<{ site: Site; source: SearchSource }> {
  const { site } = await linkNotes(notes);
  const made = new Map<string, ReturnType<typeof searchable>>();
  for (const [path, text] of Object.entries(notes)) made.set(path, searchable(await compileText(text, path)));
  const source: SearchSource = {
    key: (path) => JSON.stringify(made.get(path)),
    words: async (path) => made.get(path)!.words,
    sections: async (path) => made.get(path)!.sections,
  };
  return { site, source };
}

async function printed(pages: Page[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(pages.map(async (p) => [p.path, String(await p.render())] as const)));
}

/** The files of the index of some notes. */
async function indexOf(notes: Record<string, string>): Promise<Map<string, string>> {
  const { site, source } = await sourceOf(notes);
  return printed(await searchPages(site, source, options));
}

/** What is found: each note's title with the sections, in order. */
async function find(query: string, engine = new SearchEngine(`${HOST}${SEARCH_FOLDER}`)): Promise<string[]> {
  const { notes } = await engine.search(query);
  return notes.flatMap((n) => n.hits.map((h) => `${n.title}${h.section && ` / ${h.section}`}`));
}

const NOTES = {
  'detr.md': `---
title: DETR-note
date: 2021-05-16
tags: [目标检测]
aliases: [检测变换器]
description: 集合预测，不要锚框。
paper: {title: End-to-End Object Detection with Transformers, authors: [Nicolas Carion], venue: ECCV, year: 2020, arxiv: "2005.12872"}
---

开头的一段，见 [[RetinaNet-note]]。

## 匈牙利匹配

一对一匹配迫使每个物体只有一个查询；$\\mathrm{softmax}\\left( Q K^\\top / \\sqrt{d} \\right)$ 是注意力。

## 代价

ResNet-50 上 AP 为 42.0，全角的ＤＥＴＲ也算。
`,
  'retinanet.md': `---
title: RetinaNet-note
date: 2021-04-06
---

容易的负样本太多[^1]。

## 焦点损失

分段简介：$-(1-p_t)^\\gamma \\log p_t$。价格 &lt;$5。

[^1]: 脚注里的话。
`,
  'about.md': '---\ntype: page\ntitle: 关于\n---\n这个网站。\n',
};

test('notes that have the formula come before those that have its letters as words', async () => {
  const words = '## FL 一\n\nFL p t\n\n## FL 二\n\nFL p t\n\n## FL 三\n\nFL p t\n';
  served = await indexOf({
    'a.md': `---\ntitle: 甲\ndate: 2022-01-01\n---\n\n${words}`,
    'b.md': '---\ntitle: 乙\ndate: 2020-01-01\n---\n\n## 损失\n\n$\\mathrm{FL}(p_t) = 1$\n',
  });
  expect((await find('FL(p_t)'))[0]).toBe('乙 / 损失');
});

describe('a reader finds', () => {
  test.each([
    ['a run of characters that spans words', '段简', ['RetinaNet-note / 焦点损失']],
    ['a longer one', '匹配迫使每', ['DETR-note / 匈牙利匹配']],
    ['one character', '锚', ['DETR-note']],
    ['the last character of a run', '介', ['RetinaNet-note / 焦点损失']],
    ['the beginning of a Latin word', 'resn', ['DETR-note / 代价']],
    ['full-width letters', 'ｄｅｔｒ', ['DETR-note', 'DETR-note / 代价']],
    ['an arXiv number, whole and begun', '2005.128', ['DETR-note']],
    ['an author and a venue', 'carion ECCV', ['DETR-note']],
    ['a tag', '#目标检测', ['DETR-note']],
    ['another name', '检测变换器', ['DETR-note']],
    ['a heading', '匈牙利', ['DETR-note / 匈牙利匹配']],
    ['a footnote', '脚注里', ['RetinaNet-note / 焦点损失']],
    ['a page', '网站', ['关于']],
    ['a formula however it is spaced', 'softmax(QK^T', ['DETR-note / 匈牙利匹配']],
    ['a part of a formula', '\\log p_t', ['RetinaNet-note / 焦点损失']],
    [
      'the name of a linked note, where it is linked and where it stands',
      'RetinaNet',
      ['RetinaNet-note', 'DETR-note'],
    ],
    ['words of the names with words of a section', 'DETR 代价', ['DETR-note / 代价']],
    ['nothing where characters stand apart', '匹配查询', []],
    ['nothing where letters of a formula stand apart', 'softmax(KQ', []],
    ['nothing that is not there', '没有这样的词语', []],
  ])('%s', async (_what, query, expected) => {
    served = await indexOf(NOTES);
    expect(await find(query)).toEqual(expected);
  });

  test('the place and the words around it', async () => {
    served = await indexOf(NOTES);
    const { notes, count } = await new SearchEngine(`${HOST}${SEARCH_FOLDER}`).search('迫使');
    expect(count).toBe(1);
    expect(notes[0]!.facts).toBe('ECCV 2020 · #目标检测');
    expect(notes[0]!.hits[0]).toMatchObject({
      href: '/posts/detr/?mark=%E8%BF%AB%E4%BD%BF#%E5%8C%88%E7%89%99%E5%88%A9%E5%8C%B9%E9%85%8D',
      snippet: ['一对一匹配', '迫使', expect.stringMatching(/^每个物体只有一个查询；/)],
    });
  });

  test('formulas around the words found, and those that were asked for, as letters', async () => {
    served = await indexOf({
      ...NOTES,
      'x.md':
        '---\ntitle: 关于 $x^2$\n---\n## 权重 $w_i$\n\n温度为 $\\tau$ 时，取 $\\frac{QK^\\top}{\\sqrt{d_k}}$；价格 \\$5 与 \\$6。',
    });
    const engine = new SearchEngine(`${HOST}${SEARCH_FOLDER}`);
    const one = async (query: string) =>
      (await engine.search(query)).notes.find((n) => n.title.includes('关于 x'))!;
    const named = await one('温度');
    expect(named.title).toBe('关于 x²');
    expect(named.hits[0]!.section).toBe('权重 wᵢ');
    expect(named.hits[0]!.snippet).toEqual(['', '温度', '为 τ 时，取 QKᵀ/√dₖ；价格 $5 与 $6。']);
    expect((await one('QK^T')).hits[0]!.snippet).toEqual([
      '温度为 τ 时，取 ',
      'QKᵀ/√dₖ',
      '；价格 $5 与 $6。',
    ]);
  });

  test('a formula only where all of it stands: the end of a command’s name is no letter', async () => {
    served = await indexOf({
      't.md':
        '---\ntitle: T\n---\n\n## 平方\n\n温度 $T$ 高时取 $T^2$。\n\n## 范数\n\n$\\tfrac12\\lVert u \\rVert_2^2 \\cdot 2 \\\\[4pt] 2$。',
    });
    const engine = new SearchEngine(`${HOST}${SEARCH_FOLDER}`);
    expect(await find('T^2', engine)).toEqual(['T / 平方']);
    expect((await engine.search('T^2')).notes[0]!.hits[0]!.snippet[1]).toBe('T²');
    expect(await find('\\rVert_2', engine)).toEqual(['T / 范数']);
    // A name that is still being typed.
    expect(await find('u \\rVe', engine)).toEqual(['T / 范数']);
    expect(await find('u \\r', engine)).toEqual([]);
  });

  test('a command that is set but not read marks formulas that have it, and no other', async () => {
    served = await indexOf({ 'f.md': '---\ntitle: F\n---\n\n## 分\n\n$N$ 个 fraction，写作 $\\frac ab$。' });
    const { notes } = await new SearchEngine(`${HOST}${SEARCH_FOLDER}`).search('\\frac');
    expect(notes[0]!.hits[0]!.snippet).toEqual(['N 个 fraction，写作 ', 'a/b', '。']);
  });

  test('what looks like a formula, where no formula has it, as it was typed in a text', async () => {
    served = await indexOf({
      's.md':
        '---\ntitle: S\n---\n\n## 计数\n\n时间 O(n)，`f(x)` 被调用，a+b=c。\n\n## 另\n\n若 n 与 o，x 与 f。',
    });
    for (const query of ['O(n)', 'f(x)', 'a+b=c'])
      expect([query, await find(query)]).toEqual([query, ['S / 计数']]);
    expect(await find('g(x)')).toEqual([]);
  });

  test('what a newer index has, though the page was opened before it', async () => {
    served = await indexOf(NOTES);
    const engine = new SearchEngine(`${HOST}${SEARCH_FOLDER}`);
    expect(await find('迫使', engine)).toEqual(['DETR-note / 匈牙利匹配']);
    served = await indexOf({ ...NOTES, 'new.md': '---\ntitle: 新\ndate: 2022-01-01\n---\n独一无二。' });
    expect(await find('独一无二', engine)).toEqual(['新']);
  });
});

describe('what a page shows is found as it is typed or pasted', () => {
  const SHOWN = {
    'detr.md': `---
title: DETR-note
date: 2021-05-16
paper: {key: carion2020detr, title: End-to-End Object Detection with Transformers, authors: [Nicolas Carion, Francisco Massa, Others], venue: ECCV, year: 2020, arxiv: "2005.12872", doi: 10.1007/978-3-030-58452-8_13}
---

一段。
`,
    'focal.md': String.raw`---
title: 难易
date: 2022-02-02
paper: {title: Focal Loss, authors: [Tsung-Yi Lin, Piotr Dollár, Łukasz Kaiser], venue: ICCV, year: 2017}
---

同类的还有 [@carion2020detr, Tab. 2]。

## 损失

由[[#eq:loss]]可知，参见[[kd]]的说法。

$$
L = \alpha (1-p_t)^\gamma \frac{QK^\top}{\sqrt{d_k}} \label{eq:loss}
$$

取 $\gamma=2$，$\varepsilon \leq \hat y$，$\|u\|_2 \to \log{x}$，核为 3×3。
`,
    'kd.md':
      '---\ntitle: 知识蒸馏\ndate: 2021-01-01\n---\n\n两个词 gamma 与 α；[@Carion2020DETR] 的 x 与 2，3 与 4。\n',
  };

  test.each([
    // Citations and references, with what stands around them.
    ['Carion et al. 2020', ['DETR-note', '难易', '知识蒸馏']],
    ['[Carion et al. 2020, Tab. 2]', ['难易']],
    ['Object Detection with Transformers', ['DETR-note', '难易', '知识蒸馏']],
    ['式 (1)', ['难易 / 损失']],
    ['由式 (1)可知', ['难易 / 损失']],
    ['参见知识蒸馏的说法', ['难易 / 损失']],
    // Formulas as letters; an author may have written the same sign otherwise.
    // As a sign or by its name; behind them, notes that have the words alone.
    ['γ=2', ['难易 / 损失', '知识蒸馏']],
    ['\\gamma=2', ['难易 / 损失', '知识蒸馏']],
    ['gamma=2', ['难易 / 损失', '知识蒸馏']],
    ['𝛾=2', ['难易 / 损失', '知识蒸馏']],
    ['(1-pₜ)^γ', ['难易 / 损失']],
    ['(1-p_t)^γ', ['难易 / 损失']],
    ['QKᵀ/√dₖ', ['难易 / 损失']],
    ['QK^T/\\sqrt{d_k}', ['难易 / 损失']],
    ['ε≤ŷ', ['难易 / 损失']],
    ['\\varepsilon\\le\\hat{y}', ['难易 / 损失']],
    ['‖u‖₂→log x', ['难易 / 损失']],
    ['取 γ=2', ['难易 / 损失']],
    // A sign in a formula and in a text.
    ['α', ['难易 / 损失', '知识蒸馏']],
    ['3×3', ['难易 / 损失']],
    ['3×4', []],
    ['x²', []],
    // Numbers of papers with what is printed around them.
    ['arXiv 2005.12872', ['DETR-note']],
    ['arXiv:2005.12872v3 [cs.CV]', ['DETR-note']],
    ['arXiv preprint arXiv:2005.12872', ['DETR-note']],
    ['2005.12872v3', ['DETR-note']],
    ['https://arxiv.org/abs/2005.12872', ['DETR-note']],
    ['https://www.arxiv.org/pdf/2005.12872v1.pdf', ['DETR-note']],
    ['10.48550/arXiv.2005.12872', ['DETR-note']],
    ['https://doi.org/10.1007/978-3-030-58452-8_13', ['DETR-note']],
    // Names, with their accents or without.
    ['Piotr Dollár', ['难易']],
    ['Dollar', ['难易']],
    ['Dolla\u0301r', ['难易']],
    ['lukasz kaiser', ['难易']],
  ])('%s', async (query, expected) => {
    served = await indexOf(SHOWN);
    expect(await find(query)).toEqual(expected);
  });

  test('around the words found too: citations and references as the page has them', async () => {
    served = await indexOf(SHOWN);
    const engine = new SearchEngine(`${HOST}${SEARCH_FOLDER}`);
    const snippets = async (query: string) =>
      (await engine.search(query)).notes.flatMap((n) => n.hits.map((h) => h.snippet.join('|')));
    expect(await snippets('同类的')).toEqual(['|同类的|还有 [Carion et al. 2020, Tab. 2]。']);
    expect(await snippets('可知')).toEqual([
      expect.stringMatching(/^由式 \(1\)\|可知\|，参见知识蒸馏的说法。/),
    ]);
    // What stands among the references alone, and a name that the note is found by.
    expect(await snippets('Object Detection with')).toEqual([
      'End-to-End |Object Detection with| Transformers · Carion et al…',
      'Nicolas Carion. End-to-End |Object Detection with| Transformers',
      'Nicolas Carion. End-to-End |Object Detection with| Transformers',
    ]);
    expect(await snippets('Dollar')).toEqual([expect.stringMatching(/Piotr \|Dollár\| · Łukasz Kaiser/)]);
  });

  test('the year beside a venue is the paper’s; a note on no paper has its day', async () => {
    served = await indexOf(SHOWN);
    const { notes } = await new SearchEngine(`${HOST}${SEARCH_FOLDER}`).search('Carion et al.');
    expect(notes.map((n) => [n.title, n.facts])).toEqual([
      ['DETR-note', 'ECCV 2020'],
      ['难易', 'ICCV 2017'],
      ['知识蒸馏', '2021-01-01'],
    ]);
  });
});

describe('notes that have the query as it was typed come before those that have its words', () => {
  const words = (text: string) => `## 一\n\n${text}\n\n## 二\n\n${text}\n\n## 三\n\n${text}\n`;

  test.each([
    ['AP_S', 'AP is a word, s is another.', 'Small ones are AP_S here.'],
    ['F.kl_div', 'F is a function; the div of kl.', '`F.kl_div` 默认会平均。'],
    ['GIoU 补上', 'GIoU 之外，另行补上。', '## GIoU 补上了什么\n\n空白。'],
    ['Hinton 等', 'Hinton 的想法等于如此。', 'Hinton 等人。'],
    ['GIoU补上', 'GIoU 之外，另行补上。', '## GIoU 补上了什么\n\n空白。'],
  ])('%s', async (query, apart, whole) => {
    served = await indexOf({
      'a.md': `---\ntitle: 甲\ndate: 2022-01-01\n---\n\n${words(apart)}`,
      'b.md': `---\ntitle: 乙\ndate: 2020-01-01\n---\n\n${words('另外。')}\n\n${whole}\n`,
    });
    const { notes } = await new SearchEngine(`${HOST}${SEARCH_FOLDER}`).search(query);
    expect(notes.map((n) => n.title)).toEqual(['乙', '甲']);
  });

  test('so do the sections of one note', async () => {
    served = await indexOf({
      'a.md': `---\ntitle: 甲\ndate: 2022-01-01\n---\n\n${words('Hinton 的想法等于如此。')}\n\n## 四\n\nHinton 等人。`,
    });
    expect((await find('Hinton 等'))[0]).toBe('甲 / 四');
  });

  test('a name with a low line is known before notes are read, of which there are many', async () => {
    const many = Array.from({ length: 30 }, (_, i) => [
      `n${i}.md`,
      `---\ntitle: n${i}\ndate: 2022-01-01\n---\n\n${words('AP is a word, s is another.')}`,
    ]);
    served = await indexOf({
      ...Object.fromEntries(many),
      'b.md': '---\ntitle: 乙\ndate: 2020-01-01\n---\n\nSmall ones are AP_S here.\n',
    });
    const { notes, count } = await new SearchEngine(`${HOST}${SEARCH_FOLDER}`).search('AP_S');
    expect(notes[0]!.title).toBe('乙');
    expect(notes).toHaveLength(12);
    expect(count).toBe(91);
  });
});

describe('every run of two to four characters of the notes', () => {
  test('is found where it stands, and nowhere else', async () => {
    served = await indexOf(NOTES);
    const engine = new SearchEngine(`${HOST}${SEARCH_FOLDER}`);
    const sections = new Map<string, string>();
    for (const [path, text] of Object.entries(NOTES)) {
      for (const { heading, text: parts } of sectionTexts(await compileText(text, path)))
        sections.set(
          `${path}/${heading}`,
          `${heading}\n${parts.filter((p) => typeof p === 'string').join('\n')}`,
        );
    }
    const runs = new Set<string>();
    for (const text of sections.values())
      for (const [run] of text.matchAll(/\p{Script=Han}+/gu))
        for (let n = 2; n <= 4; n++) for (let i = 0; i + n <= run.length; i++) runs.add(run.slice(i, i + n));
    expect(runs.size).toBeGreaterThan(100);
    for (const run of runs) {
      const there = [...sections.values()].filter((text) => text.includes(run)).length;
      const { notes } = await engine.search(run);
      const found = notes.flatMap((n) => n.hits).filter((h) => h.href.includes('#'));
      expect([run, found.length]).toEqual([run, there]);
    }
  });
});

describe('the index', () => {
  test('after an edit, has other files only where grams changed', async () => {
    const before = await indexOf(NOTES);
    const after = await indexOf({ ...NOTES, 'about.md': `${NOTES['about.md']}\n\n龘。` });
    const gone = [...before.keys()].filter((path) => !after.has(path));
    const come = [...after.keys()].filter((path) => !before.has(path));
    expect([gone.length, come.length]).toEqual([1, 1]);
    expect(come[0]).toMatch(/^search\/words-\d+-\w+\.txt$/);
    const changed = [...after.keys()].filter(
      (path) => before.has(path) && before.get(path) !== after.get(path),
    );
    expect(changed.sort()).toEqual(['about/search.json', 'search/index.json']);
  });

  test('keeps the numbers of older notes when one is added', async () => {
    const before = await indexOf(NOTES);
    const after = await indexOf({ ...NOTES, 'new.md': '---\ndate: 2022-01-01\n---\nzzz' });
    const kept = [...before.keys()].filter((path) => /words-/.test(path) && after.has(path));
    // 16 files; those with grams of the new note's names and text are new.
    expect(kept.length).toBeGreaterThanOrEqual(12);
  });

  test('is made once when files that were known are not there after all', async () => {
    const { site, source } = await sourceOf(NOTES);
    const made = await searchPages(site, source, options);
    const words = vi.spyOn(source, 'words');
    // As a thread answers when every file is known.
    const files = made.filter((page) => page.path.includes('/words-')).map((page) => ({ key: page.key() }));
    const again = await searchPages(site, source, { ...options, aside: async () => files });
    expect(words).not.toHaveBeenCalled();
    expect(await printed(again)).toEqual(await printed(made));
    expect(words).toHaveBeenCalledTimes(Object.keys(NOTES).length);
  });

  test('gives all of a word’s places to a page that asks for few files', async () => {
    served = await indexOf(NOTES);
    fetched = [];
    await find('迫使');
    expect(fetched.map((f) => f.replace(/-\w{10}\./, '.')).sort()).toEqual([
      'posts/detr/search.json',
      'search/index.json',
      'search/notes-0.json',
      expect.stringMatching(/^search\/words-\d+\.txt$/),
    ]);
  });
});
