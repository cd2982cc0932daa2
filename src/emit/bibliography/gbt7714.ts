/**
 * GB/T 7714-2015 in the order of its numbers, for articles, proceedings and papers in them, preprints, books and
 * their chapters, theses, reports, standards, patents and what is only online (§4.1, 4.2 and 4.4 to 4.6 of the standard). Half-width
 * punctuation, as most who follow it print it. Titles stay as their authors wrote them: §6 wants the custom of their
 * language. A preprint, for which the standard has no kind, is an electronic resource.
 */

import type { Paper } from '../../model.ts';
import { isOthers, parsePerson } from '../../people.ts';
import { addressOf, editionOf, initials, isPart, kindOf, numberOf, ordinal, type Reference } from './form.ts';

const MARKS = {
  article: 'J',
  proceedings: 'C',
  preprint: 'EB',
  book: 'M',
  chapter: 'M',
  thesis: 'D',
  report: 'R',
  standard: 'S',
  patent: 'P',
  online: 'EB',
} as const;

/** @returns the reference; what the standard wants and nobody can know here, the day of reading, is left out */
export function gbt7714(paper: Paper): Reference {
  const kind = kindOf(paper);
  const who = names(paper.authors);
  const within = isPart(paper) && paper.venue;
  const access = accessOf(paper);
  // Volumes and numbers belong to the title of the whole.
  const own = kind === 'book' ? volumeOf(paper, paper.title) : numberOf(paper);
  const mark = `${own ? `: ${own}` : ''}[${MARKS[kind]}${access.electronic || MARKS[kind] === 'EB' ? '/OL' : ''}]`;
  const from = within
    ? `//${join('. ', names(paper.editors ?? []), join(': ', within, volumeOf(paper, within)))}`
    : '';
  const source = join('. ', translators(paper), edition(paper), issued(paper) + access.days, ...access.paths);
  return {
    before: who === '' ? '' : `${who}. `,
    title: paper.title,
    after: `${mark}${from}${source === '' ? '' : `. ${source}`}.`,
  };
}

/** Where and when it came out, and on which pages. */
function issued(paper: Paper): string {
  const kind = kindOf(paper);
  const { year, volume, issue } = paper;
  const pages = paper.pages?.replace(/\s*(?:–|—|--+)\s*/g, '-');
  if (kind === 'article') {
    // Without a volume the number stands at the year: 2013(1).
    const when = volume
      ? join(', ', year, `${volume}${issue ? `(${issue})` : ''}`)
      : `${year ?? ''}${issue ? `(${issue})` : ''}`;
    return join(': ', join(', ', paper.venue, when), pages);
  }
  // The day on which it was laid open.
  if (kind === 'patent') return join(': ', paper.day ?? year, pages);
  const publisher = join(': ', paper.place, paper.publisher);
  // What nobody published has the day on which it was put online instead.
  const dated = publisher === '' && paper.day !== undefined && accessOf(paper).electronic;
  return join(': ', join(', ', publisher, dated ? undefined : year), pages);
}

/** What an electronic resource has besides: the days of publication and of reading, its address, its DOI. */
function accessOf(paper: Paper): { electronic: boolean; days: string; paths: (string | undefined)[] } {
  const kind = kindOf(paper);
  const digital = kind === 'preprint' || kind === 'online' || paper.accessed !== undefined;
  const address = digital ? addressOf(paper) : undefined;
  const doi = paper.doi && !address?.includes(paper.doi) ? `DOI: ${paper.doi}` : undefined;
  const electronic = address !== undefined || doi !== undefined;
  return {
    electronic,
    days: address
      ? join('', kind !== 'patent' && paper.day && `(${paper.day})`, paper.accessed && `[${paper.accessed}]`)
      : '',
    paths: [address, doi],
  };
}

/** Three names, then 等 or et al.; family names in capitals, given names as initials without points (§8.1). */
function names(people: string[]): string {
  const { shown, more } = firstThree(people);
  if (more && shown.length > 0) shown.push(/\p{Script=Han}/u.test(shown[0]!) ? '等' : 'et al');
  return shown.join(', ');
}

/** `胡泳, 范海燕, 译`; of more than three, 等译. */
function translators(paper: Paper): string {
  const { shown, more } = firstThree(paper.translators ?? []);
  if (shown.length === 0) return '';
  const chinese = /\p{Script=Han}/u.test(shown[0]!);
  return join(', ', ...shown, ...(chinese ? [more ? '等译' : '译'] : [more && 'et al', 'trans']));
}

function firstThree(people: string[]): { shown: string[]; more: boolean } {
  const named = people.filter((a) => !isOthers(a));
  const shown = named.slice(0, 3).map((name) => {
    const { family, given, suffix, whole } = parsePerson(name);
    if (whole) return family;
    const letters = initials(given).map((i) => i.letter);
    return join(', ', [family.toUpperCase(), ...letters].join(' '), suffix.replace(/\.$/, ''));
  });
  return { shown, more: named.length > 3 || named.length < people.length };
}

/** `4th ed`, `2版`, `Rev. ed`, `刻本`: the first edition is not named (§8.3). */
function edition(paper: Paper): string | undefined {
  if (kindOf(paper) !== 'book' && !isPart(paper)) return undefined;
  const edition = editionOf(paper);
  if (typeof edition !== 'number') return edition?.replace(/\.$/, '');
  if (edition === 1) return undefined;
  return /\p{Script=Han}/u.test(paper.title) ? `${edition}版` : `${ordinal(edition)} ed`;
}

/** `第1卷`, `Vol. 2`; of western proceedings none, since there it counts the series. */
function volumeOf(paper: Paper, title: string): string | undefined {
  const { volume } = paper;
  if (!volume || kindOf(paper) === 'article') return undefined;
  const chinese = /\p{Script=Han}/u.test(title);
  if (!/^\d+$/.test(volume)) return chinese ? volume : undefined;
  if (chinese) return `第${volume}卷`;
  return paper.series || kindOf(paper) === 'proceedings' ? undefined : `Vol. ${volume}`;
}

function join(separator: string, ...parts: (string | number | false | undefined)[]): string {
  return parts.filter((p) => p !== undefined && p !== '' && p !== false).join(separator);
}
