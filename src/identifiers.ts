/** What papers are called elsewhere, bare however it was written, and where their PDFs are. */

import type { Paper } from './model.ts';
import { decoded } from './paths.ts';

/**
 * @param text as people write it: `2005.12872`, `arXiv:2005.12872`, `https://arxiv.org/pdf/2005.12872.pdf`
 * @returns the id on arXiv
 */
export function arxivId(text: string): string {
  const address = /^(?:https?:\/\/)?(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/([^?#]*)/i.exec(
    text,
  )?.[1];
  return (address ?? text.replace(/^arxiv:\s*/i, '')).replace(/\.pdf$/i, '');
}

/**
 * @param text as people write it: `10.1007/x`, `doi:10.1007/x`, `https://doi.org/10.1007/x`
 * @returns the DOI, without the percent signs of an address
 */
export function bareDoi(text: string): string {
  const address = /^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\/(.*)/is.exec(text)?.[1];
  if (address === undefined) return text.replace(/^doi:\s*/i, '');
  return decoded(address);
}

/** Where a DOI leads. Those of the nineties hold `<`, `;` and `#`. */
export function doiUrl(doi: string): string {
  return `https://doi.org/${encodeURI(doi).replace(/[#?]/g, encodeURIComponent)}`;
}

/** Address of the paper's PDF: its own, else that on arXiv. */
export function pdfOf({ arxiv, pdf }: Pick<Paper, 'arxiv' | 'pdf'>): string | undefined {
  return pdf ?? (arxiv ? `https://arxiv.org/pdf/${encodeURI(arxiv)}` : undefined);
}
