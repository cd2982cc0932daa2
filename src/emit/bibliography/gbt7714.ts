/**
 * GB/T 7714-2015, for articles, papers in proceedings, preprints, books, chapters, theses and reports. What the
 * standard wants and nobody can know here, the day on which the reader looked at an electronic source, is left out.
 */

import type { Paper } from '../../model.ts';
import { isOthers, parsePerson } from '../../people.ts';
import { addressOf, initials, kindOf, type Reference } from './form.ts';

const MARKS = {
  article: 'J',
  proceedings: 'C',
  preprint: 'EB/OL',
  book: 'M',
  chapter: 'M',
  thesis: 'D',
  report: 'R',
  online: 'EB/OL',
} as const;

export function gbt7714(paper: Paper): Reference {
  const kind = kindOf(paper);
  const who = authors(paper);
  const { venue, volume, issue, year } = paper;
  const pages = paper.pages?.replace(/\s*(?:–|—|--+)\s*/g, '-');
  const end = pages ? `: ${pages}.` : '.';
  let rest: string;
  if (kind === 'article') {
    const number = `${volume ?? ''}${issue ? `(${issue})` : ''}`;
    rest = `${join(', ', venue, year, number)}${end}`;
  } else if (kind === 'preprint' || kind === 'online') {
    const address = addressOf(paper);
    rest = `${join('. ', year === undefined ? undefined : `(${year})`, address)}.`;
  } else {
    const imprint = join(', ', join(': ', paper.place, paper.publisher), year);
    rest = `${join('. ', kind === 'book' ? edition(paper) : undefined, imprint)}${end}`;
  }
  const within = (kind === 'proceedings' || kind === 'chapter') && venue ? `//${venue}` : '';
  const doi = paper.doi ? ` DOI: ${paper.doi}.` : '';
  const tail = rest === '.' ? '.' : `. ${rest}`;
  return {
    before: who === '' ? '' : `${who}. `,
    title: paper.title,
    after: `[${MARKS[kind]}]${within}${tail}${doi}`,
  };
}

/** Three names, then 等 or et al.; family names in capitals, given names as initials without points. */
function authors(paper: Paper): string {
  const named = paper.authors.filter((a) => !isOthers(a));
  const shown = named.slice(0, 3).map((name) => {
    const { family, given, suffix, whole } = parsePerson(name);
    if (whole) return family;
    const letters = initials(given).map((i) => i.letter);
    return join(', ', [family.toUpperCase(), ...letters].join(' '), suffix.replace(/\.$/, ''));
  });
  const more = named.length > 3 || named.length < paper.authors.length;
  if (more && shown.length > 0) shown.push(/\p{Script=Han}/u.test(shown[0]!) ? '等' : 'et al');
  return shown.join(', ');
}

/** `4th ed`, `2 版`: the first edition is not named. */
function edition(paper: Paper): string | undefined {
  const number = /\d+/.exec(paper.edition ?? '')?.[0] ?? ORDINALS[(paper.edition ?? '').toLowerCase()];
  if (number === undefined || number === '1') return undefined;
  if (/\p{Script=Han}/u.test(paper.title)) return `${number}版`;
  return `${ordinal(Number(number))} ed`;
}

const ORDINALS: Record<string, string> = { first: '1', second: '2', third: '3', fourth: '4', fifth: '5' };

/** 1st, 2nd, 3rd, 4th. */
export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

function join(separator: string, ...parts: (string | number | undefined)[]): string {
  return parts.filter((p) => p !== undefined && p !== '').join(separator);
}
