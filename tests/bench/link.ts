/**
 * Measures all of link, unlinked mentions included, on one core: how long it takes, and whether that grows with the
 * notes or faster. The notes are those of the corpus without their formulas, which link never sees; some have short
 * names that stand in every other note, so that looking for mentions has work to do.
 */

import { compile } from '../../src/compile/compile.ts';
import { link } from '../../src/link/link.ts';
import { findMentions } from '../../src/link/mentions.ts';
import type { NoteIndex } from '../../src/model.ts';
import type { NotePath } from '../../src/paths.ts';
import { note, slugOf } from './corpus.ts';

const OPTIONS = {
  permalink: '/posts/:slug/',
  timezone: '+08:00',
  perPage: 10,
  publish: 'all' as const,
  drafts: false,
  lang: 'zh-CN',
  markdown: false,
  search: true,
  og: {},
};
const ALIASES =
  '特征金字塔 注意力机制 教师网络 匈牙利匹配 查询向量 残差连接 语义分割 锚框 ImageNet ResNet-50'.split(' ');

async function indexOf(i: number, total: number): Promise<NoteIndex> {
  const alias = ALIASES[i] ? `aliases: [${ALIASES[i]}]\n` : '';
  const text = note(i, total, (_, slug) => `[[${slug}]]`)
    .replace(/\$\$[\s\S]*?\$\$\n/g, '')
    .replace(/\$[^$\n]+\$/g, '`x`')
    .replace(/^---\n/, `---\n${alias}`);
  const { index } = await compile(
    { path: `${slugOf(i)}.md` as NotePath, text, hash: '' },
    { macros: {}, lang: 'zh-CN', dialects: [] },
  );
  // As it comes out of the store.
  return JSON.parse(JSON.stringify(index)) as NoteIndex;
}

/** @returns a table: processor seconds of link by number of notes, the best of some rounds, whatever else runs */
export async function linkReport(sizes: number[], rounds = 3): Promise<string> {
  const lines = ['notes   link    mentions alone   µs a note'];
  for (const size of sizes) {
    const indexes: NoteIndex[] = [];
    for (let i = 0; i < size; i++) indexes.push(await indexOf(i, size));
    const best = (work: () => unknown) => {
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < rounds; round++) {
        const from = process.cpuUsage();
        work();
        const { user, system } = process.cpuUsage(from);
        least = Math.min(least, (user + system) / 1000);
      }
      return least;
    };
    const all = best(() => link(indexes, OPTIONS));
    const mentions = best(() => findMentions(indexes, () => false));
    lines.push(
      `${String(size).padStart(6)}  ${(all / 1000).toFixed(3)} s ${(mentions / 1000).toFixed(3).padStart(10)} s ${((all * 1000) / size).toFixed(0).padStart(13)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
