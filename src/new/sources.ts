/** The answers of arXiv, Crossref, Semantic Scholar, OpenReview and the ACL Anthology, read as papers. */

import { XMLParser } from 'fast-xml-parser';
import { unescapeHtml } from '../entities.ts';
import type { Paper, PaperKind } from '../model.ts';
import { groupName, writtenPerson } from '../people.ts';
import { table } from '../table.ts';
import { type AskOptions, ask, NoAnswer } from './answers.ts';
import type { Work } from './identify.ts';

export interface FoundPaper extends Paper {
  abstract?: string;
}

/** Where the services are; tests put a server of their own here. */
export interface Services {
  arxiv: string;
  crossref: string;
  scholar: string;
  openreview: string;
  acl: string;
}

export const SERVICES: Services = {
  arxiv: 'https://export.arxiv.org/api/query',
  crossref: 'https://api.crossref.org/works',
  scholar: 'https://api.semanticscholar.org/graph/v1/paper',
  openreview: 'https://api2.openreview.net/notes',
  acl: 'https://aclanthology.org',
};

/**
 * Asks for a work.
 *
 * @throws NoAnswer when the service cannot be asked, does not know it, or answers something else
 */
export async function lookUp(work: Work, services: Services, options: AskOptions): Promise<FoundPaper> {
  const paper = await ASK[work.kind](work.id, services, options);
  if (!paper.title) throw new NoAnswer('the answer has no title');
  const code =
    paper.code ??
    /https?:\/\/(?:www\.)?(?:github|gitlab)\.com\/[\w.-]+\/[\w.-]*[\w-]/i.exec(paper.abstract ?? '')?.[0];
  return { ...paper, ...(code && { code }) };
}

const ASK: Record<
  Work['kind'],
  (id: string, services: Services, options: AskOptions) => Promise<FoundPaper>
> = {
  async arxiv(id, services, options) {
    const xml = await ask(`${services.arxiv}?id_list=${encodeURIComponent(id)}&max_results=1`, options);
    const paper = readArxiv(xml, id);
    // arXiv knows no venue; Semantic Scholar does, and it is no loss when it does not answer.
    try {
      const json = await ask(
        `${services.scholar}/arXiv:${encodeURIComponent(id)}?fields=venue,year,externalIds`,
        options,
      );
      const { venue, year, externalIds } = object(json);
      const known = string(venue);
      const doi = string(record(externalIds).DOI);
      if (known && !/^arxiv/i.test(known)) {
        paper.venue = shortVenue(known);
        if (typeof year === 'number') paper.year = year;
      }
      if (doi && !paper.doi && !/^10\.48550/i.test(doi)) paper.doi = doi;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
    return paper;
  },
  async doi(id, services, options) {
    return readCrossref(await ask(`${services.crossref}/${encodeURIComponent(id)}`, options), id);
  },
  async openreview(id, services, options) {
    return readOpenReview(await ask(`${services.openreview}?id=${encodeURIComponent(id)}`, options), id);
  },
  async acl(id, services, options) {
    return readAcl(await ask(`${services.acl}/${encodeURIComponent(id)}.bib`, options), id);
  },
};

/** arXiv's Atom answer (https://info.arxiv.org/help/api/user-manual.html §3.3). */
function readArxiv(xml: string, id: string): FoundPaper {
  const parser = new XMLParser({
    ignoreAttributes: true,
    processEntities: true,
    isArray: (name) => name === 'author' || name === 'entry',
  });
  let entry: Record<string, unknown>;
  try {
    entry = record((record(record(parser.parse(xml)).feed).entry as unknown[])?.[0]);
  } catch {
    throw new NoAnswer('arXiv answers something that is not Atom');
  }
  const title = line(entry.title);
  if (!title || /^error$/i.test(title)) throw new NoAnswer(`arXiv does not know ${id}`);
  const authors = (Array.isArray(entry.author) ? entry.author : [])
    .map((a) => line(record(a).name))
    .filter(Boolean);
  const year = Number(line(entry.published).slice(0, 4));
  const doi = line(entry['arxiv:doi']);
  const comment = line(entry['arxiv:comment']);
  const venue =
    /\b(?:accepted|published|appear\w*|presented)?\s*(?:to|at|by|in)?\s*\b(CVPR|ICCV|ECCV|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|ACL|EMNLP|NAACL|WACV|BMVC|TPAMI|IJCV|TMLR|JMLR)\b/i.exec(
      comment,
    )?.[1];
  return {
    title,
    authors,
    venue: venue ?? 'arXiv',
    ...(year > 1990 && { year }),
    arxiv: id,
    ...(doi && { doi }),
    abstract: line(`${line(entry.summary)} ${comment}`),
  };
}

/** What Crossref calls its kinds; of others, such as preprints of any server, the venue tells. */
const KINDS: Record<string, PaperKind> = table({
  'journal-article': 'article',
  'proceedings-article': 'proceedings',
  book: 'book',
  monograph: 'book',
  'edited-book': 'book',
  'reference-book': 'book',
  'book-chapter': 'chapter',
  'book-section': 'chapter',
  'book-part': 'chapter',
  'reference-entry': 'chapter',
  dissertation: 'thesis',
  report: 'report',
});

/** Crossref's work (https://api.crossref.org/swagger-ui/index.html). */
function readCrossref(json: string, id: string): FoundPaper {
  const work = record(object(json).message);
  const first = (value: unknown) => unmarked(Array.isArray(value) ? value[0] : value);
  const kind = KINDS[string(work.type)];
  const [authors, editors] = [people(work.author), people(work.editor)];
  const edited = kind === 'book' && authors.length === 0 && editors.length > 0;
  const parts = record(work.issued)['date-parts'];
  const year = Array.isArray(parts) && Array.isArray(parts[0]) ? Number(parts[0][0]) : Number.NaN;
  const within = first(work['container-title']);
  const venue = first(record(work.event).acronym) || (kind === 'book' ? '' : within);
  const [title, subtitle] = [first(work.title), first(work.subtitle)];
  const rest: Partial<Paper> = Object.fromEntries(
    Object.entries({
      kind,
      edited,
      editors: edited || editors.length === 0 ? undefined : editors,
      venue: shortVenue(venue),
      series: kind === 'book' && within,
      year: year > 0 && year,
      volume: numbers(work.volume),
      issue: numbers(work.issue),
      pages: numbers(work.page || work['article-number']).replace(/(?<=\w)-(?=\w)/, '–'),
      publisher: unmarked(work.publisher),
      place: unmarked(work['publisher-location']),
    }).filter(([, value]) => value),
  );
  return {
    title: subtitle && !title.includes(subtitle) ? `${title}: ${subtitle}` : title,
    authors: edited ? editors : authors,
    ...rest,
    doi: string(work.DOI) || id,
    abstract: line(unescapeHtml(string(work.abstract).replace(/<[^>]+>/g, ' '))),
  };
}

function people(list: unknown): string[] {
  const names = (Array.isArray(list) ? list : []).map((entry) => {
    const { given, family, suffix, name } = record(entry);
    if (name) return groupName(unmarked(name));
    return writtenPerson(unmarked(family), unmarked(given), unmarked(suffix));
  });
  return names.filter((name) => name !== '');
}

/** Volume, number or pages; in a bibliography they stand as they are, so nothing in them may be TeX. */
function numbers(value: unknown): string {
  return unmarked(value)
    .replace(/\s*&\s*/g, '/')
    .replace(/[^\p{L}\p{N}\s.,:;()/–-]/gu, '');
}

const HIGH = new Map(Array.from('0123456789+-−=()ni', (c, i) => [c, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'][i]!]));
const LOW = new Map(Array.from('0123456789+-−=()ni', (c, i) => [c, [...'₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙᵢ'][i]!]));

/** Crossref's text, which holds tags and references of HTML, as it reads. */
function unmarked(value: unknown): string {
  const text = line(value).replace(
    /<(?:jats:)?(sub|sup)>([^<>]*)<\/(?:jats:)?\1>/gi,
    (_, tag: string, inner: string) => {
      const sup = tag.toLowerCase() === 'sup';
      const signs = Array.from(inner.trim(), (c) => (sup ? HIGH : LOW).get(c));
      if (!signs.includes(undefined)) return signs.join('');
      // On the line, 10 to the 12.5 would be another number; 19th is no other.
      return /\d/.test(inner) ? `${sup ? '^' : '_'}${inner}` : inner;
    },
  );
  return line(unescapeHtml(text.replace(/<\/?[a-z][^<>]*>/gi, '')));
}

/** OpenReview's note, API 2 (values wrapped in `{value}`) and 1. */
function readOpenReview(json: string, id: string): FoundPaper {
  const notes = object(json).notes;
  const note = record(Array.isArray(notes) ? notes[0] : undefined);
  const content = record(note.content);
  const value = (name: string): unknown => {
    const found = content[name];
    return typeof found === 'object' && found !== null && 'value' in found ? found.value : found;
  };
  const names = value('authors');
  const stamp = Number(note.pdate ?? note.cdate);
  const venue = line(value('venue'));
  const year = Number(
    /\b(?:19|20)\d{2}\b/.exec(venue)?.[0] ?? (stamp > 0 ? new Date(stamp).getUTCFullYear() : Number.NaN),
  );
  return {
    title: line(value('title')),
    authors: (Array.isArray(names) ? names : []).map(line).filter(Boolean),
    ...(venue && { venue: shortVenue(venue) }),
    ...(year > 0 && { year }),
    url: `https://openreview.net/forum?id=${id}`,
    pdf: `https://openreview.net/pdf?id=${id}`,
    abstract: line(value('abstract')),
  };
}

/** The Anthology's BibTeX of one paper: regular enough to be read by field. */
function readAcl(bib: string, id: string): FoundPaper {
  if (!/^\s*@\w+\{/.test(bib)) throw new NoAnswer('the ACL Anthology answers something that is not BibTeX');
  const field = (name: string) => {
    const m = new RegExp(
      `^\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|\\{((?:[^{}]|\\{[^{}]*\\})*)\\})`,
      'ims',
    ).exec(bib);
    return line((m?.[1] ?? m?.[2] ?? '').replace(/[{}]/g, ''));
  };
  const authors = field('author')
    .split(/\s+and\s+/)
    .filter(Boolean)
    .map((a) => {
      const [family = '', given, suffix] = a.split(/,\s*/);
      return given === undefined || suffix !== undefined ? a : writtenPerson(family, given);
    });
  const year = Number(field('year'));
  const doi = field('doi');
  const venue = /^\d{4}\.([a-z]+)-/.exec(id)?.[1]?.toUpperCase() ?? field('booktitle');
  return {
    title: field('title'),
    authors,
    ...(venue && { venue: shortVenue(venue) }),
    ...(year > 0 && { year }),
    ...(doi && { doi }),
    url: `https://aclanthology.org/${id}`,
    pdf: `https://aclanthology.org/${id}.pdf`,
    abstract: field('abstract'),
  };
}

/** Names by which the conferences of the field are called. */
const VENUES: [RegExp, string][] = [
  [/computer vision and pattern recognition|^cvpr/i, 'CVPR'],
  [/international conference on computer vision|^iccv/i, 'ICCV'],
  [/european conference on computer vision|^eccv/i, 'ECCV'],
  [/neural information processing systems|^neurips|^nips/i, 'NeurIPS'],
  [/international conference on machine learning|^icml/i, 'ICML'],
  [/learning representations|^iclr/i, 'ICLR'],
  [/transactions on pattern analysis/i, 'TPAMI'],
  [/^aaai/i, 'AAAI'],
  [/^transactions on machine learning research|^tmlr/i, 'TMLR'],
];

function shortVenue(venue: string): string {
  return VENUES.find(([pattern]) => pattern.test(venue))?.[1] ?? venue;
}

function object(json: string): Record<string, unknown> {
  try {
    return record(JSON.parse(json));
  } catch {
    throw new NoAnswer('the answer is not JSON');
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Text on one line, without control characters: answers come from anywhere. */
function line(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 5000);
}
