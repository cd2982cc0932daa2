/** Messages about what a site looks like: its own templates, style and words, and its pictures. */

import { define } from './define.ts';
import { didYouMean, list } from './words.ts';

export const themeError = define(
  'theme/error',
  'error',
  'A file of the site’s own `templates/`, or one that they import, cannot be compiled, or fails while a page is made from it. The place is that in your file. Nothing is published until it works: a page without a part of its frame would look whole and not be.',
  (message: string, page?: string, imported = false) => ({
    message: page === undefined ? message : `${message} (while making ${page})`,
    hint: imported ? 'mend the file' : 'mend the file, or delete it to have Postil’s own again',
  }),
);

export const themeOutdated = define(
  'theme/outdated',
  'warning',
  'A file of `templates/` stands for one of Postil’s, and that one has changed since: what was mended or added there is missing from the site. `postil theme show FILE` prints Postil’s own file as it is now; when you have taken over what you want, `postil theme mark FILE` says that yours stands for it.',
  (name: string) => ({
    message: `Postil’s own ${name} has changed since this file took its place`,
    hint: `compare with “postil theme show ${name}”, then “postil theme mark ${name}”`,
  }),
);

export const themeUnmarked = define(
  'theme/unmarked',
  'warning',
  'A file of `templates/` stands for one of Postil’s, but does not say for which version of it, so a later build cannot tell when that one has changed. A file made by `postil theme eject` says it in its first line.',
  (name: string) => ({
    message: 'the file does not say which version it replaces',
    hint: `postil theme mark ${name}`,
  }),
);

export const themeFile = define(
  'theme/file',
  'warning',
  'A style of `templates/` names a file with `url(…)` that is not there: `/face.woff2` is a file of `public/`, whatever the base path of the site, and `./face.woff2` lies beside the style. Readers would see the page without it.',
  (target: string, sought?: string) => ({
    message: `there is no file “${target}”`,
    hint:
      sought === undefined
        ? 'put it beside the style, or into public/, where /name finds it'
        : `it is looked for as ${sought}`,
  }),
);

export const themeUnused = define(
  'theme/unused',
  'warning',
  'A file of `templates/` replaces none of Postil’s files, because none has this name, and no other file there names it.',
  (name: string, suggestions: string[]) => ({
    message: `“${name}” replaces none of Postil’s files and is used by none of yours`,
    hint:
      suggestions.length > 0
        ? `did you mean ${list(suggestions)}?`
        : '“postil theme” lists what can be replaced',
  }),
);

export const themeStrings = define(
  'theme/strings',
  'warning',
  'A language is one file of `templates/strings/`. What it leaves out is said in English.',
  (missing: string[]) => ({
    message: `the language lacks ${missing.length > 6 ? `${list(missing.slice(0, 6))} and ${missing.length - 6} more` : list(missing)}`,
    hint: 'English stands in for them; “postil theme show strings/en.ts” prints the whole list',
  }),
);

export const themeWord = define(
  'theme/word',
  'error',
  'A word in a file of `templates/strings/` is of another kind than pages need: text where a function makes the text of a number, or a function where there is to be text. The file exports them as its default.',
  (word: string, expected: string, found: string) => ({
    message:
      word === ''
        ? `the words must be ${expected} after “export default”, not ${found}`
        : `“${word}” must be ${expected}, not ${found}`,
    hint: '“postil theme show strings/en.ts” prints the whole list',
  }),
);

export const themeWordUnknown = define(
  'theme/unknown-word',
  'warning',
  'A file of `templates/strings/` says a word that no page has: it is misspelt, or Postil has it no more.',
  (word: string, near: string[]) => ({
    message: `no page has a word “${word}”`,
    hint: didYouMean(near) ?? '“postil theme show strings/en.ts” prints the whole list',
  }),
);

export const themeLang = define(
  'theme/lang',
  'error',
  '`lang` of postil.yml is the language of the interface. Postil speaks Chinese and English; another language is a file of the site, `templates/strings/<lang>.ts`.',
  (lang: string, known: string[]) => ({
    message: `there are no words for the language “${lang}”`,
    hint: `one of ${known.join(', ')}, or put the words into templates/strings/${lang}.ts`,
  }),
);

export const cardNoFont = define(
  'og/no-font',
  'warning',
  '`og.images` draws the title of each note on a picture, with the fonts of the machine that builds. This one has none with Chinese letters, so notes with a Chinese title get the picture of the site instead of one with boxes on it.',
  (notes: number) => ({
    message: `no font with Chinese letters was found: ${notes === 1 ? 'one note gets' : `${notes} notes get`} the site’s picture instead of their own`,
    hint: 'install one, for example: sudo apt-get install fonts-noto-cjk',
  }),
);
