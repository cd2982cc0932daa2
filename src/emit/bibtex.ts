/** The BibTeX entry of a paper, to copy. */

import type { Paper } from '../model.ts';
import { familyName } from './print.ts';

/** Characters that BibTeX or TeX would read as something else. */
function tex(text: string): string {
  return text
    .replace(/[\\{}]/g, '')
    .replace(/[&%$#_]/g, '\\$&')
    .replace(/~/g, '\\textasciitilde{}')
    .replace(/\^/g, '\\textasciicircum{}');
}

/** @returns an entry; its key is the paper's, or made of author, year and the title's first long word */
export function bibtex(paper: Paper): string {
  const word = paper.title.match(/[\p{L}\p{N}]{4,}/u)?.[0] ?? 'paper';
  const who = paper.authors[0] ? familyName(paper.authors[0]) : '';
  const key =
    (paper.key ?? `${who}${paper.year ?? ''}${word}`.toLowerCase()).replace(/[^\p{L}\p{N}:_.+/-]/gu, '') ||
    'paper';
  const preprint = !paper.venue || /^arxiv$/i.test(paper.venue);
  const journal = /\b(?:journal|transactions|tpami|ijcv|jmlr|tmlr|nature|science|letters)\b/i.test(
    paper.venue ?? '',
  );
  const fields: [string, string | undefined][] = [
    ['title', `{${tex(paper.title)}}`],
    ['author', paper.authors.map(tex).join(' and ') || undefined],
    [journal ? 'journal' : 'booktitle', preprint ? undefined : tex(paper.venue!)],
    ['year', paper.year === undefined ? undefined : String(paper.year)],
    ['eprint', paper.arxiv && tex(paper.arxiv)],
    ['archiveprefix', paper.arxiv && 'arXiv'],
    ['doi', paper.doi && tex(paper.doi)],
  ];
  const lines = fields.filter(([, v]) => v).map(([name, v]) => `  ${name} = {${v}}`);
  return `@${preprint ? 'misc' : journal ? 'article' : 'inproceedings'}{${key},\n${lines.join(',\n')}\n}`;
}
