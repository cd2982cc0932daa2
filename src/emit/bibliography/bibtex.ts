/** The BibTeX entry of a paper, to copy. */

import type { Paper } from '../../model.ts';
import { citationKey, isOthers, parsePerson } from '../../people.ts';
import { kindOf } from './form.ts';

/** A power or an index in braces, as titles have those that Unicode has no sign for; one may hold another. */
const SCRIPT = /([_^])\{((?:[^{}]|\{[^{}]*\})*)\}/;

/** Characters that BibTeX or TeX would read as something else. */
function tex(text: string): string {
  const script = SCRIPT.exec(text);
  if (script) {
    const [all, mark, inner = ''] = script;
    const command = mark === '^' ? 'textsuperscript' : 'textsubscript';
    const before = tex(text.slice(0, script.index));
    return `${before}\\${command}{${tex(inner)}}${tex(text.slice(script.index + all.length))}`;
  }
  return text
    .replace(/[\\{}]/g, '')
    .replace(/[&%$#_]/g, '\\$&')
    .replace(/~/g, '\\textasciitilde{}')
    .replace(/\^/g, '\\textasciicircum{}');
}

/** Pandoc's rule: no blank inside the dollars and no digit behind them, where a price may stand. */
const FORMULA = /(?<!\\)(\$(?!\s)(?:\\.|[^$\\])+(?<!\s)\$)(?!\d)/;

/** The same of a title, whose formulas are TeX already; their braces must be paired, or the field would not end. */
function texOfTitle(title: string): string {
  const parts = title.split(FORMULA);
  return parts.map((part, i) => (i % 2 === 1 && isBalanced(part) ? part : tex(part))).join('');
}

function isBalanced(text: string): boolean {
  let open = 0;
  for (const [brace] of text.matchAll(/[{}]/g)) {
    open += brace === '{' ? 1 : -1;
    if (open < 0) return false;
  }
  return open === 0;
}

const TYPES = {
  article: 'article',
  proceedings: 'inproceedings',
  preprint: 'misc',
  book: 'book',
  chapter: 'incollection',
  thesis: 'phdthesis',
  report: 'techreport',
  standard: 'standard',
  patent: 'patent',
  online: 'misc',
} as const;

/** @returns an entry; its key is the paper's, or made of author, year and the title's first long word */
export function bibtex(paper: Paper): string {
  const kind = kindOf(paper);
  const publisher = kind === 'thesis' ? 'school' : kind === 'report' ? 'institution' : 'publisher';
  // An author's name may be braced; a field that is an address or identifier holds no TeX.
  const name = (author: string) => {
    if (isOthers(author)) return 'others';
    const { family, whole } = parsePerson(author);
    return whole && /\s/.test(family) ? `{${tex(family)}}` : tex(author);
  };
  const fields: [string, string | undefined][] = [
    ['title', `{${texOfTitle(paper.title)}}`],
    [paper.edited ? 'editor' : 'author', paper.authors.map(name).join(' and ')],
    ['editor', paper.editors?.map(name).join(' and ')],
    ['translator', paper.translators?.map(name).join(' and ')],
    [
      kind === 'article' ? 'journal' : 'booktitle',
      kind === 'preprint' ? undefined : paper.venue && tex(paper.venue),
    ],
    ['series', paper.series && tex(paper.series)],
    ['year', paper.year === undefined ? undefined : String(paper.year)],
    ['volume', paper.volume],
    ['number', paper.issue],
    ['pages', paper.pages?.replace(/–/g, '--')],
    ['edition', paper.edition],
    [publisher, paper.publisher && tex(paper.publisher)],
    ['address', paper.place && tex(paper.place)],
    ['eprint', paper.arxiv],
    ['archiveprefix', paper.arxiv && 'arXiv'],
    ['doi', paper.doi?.replace(/[{}]/g, '')],
    ['url', paper.url?.replace(/[{}]/g, '')],
    ['date', paper.day],
    ['urldate', paper.accessed],
  ];
  const whole = kind === 'proceedings' && !paper.venue && paper.edited;
  const type = whole ? 'proceedings' : paper.degree === 'master' ? 'mastersthesis' : TYPES[kind];
  const lines = fields.filter(([, v]) => v).map(([field, v]) => `  ${field} = {${v}}`);
  return `@${type}{${citationKey(paper)},\n${lines.join(',\n')}\n}`;
}
