/** Messages about links and embeds. */

import { define } from './define.ts';
import { didYouMean } from './words.ts';

export const linkMissing = define(
  'link/missing',
  'warning',
  'A link names a note that does not exist (or is not published). The page shows its text, marked as missing, without a dead link.',
  (target: string, near: string[], unpublished: boolean) => ({
    message: `no note is called “${target}”`,
    hint: unpublished
      ? 'a note of that name is there, but not published; --drafts shows drafts'
      : didYouMean(near),
  }),
);

export const translationMissing = define(
  'link/translation',
  'warning',
  '`translationOf` names the note of which this one is a translation: by slug, file name or title. No published note is called so, or several are; the page stands for itself.',
  (target: string, near: string[]) => ({
    message: `no one note is called “${target}”, of which this is to be a translation`,
    hint: didYouMean(near),
  }),
);

export const translationSame = define(
  'link/translation-same',
  'warning',
  '`translationOf` ties notes in different languages. This one names itself, or a text that is there in its language already, so that nobody could say which of the two stands for it. Set `lang` in one of them.',
  (target: string, lang: string, itself: boolean) => ({
    message: itself ? `the note names itself as its translation` : `“${target}” is there in ${lang} already`,
    hint: itself
      ? 'name the other note, or take the line out'
      : 'set `lang` in the front matter of one of them',
  }),
);

export const linkAmbiguous = define(
  'link/ambiguous',
  'warning',
  'A link names more than one note. The page shows its text without a link until the link says which.',
  (target: string, candidates: string[]) => ({
    message: `“${target}” could be ${candidates.join(' or ')}`,
    hint: 'write a longer path, such as [[folder/name]]',
  }),
);

export const fragmentMissing = define(
  'link/fragment',
  'warning',
  'A link goes to a heading, block or label that its note does not have. The page links to the note instead.',
  (fragment: string, note: string, near: string[]) => ({
    message: `“${note}” has no heading, block or label “${fragment}”`,
    hint: didYouMean(near),
  }),
);

export const fileMissing = define(
  'link/file',
  'warning',
  'A link or an image names a file that is not in `posts/` or `public/`.',
  (target: string, near: string[]) => ({ message: `no such file: “${target}”`, hint: didYouMean(near) }),
);

export const outsideSite = define(
  'link/outside',
  'error',
  'A link or an image leads out of the site’s folder. Postil reads and publishes nothing from outside.',
  (target: string) => ({ message: `“${target}” leads out of the site`, hint: 'copy the file into posts/' }),
);

export const imageRemote = define(
  'image/remote',
  'warning',
  'An image comes from another host: it can vanish, and it tells that host who reads the page.',
  (target: string) => ({
    message: `the image “${target}” comes from another host`,
    hint: 'save it beside the note',
  }),
);

export const mediaRemote = define(
  'media/remote',
  'warning',
  'A sound or a video comes from another host: it can vanish, and it tells that host who reads the page.',
  (target: string) => ({
    message: `“${target}” is played from another host`,
    hint: 'save the file beside the note, or link to the page that shows it',
  }),
);

export const mediaPage = define(
  'media/page',
  'warning',
  'An image names the page of a film or of a post on another host (YouTube, Vimeo, bilibili, X), which other tools show in a frame. A page fetches nothing from other hosts by itself, so that is a link.',
  (target: string) => ({
    message: `“${target}” is a page and no picture: it is shown as a link`,
    hint: 'write a link, [text](address), or put the film beside the note',
  }),
);

export const mediaFormat = define(
  'media/format',
  'warning',
  'A note shows a file that browsers can neither show nor play, by its name. Written as an image it becomes a link to the file.',
  (target: string) => ({
    message: `browsers cannot show or play “${target}”`,
    hint: 'convert it (PNG, JPEG, WebP, SVG; MP3, WAV; MP4, WebM), or write a link: [text](file)',
  }),
);

export const unsafeUrl = define(
  'html/unsafe-url',
  'warning',
  'A link or an image has an address of a kind that is not allowed (such as `javascript:` or `data:`). The address was removed. Allowed are http, https, mailto and addresses on the site.',
  (target: string) => ({
    message: `the address “${target}” is not allowed and was removed`,
    hint: /^data:image\//i.test(target)
      ? 'save the picture as a file beside the note, and name that'
      : 'write one of http, https or mailto, or a path on the site',
  }),
);

export const embedCycle = define(
  'embed/cycle',
  'warning',
  'Notes embed each other in a circle, so that the page would never end. The embed that closes the circle is printed as a link.',
  (chain: string[]) => ({
    message: `this embed closes a circle: ${chain.join(' → ')}`,
    hint: 'embed a section or block instead (![[note#section]]), or link to the note',
  }),
);

export const embedTooMany = define(
  'embed/too-many',
  'warning',
  'A page embeds very many pieces, counting those inside what it embeds. The rest are printed as links.',
  (most: number) => ({
    message: `this page embeds more than ${most} pieces of notes; the rest are links`,
    hint: undefined,
  }),
);
