/** Messages about citations, bibliographies and papers. */

import { define } from './define.ts';
import { alsoAt, didYouMean } from './words.ts';

export const citationUnknown = define(
  'cite/unknown',
  'warning',
  'A citation key is neither in the bibliography nor the `key` of a note’s paper.',
  (key: string, near: string[]) => ({ message: `unknown citation key “${key}”`, hint: didYouMean(near) }),
);

export const bibliographyOutside = define(
  'bibliography/outside',
  'warning',
  'A file of `bibliography:` in `postil.yml` lies outside the site’s folder. Only files inside it are read.',
  (path: string) => ({
    message: `the bibliography “${path}” is outside the site`,
    hint: 'copy it into the site, or export it there from your reference manager',
  }),
);

export const bibliographyMissing = define(
  'bibliography/missing',
  'warning',
  '`bibliography:` in `postil.yml` names a file that does not exist, or a folder. Paths count from the site’s folder: `posts/papers.bib`.',
  (path: string, isFolder: boolean) => ({
    message: isFolder ? `the bibliography “${path}” is a folder` : `there is no bibliography “${path}”`,
    hint: isFolder ? 'name its files, each for itself' : 'paths count from the folder with postil.yml',
  }),
);

export const bibliographyEntry = define(
  'bibliography/entry',
  'warning',
  'An entry of a bibliography file cannot be read. The other entries are used.',
  (reason: string) => ({ message: `this entry cannot be read: ${reason}`, hint: undefined }),
);

export const bibliographyCommand = define(
  'bibliography/command',
  'warning',
  'A bibliography has a TeX command that is not known, in a field that pages print. They print its argument, or nothing where it has none. One message a command, which names the lines of its other places.',
  (name: string, others: number[]) => ({
    message: `“\\${name}” is no command that is known here: only its argument is printed`,
    hint: `write what it prints, or define it: @preamble{"\\newcommand{\\${name}}{…}"}${alsoAt(others, others.length > 1 ? 'on lines' : 'on line')}`,
  }),
);

export const bibliographyTitle = define(
  'bibliography/title',
  'warning',
  'An entry of a bibliography has no title, so that there is nothing to print. It is left out.',
  (key: string) => ({ message: `the entry “${key}” has no title`, hint: 'add title = {…}' }),
);

export const bibliographyDuplicate = define(
  'bibliography/duplicate',
  'warning',
  'Two entries of the bibliography have one key (keys that differ only in case are one key, as in BibTeX). The first one counts.',
  (key: string, first: string) => ({
    message: `the key “${key}” is used twice`,
    hint: `the first is at ${first}`,
  }),
);

export const paperKey = define(
  'paper/key',
  'warning',
  'A note’s paper has the `key` of another work, of a note or of the bibliography: their arXiv ids or DOIs differ. They are taken for one paper, with one page, and citations of both lead there.',
  (key: string, first: string) => ({
    message: `“${key}” is the key of another paper: its arXiv id or DOI differs`,
    hint: `the other is in ${first}: give one of the two another key, or mend its id`,
  }),
);
