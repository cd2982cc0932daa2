/** The few words that a note itself carries, in its own language: names of numbered things and of callouts. */

import type { DrawingKind } from './drawings.ts';
import type { LabelKind } from './model.ts';

export interface Words {
  labels: Record<LabelKind, string>;
  /** How a section is referred to by its number. */
  section: (number: string) => string;
  proof: string;
  callouts: Record<string, string>;
  /** Heads of a results table. */
  results: { note: string; setting: string; backbone: string; source: string };
  scrollable: (what: string) => string;
  footnote: (number: number) => string;
  code: string;
  /** What a drawing is called that has no caption. */
  drawings: Record<DrawingKind, string>;
}

const zh: Words = {
  labels: {
    equation: '式',
    figure: '图',
    table: '表',
    section: '节',
    definition: '定义',
    theorem: '定理',
    proposition: '命题',
    lemma: '引理',
    corollary: '推论',
    example: '例',
    remark: '注记',
  },
  section: (number) => `第 ${number} 节`,
  proof: '证明',
  callouts: {
    note: '注',
    abstract: '摘要',
    info: '信息',
    todo: '待办',
    tip: '提示',
    success: '结论',
    question: '疑问',
    warning: '注意',
    failure: '失败',
    danger: '危险',
    bug: '缺陷',
    example: '例',
    quote: '引文',
    important: '重要',
    caution: '当心',
    mine: '我的看法',
  },
  results: { note: '笔记', setting: '设置', backbone: '骨干', source: '出处' },
  scrollable: (what) => `${what}，可横向滚动`,
  footnote: (number) => `注 ${number}`,
  code: '代码',
  drawings: { dot: '示意图', mermaid: '示意图', 'vega-lite': '图表', plot: '曲线图' },
};

const en: Words = {
  labels: {
    equation: 'Eq.',
    figure: 'Fig.',
    table: 'Table',
    section: '§',
    definition: 'Definition',
    theorem: 'Theorem',
    proposition: 'Proposition',
    lemma: 'Lemma',
    corollary: 'Corollary',
    example: 'Example',
    remark: 'Remark',
  },
  section: (number) => `§ ${number}`,
  proof: 'Proof',
  callouts: {
    note: 'Note',
    abstract: 'Abstract',
    info: 'Info',
    todo: 'To do',
    tip: 'Tip',
    success: 'Success',
    question: 'Question',
    warning: 'Warning',
    failure: 'Failure',
    danger: 'Danger',
    bug: 'Bug',
    example: 'Example',
    quote: 'Quote',
    important: 'Important',
    caution: 'Caution',
    mine: 'My view',
  },
  results: { note: 'Note', setting: 'Setting', backbone: 'Backbone', source: 'Source' },
  scrollable: (what) => `${what}, scrollable`,
  footnote: (number) => `Note ${number}`,
  code: 'Code',
  drawings: { dot: 'Diagram', mermaid: 'Diagram', 'vega-lite': 'Chart', plot: 'Plot' },
};

/** @param lang BCP 47; anything that is not Chinese gets English */
export function words(lang: string): Words {
  return lang.toLowerCase().startsWith('zh') ? zh : en;
}
