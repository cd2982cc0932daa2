import type { Strings } from './strings.ts';

export const zhCN: Strings = {
  skipToContent: '跳到正文',
  mainNav: '主导航',
  breadcrumb: '所在位置',
  theme: { label: '配色', auto: '跟随系统', light: '浅色', dark: '深色' },
  copy: '复制',
  copied: '已复制',
  subscribe: '订阅',

  notes: '笔记',
  tags: '标签',
  categories: '分类',
  archive: '归档',
  pageOf: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  count: (notes) => `${notes} 篇`,
  pinned: '置顶',

  published: '写于',
  updated: '更新',
  hanzi: (count) => `${count} 字`,
  minutes: (count) => `约 ${count} 分钟`,
  contents: '目录',
  footnotes: '注释',
  backToText: (number, use) => (use > 1 ? `回到注 ${number} 的第 ${use} 处` : `回到注 ${number} 所在的正文`),
  backlinks: '被这些笔记引用',
  moreNotes: '前后笔记',
  previousNote: '上一篇',
  nextNote: '下一篇',

  paper: {
    heading: '论文信息',
    list: (count) => `本篇所读的 ${count} 篇论文`,
    title: '论文',
    authors: '作者',
    source: '出处',
  },
  moreAuthors: (count) => `另有 ${count} 人`,
  listSeparator: '、',
  cite: '引用 BibTeX',
  code: '代码',
  project: '主页',

  pagination: '分页',
  previousPage: '上一页',
  nextPage: '下一页',
  page: (number) => `第 ${number} 页`,

  subcategories: '下级分类',
  undated: '未注日期',
  notFound: {
    title: '没有这一页',
    text: '这个地址下没有内容，可能是链接写错了，也可能是笔记改了名字。',
    home: '回到首页',
    recent: '最近的笔记',
  },
};
