/** What a link's preview shows of a page: a small file beside it, read when a reader rests on the link. */

import type { PreviewFile } from '../../templates/client/preview-file.ts';
import { inLetters } from '../letters.ts';
import type { LinkedNote, LinkedPaper } from '../model.ts';
import { citationText } from '../people.ts';
import { shorten } from '../shorten.ts';
import { summaryOf } from './print.ts';

/** Characters of text in a preview: with them a file stays below 1.5 kB. */
const MOST = 220;

/** @param siteLang the site's language, for a note that names none */
export function notePreview(note: LinkedNote, siteLang: string): PreviewFile {
  const { title, papers, date, lang } = note.index.meta;
  const paper = papers.length === 1 ? papers[0] : undefined;
  const facts = paper ? [paper.venue, paper.year] : [date?.day];
  return {
    title: inLetters(title),
    facts: facts.filter(Boolean).join(' '),
    text: shorten(summaryOf(note, siteLang), MOST),
    lang: lang ?? siteLang,
  };
}

/**
 * @returns what is shown of a paper over a link to it; the language is told by its title, for no bibliography says it
 */
export function paperPreview({ paper }: LinkedPaper): PreviewFile {
  return {
    title: inLetters(paper.title),
    facts: [paper.venue, paper.year].filter(Boolean).join(' '),
    text: paper.authors.length > 0 ? citationText({ title: paper.title, authors: paper.authors }) : '',
    lang: /\p{Script=Han}/u.test(paper.title) ? 'zh-CN' : 'en',
  };
}
