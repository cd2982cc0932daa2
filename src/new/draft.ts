/** The new note: its slug, front matter and skeleton. */

import { stringify } from 'yaml';

import type { Paper } from '../model.ts';
import { MAX_SEGMENT_BYTES, slugify } from '../paths.ts';
import type { FoundPaper } from './sources.ts';

/** Words that begin a title and say nothing. */
const EMPTY = new Set([
  'a',
  'an',
  'the',
  'on',
  'towards',
  'toward',
  'is',
  'are',
  'how',
  'what',
  'why',
  'do',
  'does',
  'in',
  'of',
  'for',
  'with',
  'and',
]);

/** `VirTex: Learning …` is called VirTex; `Attention Is All You Need` attention. */
export function shortName(title: string): string {
  const named = /^([\p{L}\p{N}][\p{L}\p{N}+\-. ]{1,24}?)\s*[:：—–]\s/u.exec(title)?.[1];
  if (named && named.split(/\s+/).length <= 2) return named;
  const words = title.split(/[^\p{L}\p{N}-]+/u).filter((w) => w !== '');
  // `A 2.4% Determination …` is not called 2.
  return words.find((w) => /\p{L}/u.test(w) && !EMPTY.has(w.toLowerCase())) ?? words[0] ?? 'paper';
}

/**
 * @param paper when the note is about one, which is called by its short name
 * @returns a slug, which may be a file name too; `undefined` when nothing of the title can stand in one
 */
export function slugOf(title: string, paper?: Paper): string | undefined {
  // With a dot in front it would be a hidden file, which no build reads.
  const name = (paper ? shortName(title) : title)
    .toLowerCase()
    .normalize('NFC')
    .replace(/^[^\p{L}\p{N}_]+/u, '');
  return slugify(cut(name, MAX_SEGMENT_BYTES));
}

/** @returns the slug of the n-th note that would be called so: `large`, `large-2` */
export function numberedSlug(slug: string, n: number): string {
  const end = `-${n}`;
  return n === 1 ? slug : `${cut(slug, MAX_SEGMENT_BYTES - end.length)}${end}`;
}

/** As much of a name as is not longer, up to a whole letter. */
function cut(name: string, bytes: number): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(name)) {
    if (Buffer.byteLength(name.slice(0, index + segment.length)) > bytes) break;
    end = index + segment.length;
  }
  return name.slice(0, end).replace(/[^\p{L}\p{M}\p{N}_]+$/u, '');
}

/** What front matter says of a paper; the rest stands in the bibliography. */
const SAID = new Set<string>([
  'key',
  'title',
  'authors',
  'venue',
  'year',
  'arxiv',
  'doi',
  'code',
  'pdf',
  'url',
] satisfies (keyof Paper)[]);

/**
 * @param now local date and time, `2026-01-31 20:15:00`
 * @param body skeleton of the sections
 */
export function draftNote(
  title: string,
  slug: string,
  now: string,
  body: string,
  found?: FoundPaper,
): string {
  const abstract = found?.abstract;
  const paper = Object.fromEntries(Object.entries(found ?? {}).filter(([field]) => SAID.has(field)));
  const fields = {
    title,
    slug,
    date: now,
    draft: true,
    description: '',
    tags: [],
    ...(found && { depth: '略读', paper }),
  };
  // Ids such as 2301.00010 must stay texts: every text that YAML could read otherwise is quoted.
  const yaml = stringify(fields, { defaultStringType: 'PLAIN', defaultKeyType: 'PLAIN', lineWidth: 0 });
  const quote = abstract ? `> [!abstract]- ${found ? 'Abstract' : ''}\n> ${abstract}\n\n` : '';
  return `---\n${yaml}---\n\n${quote}${body.trim()}\n`;
}
