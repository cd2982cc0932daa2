/**
 * APA, 7th edition (Publication Manual, chapter 10), as plain text. Titles stay as their authors wrote them: lower
 * case would break names.
 */

import { doiUrl } from '../../identifiers.ts';
import type { Paper } from '../../model.ts';
import { isOthers, parsePerson } from '../../people.ts';
import { addressOf, editionOf, initials, isPart, kindOf, numberOf, ordinal, type Reference } from './form.ts';

/** Names that are listed before the last one when there are more than 20. */
const SHOWN = 19;

/** @returns the reference; without authors its title comes first */
export function apa(paper: Paper): Reference {
  const kind = kindOf(paper);
  const { title } = paper;
  const who = authors(paper);
  const when = `(${paper.year ?? 'n.d.'}).`;
  const remark = remarkOf(paper);
  // A title that ends with a mark of its own takes no point.
  const stop = remark === '' && /[.?!？！][”’"]?$/.test(title) ? '' : '.';
  const end = `${remark === '' ? '' : ` ${remark}`}${stop}`;
  const printed = kind === 'article' || kind === 'book' || kind === 'chapter';
  const address = paper.doi ? doiUrl(paper.doi) : printed ? paper.url : addressOf(paper);
  const rest = [...sourceOf(paper), address].flatMap((part) => (part ? [` ${part}`] : [])).join('');
  return who === ''
    ? { before: '', title, after: `${end} ${when}${rest}` }
    : {
        before: `${who} ${when} ${isPart(paper) && paper.venue ? '' : seriesOf(paper)}`,
        title,
        after: `${end}${rest}`,
      };
}

/** What belongs to the title, and stands before its point. */
function remarkOf(paper: Paper): string {
  const kind = kindOf(paper);
  if (kind === 'preprint') return paper.arxiv ? `(arXiv:${paper.arxiv})` : '';
  const number = numberOf(paper);
  if (number)
    return kind === 'patent' && !/patent|专利/i.test(number) ? `(Patent No. ${number})` : `(${number})`;
  if (kind === 'thesis') {
    const name = { doctor: 'Doctoral dissertation', master: 'Master’s thesis' }[paper.degree!] ?? 'Thesis';
    return `[${[name, paper.publisher].filter(Boolean).join(', ')}]`;
  }
  if (kind !== 'book') return '';
  const translators = given(paper.translators ?? []);
  const parts = [translators && `${translators}, Trans.`, edition(paper)].filter(Boolean);
  return parts.length > 0 ? `(${parts.join('; ')})` : '';
}

function sourceOf(paper: Paper): string[] {
  const kind = kindOf(paper);
  const { venue, volume, issue } = paper;
  const pages = paper.pages?.replace(/\s*(?:–|—|--?)\s*/g, '–');
  // Who publishes what is its own is not named twice.
  const own = paper.authors.length === 1 && paper.authors[0]!.replace(/[{}]/g, '') === paper.publisher;
  const from = paper.publisher && !own ? [`${paper.publisher.replace(/\.$/, '')}.`] : [];
  if (kind === 'article') {
    const number = `${volume ?? ''}${issue ? `(${issue})` : ''}`;
    // An article number stands in the place of pages.
    const where = pages && /^[a-z]+\d+$/i.test(pages) ? `Article ${pages}` : pages;
    const parts = [venue, number, where].filter(Boolean);
    return parts.length > 0 ? [`${parts.join(', ')}.`] : [];
  }
  if (isPart(paper)) {
    if (!venue) return from;
    const editors = given(paper.editors ?? []);
    const role = (paper.editors?.length ?? 0) > 1 ? 'Eds.' : 'Ed.';
    const where = [edition(paper), pages && `${/–|,/.test(pages) ? 'pp.' : 'p.'} ${pages}`].filter(Boolean);
    const place = where.length > 0 ? ` (${where.join(', ')})` : '';
    return [`In ${editors && `${editors} (${role}), `}${seriesOf(paper)}${venue}${place}.`, ...from];
  }
  if (kind === 'preprint') return paper.arxiv ? ['arXiv.'] : from;
  return kind === 'thesis' ? [] : from;
}

/** Before the title of a book that is a volume of a series. */
function seriesOf({ series, volume }: Paper): string {
  return series ? `${series}${volume ? `: Vol. ${volume}` : ''}. ` : '';
}

/** `2nd ed.`, `Rev. ed.`; the first is not named. */
function edition(paper: Paper): string | undefined {
  const edition = editionOf(paper);
  if (edition === undefined || edition === 1) return undefined;
  if (typeof edition === 'number') return `${ordinal(edition)} ed.`;
  return /\p{Script=Han}|\bed\.$/u.test(edition) ? edition : `${edition.replace(/\s*\bedition$/i, '')} ed.`;
}

/** Names as they head an entry: the family name first. */
function authors(paper: Paper): string {
  const named = paper.authors.filter((a) => !isOthers(a));
  const names = named.map((name) => {
    const { family, letters, suffix } = partsOf(name);
    return [family, letters, suffix].filter(Boolean).join(', ');
  });
  const role = paper.edited ? (paper.authors.length > 1 ? ' (Eds.).' : ' (Ed.).') : '';
  if (named.length < paper.authors.length) return `${names.join(', ')}, et al.${role}`;
  if (names.length > SHOWN + 1) return `${names.slice(0, SHOWN).join(', ')}, . . . ${names.at(-1)}${role}`;
  const last = names.pop() ?? '';
  const all = names.length === 0 ? last : `${names.join(', ')}, & ${last}`;
  // A group has no initial whose point would end the list.
  return role !== '' || all === '' || all.endsWith('.') ? all + role : `${all}.`;
}

/** Names within an entry, the given name first: `R. F. Subotnik, P. Olszewski-Kubilius, & F. C. Worrell`. */
function given(people: string[]): string {
  const names = people.map((name) => {
    if (isOthers(name)) return 'et al.';
    const { family, letters, suffix } = partsOf(name);
    return [[letters, family].filter(Boolean).join(' '), suffix].filter(Boolean).join(', ');
  });
  if (names.at(-1) === 'et al.') return names.join(', ').replace(/, et al\.$/, ' et al.');
  const last = names.pop() ?? '';
  if (names.length === 0) return last;
  return `${names.join(', ')}${names.length > 1 ? ',' : ''} & ${last}`;
}

function partsOf(name: string): { family: string; letters: string; suffix: string } {
  const { family, given, suffix, whole } = parsePerson(name);
  const letters = whole
    ? ''
    : initials(given)
        .map(({ letter, hyphen }, i) => `${i === 0 ? '' : hyphen ? '-' : ' '}${letter}.`)
        .join('');
  return { family, letters, suffix: letters === '' ? '' : suffix };
}
