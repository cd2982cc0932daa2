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

/** Address of a preprint or web page. */
export function addressOf({ arxiv, url, pdf }: Paper): string | undefined {
  return arxiv ? `https://arxiv.org/abs/${arxiv.replace(/^arxiv:/i, '')}` : (url ?? pdf);
}

/** Letters that a given name begins with: `Jean-Pierre` gives `J`, `-P`; `KM` and `K.M.` give `K`, `M`. */
export function initials(given: string): { letter: string; hyphen: boolean }[] {
  const spaced = /^\p{Lu}{2,3}$/u.test(given) ? [...given].join(' ') : given;
  return [...spaced.matchAll(/(^|[\s.-]+)(\p{L})/gu)].map(([, gap = '', letter = '']) => ({
    letter: letter.toUpperCase(),
    hyphen: gap.includes('-'),
  }));
}
