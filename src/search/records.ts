/** Notes as records of the search index: one for the names a note goes by, one for each of its sections. */

import { PART, spread, texWords } from '../../templates/client/search-words.ts';
import type { Fragment, LinkedNote, Note, Ref, Target } from '../model.ts';
import { href } from '../paths.ts';

export interface SearchRecord {
  url: string;
  /** Text, and after a mark what can be found but is not shown. */
  content: string;
  meta: { title: string; section: string; facts: string };
}

const TEX = /<annotation encoding="application\/x-tex">([\s\S]*?)<\/annotation>/;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** @param base the site's base path: addresses in the index are as a page would have them */
export function recordsOf(note: Note, { index, url, targets }: LinkedNote, base: string): SearchRecord[] {
  const { title, aliases, tags, papers, categories, description = '', date } = index.meta;
  const facts = [
    papers.length === 1 ? papers[0]!.venue : '',
    date?.day.slice(0, 4),
    ...tags.map((t) => `#${t}`),
  ];
  const about = { title, facts: facts.filter(Boolean).join(' · ') };
  const names = [
    ...aliases,
    ...papers.flatMap((p) => [p.title, ...p.authors, p.venue, p.year, p.arxiv, p.doi]),
    ...categories.flat(),
    ...tags,
  ];
  const records: SearchRecord[] = [
    {
      url: href(url, base),
      content: spread(`${description}${PART} ${title} ${names.filter(Boolean).join(' ')}`),
      meta: { ...about, section: '' },
    },
  ];
  const footnotes = note.footnotes.map((f) => f.body);
  note.sections.forEach((section, i) => {
    const last = i === note.sections.length - 1;
    const { text, formulas } = read([...section.body, ...(last ? footnotes.flat() : [])], note, targets);
    const heading = section.heading?.text ?? '';
    if (text === '' && heading === '') return;
    const words = formulas.map(texWords).filter(Boolean);
    records.push({
      // Pagefind keeps one record for each address; the page alone is the names' one.
      url: href(url, base, section.heading?.id ?? '_main'),
      content: `${spread(text)}${PART} ${spread(heading)} ${words.join(' ꚍꚍ ')}`,
      meta: { ...about, section: heading },
    });
  });
  return records;
}

/** Finished HTML back to text; it is our own, so a tag is what stands between angle brackets. */
function read(fragments: Fragment[], note: Note, targets: Target[]): { text: string; formulas: string[] } {
  const formulas: string[] = [];
  let html = '';
  for (const f of fragments) {
    if (typeof f === 'string') html += f;
    else if ('math' in f) {
      const tex = decode(TEX.exec(note.math[f.math] ?? '')?.[1] ?? '');
      formulas.push(tex);
      html += `$${tex.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}$`;
    } else if ('ref' in f) {
      html += nameOf(note.index.refs[f.ref]!, targets[f.ref]!)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;');
    }
  }
  const text = html
    .replace(/^\s*<h[1-6][\s\S]*?<\/h[1-6]>/, '')
    .replace(/<\/(?:p|li|h[1-6]|td|th|div|pre|figcaption|summary|dt|dd)>|<br>/g, ' ')
    .replace(/<[^>]*>/g, '');
  return { text: decode(text).replace(/\s+/g, ' ').trim(), formulas };
}

/** What a reference is called where no page prints it. */
function nameOf(ref: Ref, target: Target): string {
  if (ref.kind === 'image' || ref.kind === 'embed') return '';
  if (ref.label && ref.kind !== 'cite') return ref.label;
  if (target.kind === 'label') return `(${target.number})`;
  if (target.kind === 'note') return target.title;
  if (target.kind === 'paper') return `${target.paper.authors[0] ?? ''} ${target.paper.title}`;
  return ref.target || ref.fragment;
}

function decode(html: string): string {
  return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
