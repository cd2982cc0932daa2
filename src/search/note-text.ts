/** A compiled note as search sees it: the text of each section, with holes where other notes decide. */

import { unescapeHtml } from '../entities.ts';
import type { Fragment, LinkedNote, Note, Paper } from '../model.ts';
import { citationText, displayName } from '../people.ts';
import { escapedTexOf } from '../printed-math.ts';

/** One section as text. Numbers are references whose text comes from their targets. */
export interface SectionText {
  /** Id of its heading; empty before the first one. */
  id: string;
  heading: string;
  text: (string | number)[];
  /** Which of those references are citations. */
  cites: number[];
}

/** The sections of a note that have something to find; footnotes belong to the last one. */
export function sectionTexts(note: Pick<Note, 'sections' | 'footnotes' | 'math' | 'index'>): SectionText[] {
  const footnotes = note.footnotes.flatMap((f) => f.body);
  return note.sections.flatMap((section, i) => {
    const body = i === note.sections.length - 1 ? [...section.body, ...footnotes] : section.body;
    const text = textOf(body, note);
    const heading = section.heading?.text ?? '';
    if (heading === '' && text.length === 0) return [];
    const cites = text.filter((part) => typeof part === 'number' && note.index.refs[part]?.kind === 'cite');
    return [{ id: section.heading?.id ?? '', heading, text, cites: cites as number[] }];
  });
}

/** Finished HTML back to text; it is our own, so a tag is what stands between angle brackets. */
function textOf(fragments: Fragment[], { math, index }: Pick<Note, 'math' | 'index'>): SectionText['text'] {
  const refs: number[] = [];
  let html = '';
  for (const f of fragments) {
    if (typeof f === 'string') html += noDollar(f.replaceAll('\0', ''));
    else if ('math' in f) html += `$${noDollar(escapedTexOf(math[f.math] ?? ''))}$`;
    else if ('ref' in f) {
      const ref = index.refs[f.ref]!;
      if (ref.kind === 'image' || ref.kind === 'embed') continue;
      if (ref.label && ref.kind !== 'cite') html += escapeText(noDollar(ref.label));
      else html += `\0${refs.push(f.ref) - 1}\0`;
    }
  }
  const text = unescapeHtml(
    html
      .replace(/^\s*<h[1-6][\s\S]*?<\/h[1-6]>/, '')
      .replace(/<\/(?:p|li|h[1-6]|td|th|div|pre|figcaption|summary|dt|dd)>|<br>/g, ' ')
      .replace(/<[^>]*>/g, ''),
  )
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
  return text.split('\0').flatMap((part, i) => (i % 2 === 1 ? refs[Number(part)]! : part === '' ? [] : part));
}

/** Around the number of a reference, or those of citations; JSON has no such character of its own. */
const HOLE = '\0';
const CITES = ':';
const HOLES = /\0(:?)([\d,]+)\0/g;

/** @returns sections as `SearchedFile` has them, as JSON, with holes for what references are called */
export function packSections(sections: SectionText[]): string {
  const printed = sections.map(({ id, heading, text, cites }) => {
    const inner = text.map((part) => (typeof part === 'number' ? `${HOLE}${part}${HOLE}` : inJson(part)));
    const cited = cites.length > 0 ? `,"${HOLE}${CITES}${cites.join()}${HOLE}"` : '';
    return `[${JSON.stringify(id)},${JSON.stringify(heading)},"${inner.join('')}"${cited}]`;
  });
  return `[${printed.join()}]`;
}

/** What search knows of a note's references, by their numbers. */
export interface RefNames {
  /** What the page shows of each. */
  shown: string[];
  /** What it cites, in words that the page has among its references alone; empty for what is no citation. */
  cited: string[];
}

/**
 * @param sections as `packSections` gave them
 * @returns JSON
 */
export function fillSections(sections: string, { shown, cited }: RefNames): string {
  return sections.replace(HOLES, (_, cites: string, refs: string) =>
    cites ? inJson(citedIn(refs.split(','), cited)) : inJson(shown[Number(refs)]!),
  );
}

/** Works that a section cites, each once. */
function citedIn(refs: string[], cited: string[]): string {
  return [...new Set(refs.map((ref) => cited[Number(ref)]!))].filter((name) => name !== '').join(' · ');
}

/** A text as it stands between the quotes of JSON. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * @param texts what a note's page shows of its references, by their numbers
 * @returns what search knows of them
 */
export function refNames({ targets }: Pick<LinkedNote, 'targets'>, texts: string[]): RefNames {
  return {
    shown: texts.map((text) => noDollar(text).normalize('NFC')),
    cited: targets.map((target) => (target.kind === 'paper' ? entryOf(target.paper) : '')),
  };
}

const entries = new WeakMap<Paper, string>();

/** A paper's first author and title. */
function entryOf(paper: Paper): string {
  let entry = entries.get(paper);
  if (entry === undefined) {
    const { authors, title } = paper;
    const who = authors.length > 0 ? `${displayName(authors[0]!)}. ` : '';
    entry = `${who}${title}`.normalize('NFC');
    entries.set(paper, entry);
  }
  return entry;
}

/** All names by which a note can be found. */
export function namesOf({ index }: Pick<LinkedNote, 'index'>): string {
  const { title, description, tags } = index.meta;
  return lines([title, description, ...tags, otherNames({ index })]);
}

/** Those that are neither its title, its description nor tags: other titles, and what is said of its papers. */
export function otherNames({ index }: Pick<LinkedNote, 'index'>): string {
  const { aliases, papers, categories } = index.meta;
  return lines([
    ...aliases,
    ...papers.flatMap((paper) => {
      const { title, authors, venue, year, arxiv, doi } = paper;
      const who = authors.length > 0 ? [citationText(paper), ...authors.map(displayName)] : [];
      return [title, ...who, venue, year, arxiv, doi];
    }),
    ...categories.flat(),
  ]);
}

/** A line end keeps the end of one name and the beginning of the next apart. */
function lines(names: (string | number | undefined)[]): string {
  return names.filter(Boolean).join('\n').normalize('NFC');
}

/** Formulas in a section's text. */
export function formulasIn({ text }: SectionText): string[] {
  return text.flatMap((part) =>
    typeof part === 'string' ? [...part.matchAll(/\$([^$]+)\$/g)].map((m) => m[1]!) : [],
  );
}

/** Dollars stand for formulas here; one that is meant is written wide, and shown as it was. */
function noDollar(text: string): string {
  return text.replaceAll('$', '＄');
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\0', '');
}
