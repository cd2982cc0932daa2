import { expect, test } from 'vitest';
import { findMentions, type MentionMemory } from '../../src/link/mentions.ts';
import type { NoteIndex } from '../../src/model.ts';
import { NameTrie } from '../../src/name-trie.ts';
import type { NotePath } from '../../src/paths.ts';
import { compileText } from '../support/notes.ts';

/** The names that a text mentions, when there are notes called so. */
async function mentioned(text: string, ...names: string[]): Promise<string[]> {
  const notes = [(await compileText(text, 'text.md')).index];
  for (const [i, name] of names.entries()) {
    notes.push((await compileText(`---\ntitle: "${name}"\n---\n`, `n${i}.md`)).index);
  }
  return [...findMentions(notes, () => false).values()].flatMap((list) =>
    list.map((m) => m.sentences[0]![1]),
  );
}

test.each([
  ['用了 DETR 的匹配', ['DETR 笔记'], ['DETR']],
  ['DETRs、DETR-R50、xDETR、detr 都不是', ['DETR 笔记'], []],
  ['DETR 与 detr 与 从', ['DETR：把检测变成匹配'], ['DETR']],
  ['Introduction 不是名字', ['Introduction: what is what'], []],
  ['focal loss 与 Focal Loss', ['Focal Loss'], ['focal loss']],
  ['知识蒸馏很有用', ['知识蒸馏'], ['知识蒸馏']],
  ['匈牙利匹配算法', ['匈牙利匹配'], ['匈牙利匹配']],
  // 研究生 | 命: the boundary falls inside the name.
  ['研究生命的起源', ['究生命'], []],
  ['长的名字先：特征金字塔网络', ['特征金字塔', '特征金字塔网络'], ['特征金字塔网络']],
  ['这个方法的实验结果', ['方法', '实验', '结果'], []],
  ['`DETR` 与 $DETR$ 与 [DETR](https://a.b) 与 [[n0|DETR]]', ['DETR 笔记'], []],
  ['## DETR\n\n```\nDETR\n```', ['DETR 笔记'], []],
  ['两个笔记一个名 DETR', ['DETR 笔记', 'DETR notes'], []],
])('%s', async (text, names, found) => {
  expect(await mentioned(text, ...names)).toEqual(found);
});

test('a sentence is cut around the name; formulas in it are an ellipsis', async () => {
  const notes = [
    (await compileText('第一句。公式 $x^2$ 在 DETR 前面，后面还有。第三句。', 'a.md')).index,
    (await compileText('---\ntitle: DETR 笔记\n---\n', 'detr.md')).index,
  ];
  const found = findMentions(notes, () => false).get('detr.md' as NotePath)!;
  expect(found).toMatchObject([
    { from: 'a.md', line: 1, sentences: [['公式 … 在 ', 'DETR', ' 前面，后面还有。']] },
  ]);
  expect(findMentions(notes, () => true).size).toBe(0);
});

test('a name that stands in very many notes is a word', async () => {
  const { index } = await compileText('用了 DETR。', 'a.md');
  const target = (await compileText('---\ntitle: DETR 笔记\n---\n', 'detr.md')).index;
  const notes = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ ...index, path: `${i}.md` as NotePath }));
  expect(findMentions([target, ...notes(30)], () => false).size).toBe(1);
  expect(findMentions([target, ...notes(60)], () => false).size).toBe(0);
});

test('names that share a long beginning cost no more than their length', () => {
  const trie = new NameTrie<number>();
  for (let i = 0; i < 2000; i++) trie.add(`${'论'.repeat(50)}${i}`, i);
  expect(trie.find('论'.repeat(500))).toEqual([]);
  expect(trie.find(`${'论'.repeat(50)}7`)).toEqual([{ start: 0, end: 51, value: 7 }]);
});

test('what was searched in an earlier build is not searched again, and finds the same', async () => {
  const texts: [string, string][] = [
    ['a.md', '第一段。\n\n这里说到 DETR，还有特征金字塔。\n\n末段。'],
    ['b.md', '这里没有名字。'],
    ['detr.md', '---\ntitle: DETR 笔记\n---\n正文'],
    ['fpn.md', '---\ntitle: 特征金字塔\n---\n与 DETR 相比'],
  ];
  /** As a build has them: nobody has read their prose yet. */
  const fresh = async (unread: string[]) => {
    const notes: NoteIndex[] = [];
    for (const [path, text] of texts) {
      const { index } = await compileText(text, path);
      if (!unread.includes(path)) notes.push(index);
      else {
        const get = () => {
          throw new Error(`the prose of ${path} was read`);
        };
        notes.push(Object.defineProperty({ ...index }, 'prose', { get }));
      }
    }
    return notes;
  };
  let kept: Map<NotePath, NoteIndex['prose']> = new Map();
  let asked: string[] = [];
  let times = 0;
  const memory: MentionMemory = {
    known: (names) => {
      asked = names;
      return kept;
    },
    keep: (lines) => {
      times++;
      kept = structuredClone(lines);
    },
  };
  const none = () => false;
  const found = findMentions(await fresh([]), none);
  expect(found.size).toBe(2);
  expect(findMentions(await fresh([]), none, memory)).toEqual(found);
  expect(asked).toEqual(['DETR 笔记', 'DETR', '特征金字塔']);
  expect([kept.get('a.md' as NotePath)?.length, kept.get('b.md' as NotePath), times]).toEqual([1, [], 1]);
  const all = texts.map(([path]) => path);
  expect(findMentions(await fresh(all), none, memory)).toEqual(found);
  expect(times).toBe(1);
  kept.delete('a.md' as NotePath);
  expect(findMentions(await fresh(all.slice(1)), none, memory)).toEqual(found);
  expect([kept.size, times]).toEqual([4, 2]);
});

/** The sentences in which a text mentions DETR. */
async function sentencesOf(text: string) {
  const notes = [
    (await compileText(text, 'a.md')).index,
    (await compileText('---\ntitle: DETR 笔记\n---\n', 'detr.md')).index,
  ];
  return findMentions(notes, () => false).get('detr.md' as NotePath)![0]!.sentences;
}

test('a long sentence is cut on both sides, never through a character', async () => {
  // One unit more on one side than on the other: one of the two cuts would halve a letter.
  const [[before, name, after]] = (await sentencesOf(`x${'𠮷'.repeat(60)} DETR ${'𠮷'.repeat(60)}`)) as [
    [string, string, string],
  ];
  expect(before).toBe(`…${'𠮷'.repeat(44)} `);
  expect(name).toBe('DETR');
  expect(after).toBe(` ${'𠮷'.repeat(44)}…`);
});

test('of one note two sentences are shown', async () => {
  const sentences = await sentencesOf('一，DETR 好。二，DETR 快。三，DETR 小。');
  expect(sentences.map((s) => s.join(''))).toEqual(['一，DETR 好。', '二，DETR 快。']);
});
