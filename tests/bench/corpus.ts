/**
 * Notes to measure with: the same bytes for the same number, on every machine. Their shape is that of two real
 * collections of Chinese paper notes (4,600 files): about 4 kB, 17 formulas of which 4 are displayed, a table in
 * every second note, code in two of five, links to other notes, two to four tags.
 */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a generator writes a link to another note. */
export type LinkStyle = (title: string, slug: string) => string;

/** A number from 0 up to, not including, `below`. */
type Dice = (below: number) => number;

const TOPICS = '检测 分割 蒸馏 多模态 自监督 Transformer 优化 扩散模型 表示学习 视频理解'.split(' ');
const NOUNS =
  '特征金字塔 注意力机制 正负样本 感受野 教师网络 损失函数 匈牙利匹配 掩码 查询向量 残差连接 位置编码 类别不平衡 语义分割 锚框 金字塔池化'.split(
    ' ',
  );
const VERBS = '缓解了 依赖于 可以看作 直接替代 显著提升 并没有改变 等价于 受限于 放大了 重新解释了'.split(
  ' ',
);
const OBJECTS =
  '小目标上的召回率 训练早期的梯度 高分辨率特征图的计算量 跨尺度的信息流动 难样本的权重 解码器的收敛速度 标注的成本 推理时的延迟'.split(
    ' ',
  );
const TERMS = [
  'backbone',
  'encoder',
  'anchor-free',
  'one-stage',
  'logits',
  'stride 32',
  'ImageNet',
  'COCO',
  'ResNet-50',
  'self-attention',
];
const INLINE: ((dice: Dice) => string)[] = [
  (d) => `\\gamma=${d(5)}`,
  () => 'p_t',
  () => 'QK^\\top',
  (d) => `\\mathbb{R}^{${d(64) + 1}\\times d}`,
  () => 'x_i',
  (d) => `C_${d(4) + 2}`,
  (d) => `\\alpha=0.${d(90) + 10}`,
  () => '\\hat y',
  (d) => `O(n^${d(3) + 1})`,
  () => '\\theta',
];
const DISPLAY: ((dice: Dice) => string)[] = [
  (d) => `\\mathrm{FL}(p_t)=-\\alpha_t(1-p_t)^{${d(50) / 10}}\\log(p_t)`,
  (d) =>
    `\\mathrm{Attention}(Q,K,V)=\\mathrm{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_{${d(999)}}}}\\right)V`,
  (d) =>
    `\\hat\\sigma=\\operatorname*{arg\\,min}_{\\sigma\\in\\mathfrak{S}_{${d(300)}}}\\sum_{i=1}^{N}\\mathcal{L}_{\\mathrm{match}}\\bigl(y_i,\\hat y_{\\sigma(i)}\\bigr)`,
  (d) =>
    `\\begin{aligned}\\frac{\\partial\\mathcal{L}}{\\partial z_i}&=\\frac{1}{T}\\left(q_i-p_i\\right)\\\\&\\approx\\frac{1}{${d(400) + 2}T^2}(z_i-v_i)\\end{aligned}`,
  (d) => `k=\\left\\lfloor k_0+\\log_2\\left(\\sqrt{wh}/${d(224) + 1}\\right)\\right\\rfloor`,
  (d) =>
    `\\begin{pmatrix}a_{11}&\\cdots&a_{1n}\\\\\\vdots&\\ddots&\\vdots\\\\a_{m1}&\\cdots&a_{mn}\\end{pmatrix}\\mathbf{x}_{${d(800)}}=\\mathbf{b}`,
];
const CODE = `\`\`\`python
def focal(p, y, gamma=2.0, alpha=0.25):
    """Sigmoid focal loss for a batch of logits."""
    ce = F.binary_cross_entropy(p, y, reduction="none")
    pt = p * y + (1 - p) * (1 - y)
    return (alpha * (1 - pt) ** gamma * ce).mean()
\`\`\``;

/** mulberry32: small, the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const slugOf = (i: number): string => `note-${String(i).padStart(5, '0')}`;
export const titleOf = (i: number): string => `${NOUNS[i % NOUNS.length]}笔记 ${i}`;

/** An edit of a note, as an author makes one. */
export interface Edit {
  /** A sentence put at the note's end. */
  sentence?: string;
  /** A new title; the old one stays as an alias, so that links to it hold. */
  title?: string;
}

/**
 * @param i number of the note
 * @param total notes of the corpus: links go to any of them
 * @returns the note's file
 */
export function note(i: number, total: number, link: LinkStyle, edit: Edit = {}): string {
  const random = randomFrom(1_000_003 + i);
  const dice: Dice = (below) => Math.floor(random() * below);
  const pick = <T>(list: readonly T[]): T => list[dice(list.length)]!;
  const times = <T>(n: number, make: (k: number) => T): T[] => Array.from({ length: n }, (_, k) => make(k));
  const claim = () => `${pick(NOUNS)}${pick(VERBS)}${pick(OBJECTS)}`;
  const sentence = (): string => {
    const roll = random();
    if (roll < 0.3) return `${claim()}，其中 $${pick(INLINE)(dice)}$ 表示${pick(NOUNS)}。`;
    if (roll < 0.5) return `在 ${pick(TERMS)} 上，${claim()}，**${pick(NOUNS)}**则不同。`;
    if (roll < 0.6) {
      const other = dice(total);
      return `${claim()}，参见 ${link(titleOf(other), slugOf(other))}。`;
    }
    return `${claim()}；${claim()}。`;
  };
  const paragraph = () => times(2 + dice(4), sentence).join('');
  const table = () =>
    [
      '| 模型 | AP | AP50 | 说明 |',
      '|---|---:|---:|---|',
      ...times(
        4,
        (k) =>
          `| R${k % 2 ? 101 : 50} | ${30 + dice(200) / 10} | ${50 + dice(200) / 10} | ${pick(OBJECTS)} |`,
      ),
    ].join('\n');

  const day = new Date(Date.UTC(2016, 0, 1) + ((i * 7919) % 3650) * 86_400_000).toISOString().slice(0, 10);
  const tags = new Set(
    times(2 + dice(3), () => (random() < 0.6 ? pick(TOPICS) : `t${Math.floor(200 * random() ** 2)}`)),
  );
  const alias = edit.title === undefined ? '' : `aliases: [${titleOf(i)}]\n`;
  const head = `---\ntitle: ${edit.title ?? titleOf(i)}\n${alias}date: ${day}\ntags: [${[...tags].join(', ')}]\n---`;
  const parts = [head, paragraph()];
  const sections = 3 + dice(5);
  for (let s = 1; s <= sections; s++) {
    parts.push(`## ${s} ${pick(NOUNS)}与${pick(NOUNS)}`, paragraph());
    if (random() < 0.8) parts.push(`$$\n${pick(DISPLAY)(dice)}\n$$`);
    parts.push(paragraph());
    if (random() < 0.3) parts.push(times(3, () => `- ${sentence()}`).join('\n'));
  }
  if (random() < 0.5) parts.push(table());
  if (random() < 0.4) parts.push(CODE);
  if (edit.sentence !== undefined) parts.push(edit.sentence);
  return `${parts.join('\n\n')}\n`;
}

/** Writes a corpus into a folder of its own, which is emptied first. */
export function writeCorpus(folder: string, total: number, link: LinkStyle): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < total; i++) writeFileSync(join(folder, `${slugOf(i)}.md`), note(i, total, link));
}
