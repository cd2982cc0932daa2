/** A compiled note as search sees it: the text of each section, with holes where other notes decide. */

import { unescapeHtml } from '../entities.ts';
import type { Fragment, LinkedNote, Note, Ref, Target } from '../model.ts';
import { escapedTexOf } from '../printed-math.ts';

/** One section as text. Numbers are references whose text comes from their targets. */
export interface SectionText {
  /** Id of its heading; empty before the first one. */
  id: string;
  heading: string;
  text: (string | number)[];
}

/** The sections of a note that have something to find; footnotes belong to the last one. */
export function sectionTexts(note: Pick<Note, 'sections' | 'footnotes' | 'math' | 'index'>): SectionText[] {
  const footnotes = note.footnotes.flatMap((f) => f.body);
  return note.sections.flatMap((section, i) => {
    const body = i === note.sections.length - 1 ? [...section.body, ...footnotes] : section.body;
    const text = textOf(body, note);
    const heading = section.heading?.text ?? '';
    return heading === '' && text.length === 0 ? [] : [{ id: section.heading?.id ?? '', heading, text }];
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
    .trim();
  return text.split('\0').flatMap((part, i) => (i % 2 === 1 ? refs[Number(part)]! : part === '' ? [] : part));
}

/** Around the number of a reference; JSON has no such character of its own. */
const HOLE = '\0';
const HOLES = /\0(\d+)\0/g;

/** @returns sections as `SearchedFile` has them, as JSON, with holes for what references are called */
export function packSections(sections: SectionText[]): string {
  const printed = sections.map(({ id, heading, text }) => {
    const inner = text.map((part) => (typeof part === 'number' ? `${HOLE}${part}${HOLE}` : inJson(part)));
    return `[${JSON.stringify(id)},${JSON.stringify(heading)},"${inner.join('')}"]`;
  });
  return `[${printed.join()}]`;
}

/**
 * @param sections as `packSections` gave them
 * @param names what references are called, by their numbers
 * @returns JSON
 */
export function fillSections(sections: string, names: string[]): string {
  return sections.replace(HOLES, (_, ref: string) => inJson(names[Number(ref)]!));
}

/** A text as it stands between the quotes of JSON. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What a reference is called where no page prints it. */
export function targetName(ref: Ref, target: Target): string {
  if (target.kind === 'label') return `(${target.number})`;
  if (target.kind === 'note') return target.title;
  if (target.kind === 'paper') return `${target.paper.authors[0] ?? ''} ${target.paper.title}`;
  return ref.target || ref.fragment;
}

/** The other names by which a note can be found: of its papers, categories and tags. */
export function namesOf({ index }: Pick<LinkedNote, 'index'>): string {
  const { title, aliases, description, tags, papers, categories } = index.meta;
  const names = [
    title,
    description,
    ...aliases,
    ...papers.flatMap((p) => [p.title, ...p.authors, p.venue, p.year, p.arxiv, p.doi]),
    ...categories.flat(),
    ...tags,
  ];
  // A line end keeps the end of one name and the beginning of the next apart.
  return names.filter(Boolean).join('\n');
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
