/** The new note: its slug, front matter and skeleton. */

import { stringify } from 'yaml';

import type { Paper } from '../model.ts';
import { slugify } from '../paths.ts';
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
  return title.split(/[^\p{L}\p{N}-]+/u).find((w) => w !== '' && !EMPTY.has(w.toLowerCase())) ?? 'paper';
}

/**
 * @param paper what the note is about: then the slug is of the short name in the title
 * @returns a slug; `note` when no letter of the title can stand in one
 */
export function slugOf(title: string, paper?: Paper): string {
  const name = paper ? shortName(title) : title;
  return slugify(name.toLowerCase()) ?? 'note';
}

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
  const { abstract, ...paper } = found ?? ({} as Partial<FoundPaper>);
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
