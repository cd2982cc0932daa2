/** APA, 7th edition, as plain text. Titles stay as their authors wrote them: lower case would break names. */

import type { Paper, PaperKind } from '../../model.ts';
import { isOthers, parsePerson } from '../../people.ts';
import { addressOf, initials, kindOf, type Reference } from './form.ts';
import { ordinal } from './gbt7714.ts';

/** Names that are listed before the last one when there are more than 20. */
const SHOWN = 19;

export function apa(paper: Paper): Reference {
  const kind = kindOf(paper);
  const { title, venue, volume, issue, publisher } = paper;
  const who = authors(paper);
  const when = `(${paper.year ?? 'n.d.'}).`;
  const pages = paper.pages?.replace(/\s*(?:–|—|--?)\s*/g, '–');
  const number = `${volume ?? ''}${issue ? `(${issue})` : ''}`;
  const within = venue && `In ${venue}${pages ? ` (pp. ${pages})` : ''}.`;
  const from = publisher && `${publisher}.`;
  const arxiv = paper.arxiv?.replace(/^arxiv:/i, '');
  const edition = Number(/\d+/.exec(paper.edition ?? '')?.[0] ?? 1);
  /** What belongs to the title, and stands before its point. */
  const remark: Partial<Record<PaperKind, string | undefined>> = {
    preprint: arxiv && `(arXiv:${arxiv})`,
    book: edition > 1 ? `(${ordinal(edition)} ed.)` : undefined,
    thesis: publisher && `[Thesis, ${publisher}]`,
  };
  const source: Partial<Record<PaperKind, (string | undefined)[]>> = {
    article: [[venue, number, pages].filter(Boolean).join(', ').replace(/$/, '.').replace(/^\.$/, '')],
    proceedings: [within, from],
    chapter: [within, from],
    preprint: arxiv ? ['arXiv.'] : [],
    book: [from],
    report: [from],
  };
  const linked = kind !== 'article' && kind !== 'book' && kind !== 'chapter';
  const address = paper.doi ? `https://doi.org/${paper.doi}` : linked ? addressOf(paper) : undefined;
  // A title that ends with a mark of its own takes no point.
  const stop = !remark[kind] && /[?!？！]$/.test(title) ? '' : '.';
  const end = `${remark[kind] ? ` ${remark[kind]}` : ''}${stop}`;
  const rest = [...(source[kind] ?? []), address].filter(Boolean).map((part) => ` ${part}`);
  return who === ''
    ? { before: '', title, after: `${end} ${when}${rest.join('')}` }
    : { before: `${who} ${when} `, title, after: `${end}${rest.join('')}` };
}

function authors(paper: Paper): string {
  const named = paper.authors.filter((a) => !isOthers(a));
  const names = named.map((name) => {
    const { family, given, suffix, whole } = parsePerson(name);
    if (whole || given === '') return family;
    const letters = initials(given)
      .map(({ letter, hyphen }, i) => `${i === 0 ? '' : hyphen ? '-' : ' '}${letter}.`)
      .join('');
    return [`${family}, ${letters}`, suffix].filter(Boolean).join(', ');
  });
  if (named.length < paper.authors.length) return `${names.join(', ')}, et al.`;
  if (names.length > SHOWN + 1) return `${names.slice(0, SHOWN).join(', ')}, . . . ${names.at(-1)}`;
  const last = names.pop() ?? '';
  const all = names.length === 0 ? last : `${names.join(', ')}, & ${last}`;
  // A group has no initial whose point would end the list.
  return all === '' || all.endsWith('.') ? all : `${all}.`;
}
