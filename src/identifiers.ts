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

/**
 * Whether two papers are one work, as far as their arXiv ids and DOIs tell.
 *
 * @returns `undefined` where they do not: no id of a kind is known of both
 */
export function isSameWork(a: Identified, b: Identified): boolean | undefined {
  const [one, other] = [identifiers(a), identifiers(b)];
  const both = (['arxiv', 'doi'] as const).filter((kind) => one[kind] && other[kind]);
  return both.length === 0 ? undefined : both.some((kind) => one[kind] === other[kind]);
}

type Identified = Pick<Paper, 'arxiv' | 'doi'>;

/** The ids as they can be compared: the DOIs that arXiv gives its papers are ids on arXiv. */
function identifiers({ arxiv, doi = '' }: Identified): Identified {
  const onArxiv = /^10\.48550\/arxiv\.(.+)$/i.exec(doi)?.[1];
  const id = (arxiv ?? onArxiv)?.toLowerCase().replace(/v\d+$/, '');
  return { ...(id && { arxiv: id }), ...(doi && !onArxiv && { doi: doi.toLowerCase() }) };
}

/** Address of the paper's PDF: its own, else that on arXiv. */
export function pdfOf({ arxiv, pdf }: Pick<Paper, 'arxiv' | 'pdf'>): string | undefined {
  return pdf ?? (arxiv ? `https://arxiv.org/pdf/${encodeURI(arxiv)}` : undefined);
}
