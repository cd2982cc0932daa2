/** Notes for the map of lineage: as many as asked for, the same bytes for the same number. */

const TOPICS =
  '目标检测 语义分割 实例分割 知识蒸馏 多模态 自监督 扩散模型 视频理解 优化 表示学习 三维视觉'.split(' ');
const SYLLABLES =
  'Mask Point Focal Deform Dense Cascade Vision Swin Group Sparse Graph Query Anchor Pyramid Light Deep Dual Cross'.split(
    ' ',
  );
const ENDINGS = 'Net Former RCNN Seg Det DETR CLIP Mix Flow MAE'.split(' ');
const CLAIMS = '把 用 让 从 不靠 重新看 只用 统一'.split(' ');
const THINGS =
  '集合预测 双塔对齐 掩码建模 层级特征 可变形注意力 一致性约束 教师输出 稀疏查询 位置编码 大核卷积 难样本 轨迹匹配'.split(
    ' ',
  );
const ENDS = '取代手工规则 换来收敛速度 省下一半标注 补回小目标 解释蒸馏的增益 做成一个任务 训练得更稳'.split(
  ' ',
);
const KINDS = ['builds-on', 'builds-on', 'builds-on', 'compares', 'uses', 'improves', 'refutes'];

/**
 * @param count how many notes
 * @returns path → text; each note reads a paper of its own, and relates to two or three older ones
 */
export function lineageNotes(count: number): Record<string, string> {
  let state = 7;
  const dice = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  const pick = (list: string[]) => list[dice(list.length)]!;
  const out: Record<string, string> = {};
  for (let i = 0; i < count; i++) {
    const short = `${pick(SYLLABLES)}${dice(3) ? '' : `-${pick(SYLLABLES)}`}${pick(ENDINGS)}-${i}`;
    const relations = new Map<string, Set<number>>();
    for (let n = 0; i > 0 && n < 2 + dice(2); n++) {
      const kind = pick(KINDS);
      relations.set(kind, (relations.get(kind) ?? new Set()).add(Math.max(0, i - 1 - dice(60))));
    }
    out[`${short.toLowerCase()}.md`] = [
      '---',
      `title: ${short}：${pick(CLAIMS)}${pick(THINGS)}${pick(ENDS)}`,
      `categories: [计算机视觉, ${pick(TOPICS)}]`,
      `depth: ${dice(3) ? '略读' : '精读'}`,
      `paper: {title: "${short}: A Title in English", key: p${i}, year: ${2013 + Math.floor((i * 12) / count)}}`,
      ...[...relations].map(([kind, to]) => `${kind}: [${[...to].map((n) => `p${n}`).join(', ')}]`),
      '---',
      '',
    ].join('\n');
  }
  return out;
}
