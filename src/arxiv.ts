/** Where a preprint is. */

import type { Paper } from './model.ts';

/** The paper's id on arXiv, however it is written: `arXiv:2005.12872` is `2005.12872`. */
export function arxivId({ arxiv }: Pick<Paper, 'arxiv'>): string | undefined {
  return arxiv?.replace(/^arxiv:/i, '');
}

/** Address of the paper's PDF: its own, else that on arXiv. */
export function pdfOf(paper: Pick<Paper, 'arxiv' | 'pdf'>): string | undefined {
  const id = arxivId(paper);
  return paper.pdf ?? (id ? `https://arxiv.org/pdf/${encodeURI(id)}` : undefined);
}
