/** How a note itself is cited, and under which licence it stands. */

import { titleInLetters } from '../letters.ts';
import type { LinkedNote, Paper } from '../model.ts';
import { apa } from './bibliography/apa.ts';
import { bibtex } from './bibliography/bibtex.ts';
import { gbt7714 } from './bibliography/gbt7714.ts';
import type { Chrome } from './chrome.ts';
import type { NoteView } from './views.ts';

/** @returns what of it the site asks for */
export function colophonOf(
  { index, slug, url }: LinkedNote,
  chrome: Chrome,
): Pick<NoteView, 'licence' | 'citation'> {
  const { config } = chrome;
  const { meta } = index;
  const year = Number(meta.date?.day.slice(0, 4));
  const note: Paper = {
    key: slug,
    kind: 'online',
    title: meta.title,
    authors: config.author ? [config.author] : [],
    venue: config.title,
    url: chrome.absolute(url) ?? chrome.href(url),
    ...(year && { year }),
  };
  const form = /^zh/i.test(meta.lang ?? config.lang) ? gbt7714 : apa;
  const { before, title, after } = form(titleInLetters(note));
  return {
    ...(config.licence && {
      licence: { label: config.licence.name, ...(config.licence.url && { href: config.licence.url }) },
    }),
    ...(config.citation && {
      citation: {
        text: before + title + after,
        bibtex: bibtex(note).replace('  booktitle =', '  howpublished ='),
      },
    }),
  };
}
