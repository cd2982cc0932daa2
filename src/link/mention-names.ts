/** The names under which a note may be mentioned: its title, aliases, and the short name of its paper. */

import type { NoteIndex } from '../model.ts';
import { fold, isAddress, type NotePath } from '../paths.ts';

/** Words that name a note here and mean nothing in particular elsewhere. */
const COMMON = new Set(
  (
    'about abstract algorithm algorithms analysis appendix attention background baseline code conclusion data dataset ' +
    'deep discussion draft evaluation example experiment experiments figure framework home idea index intro introduction ' +
    'learning literature math method methods metric misc model models network networks note notes optimization overview ' +
    'paper papers preface problem question questions readme reading reference references related result results review section ' +
    'summary survey table tag task template test theory thoughts todo training tutorial untitled welcome work ' +
    '关于 随笔 总结 小结 笔记 杂记 日记 首页 目录 简介 介绍 概述 综述 背景 方法 实验 结论 结果 问题 讨论 模型 数据 数据集 算法 网络 ' +
    '训练 测试 学习 研究 论文 论文笔记 读书笔记 阅读笔记 参考 参考文献 附录 待办 模板 示例 未命名 优化 损失 推导 证明 定义 记录 更新 分类 标签'
  ).split(' '),
);

/** What people add to a name to make it the title of a note. */
export const SUFFIX = /[\s\-_:：—·]*(?:论文|阅读|读书|学习|精读)*(?:笔记|notes?|阅读|精读|解读|总结)$/iu;

/** Longer than this, nobody writes it in a sentence. */
const LONGEST = 60;

/** Of notes that were linked before: the development server links the same ones after each save. */
const known = new WeakMap<NoteIndex, string[]>();

/** @returns the names, without those that are common words or too short to mean anything */
function mentionNames(note: NoteIndex): string[] {
  let names = known.get(note);
  if (!names) {
    names = namesOf(note);
    known.set(note, names);
  }
  return names;
}

function namesOf({ meta }: NoteIndex): string[] {
  const names = new Set<string>();
  const add = (name: string) => {
    const trimmed = name.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (isTelling(trimmed)) names.add(trimmed);
  };
  for (const name of [meta.title, ...meta.aliases.filter((a) => !isAddress(a))]) {
    add(name);
    add(name.replace(SUFFIX, ''));
    // `Detection Transformer (DETR)`
    for (const m of name.matchAll(/[（(]([A-Za-z][\w-]{1,15})[)）]/g)) add(m[1]!);
  }
  // `DETR：把检测变成匹配`: a word before a colon is a name when it is spelt like one.
  const [, head] = /^([A-Za-z][\w.+-]{1,23})\s*[:：]\s*\S/.exec(meta.title) ?? [];
  if (head && /[A-Z].*[A-Z\d]/.test(head)) add(head);
  if (meta.papers.length === 1) {
    const [, short] = /^([^:：]{2,24})[:：]\s/.exec(meta.papers[0]!.title) ?? [];
    if (short && short.split(' ').length <= 3) add(short);
  }
  return [...names];
}

function isTelling(name: string): boolean {
  if (name.length > LONGEST || COMMON.has(fold(name))) return false;
  const han = name.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = name.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return (han >= 2 || letters - han >= 3 || /^[A-Z][A-Za-z]?\d$/.test(name)) && /\p{L}/u.test(name);
}

/** Names that several notes share name none of them. */
export function uniqueNames(notes: Iterable<NoteIndex>): { name: string; path: NotePath }[] {
  const owners = new Map<string, { name: string; path: NotePath } | null>();
  for (const index of notes) {
    for (const name of mentionNames(index)) {
      const key = fold(name);
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, { name, path: index.path });
      else if (owner !== null && owner.path !== index.path) owners.set(key, null);
    }
  }
  return [...owners.values()].filter((o) => o !== null);
}
