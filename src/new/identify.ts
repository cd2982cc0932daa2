/** What `postil new` was given: an arXiv id or address, a DOI, an OpenReview or ACL Anthology address, or a title. */

export type Work =
  | { kind: 'arxiv'; id: string }
  | { kind: 'doi'; id: string }
  | { kind: 'openreview'; id: string }
  | { kind: 'acl'; id: string };

/** arXiv's identifiers since 2007 and before (https://info.arxiv.org/help/arxiv_identifier.html). */
const ARXIV = /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/;
/** Crossref's pattern for DOIs, which fits nearly all of them. */
const DOI = /^10\.\d{4,9}\/[-._;()/:a-z0-9]+$/i;

/** @returns the work, or `undefined` when the text is a title */
export function identify(text: string): Work | undefined {
  const given = text.trim();
  const bare = given.replace(/^arxiv:\s*/i, '');
  if (ARXIV.test(bare)) return { kind: 'arxiv', id: bare.replace(/v\d+$/, '') };
  const doi = given.replace(/^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)/i, '');
  if (DOI.test(doi)) return arxivOfDoi(doi) ?? { kind: 'doi', id: doi };
  if (!URL.canParse(given)) return undefined;
  const { hostname, pathname, searchParams } = new URL(given);
  const host = hostname.replace(/^www\./, '');
  if (host === 'arxiv.org' || host === 'ar5iv.org' || host === 'alphaxiv.org') {
    const id = /^\/(?:abs|pdf|html)\/(.+?)(?:\.pdf)?$/.exec(pathname)?.[1]?.replace(/v\d+$/, '');
    return id && ARXIV.test(id) ? { kind: 'arxiv', id } : undefined;
  }
  if (host === 'openreview.net') {
    const id = searchParams.get('id');
    return id && /^[\w-]{4,40}$/.test(id) ? { kind: 'openreview', id } : undefined;
  }
  if (host === 'aclanthology.org' || host === 'aclweb.org') {
    const id = /^\/(?:anthology\/)?([A-Za-z0-9.-]+?)(?:\.pdf|\.bib)?\/?$/.exec(pathname)?.[1];
    return id ? { kind: 'acl', id } : undefined;
  }
  return undefined;
}

/** arXiv gives its papers DOIs of its own. */
function arxivOfDoi(doi: string): Work | undefined {
  const id = /^10\.48550\/arxiv\.(.+)$/i.exec(doi)?.[1];
  return id ? { kind: 'arxiv', id } : undefined;
}
