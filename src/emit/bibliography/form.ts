/** What the forms of a reference share. */

import type { Paper, PaperKind } from '../../model.ts';

/** A reference as text, cut around the title, which is a link where there is a page for it. */
export interface Reference {
  before: string;
  title: string;
  after: string;
}

const JOURNAL = /\b(?:journal|transactions|tpami|ijcv|jmlr|tmlr|nature|science|letters)\b|学报|杂志/i;

/** What a paper was published as; judged by its venue when it does not say. */
export function kindOf(paper: Paper): PaperKind {
  if (paper.kind) return paper.kind;
  if (paper.venue && !/^arxiv$/i.test(paper.venue))
    return JOURNAL.test(paper.venue) ? 'article' : 'proceedings';
  return paper.arxiv ? 'preprint' : 'online';
}

/** Number of a report, standard or patent, unless its title says it. */
export function numberOf(paper: Paper): string | undefined {
  const kind = kindOf(paper);
  const numbered = kind === 'report' || kind === 'standard' || kind === 'patent';
  return numbered && paper.issue && !paper.title.includes(paper.issue) ? paper.issue : undefined;
}

/** Address of a preprint or web page. */
export function addressOf(paper: Paper): string | undefined {
  return paper.arxiv ? `https://arxiv.org/abs/${paper.arxiv}` : (paper.url ?? paper.pdf);
}

/** Letters that a given name begins with: `Jean-Pierre` gives `J`, `-P`; `KM` and `K.M.` give `K`, `M`. */
export function initials(given: string): { letter: string; hyphen: boolean }[] {
  const spaced = /^\p{Lu}{2,3}$/u.test(given) ? [...given].join(' ') : given;
  return [...spaced.matchAll(/(^|[\s.-]+)(\p{L})/gu)].map(([, gap = '', letter = '']) => ({
    letter: letter.toUpperCase(),
    hyphen: gap.includes('-'),
  }));
}

/** Whether it stands in a book or proceedings that its venue names. */
export function isPart(paper: Paper): boolean {
  const kind = kindOf(paper);
  return kind === 'proceedings' || kind === 'chapter';
}

const ORDINALS: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};

/** The number of an edition, however it is written (`4`, `4th ed.`, `Fourth`, `第四版`); else its name: `Rev. ed.`, `刻本`. */
export function editionOf({ edition }: Paper): number | string | undefined {
  const text = edition?.trim();
  if (!text) return undefined;
  const bare = text.replace(/\s*(?:ed(?:ition|n)?\.?|版)$/i, '').replace(/^第\s*/, '');
  if (/^\d+(?:st|nd|rd|th)?$/i.test(bare)) return Number.parseInt(bare, 10);
  return ORDINALS[bare.toLowerCase()] ?? text;
}

/** 1st, 2nd, 3rd, 4th. */
export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
