/** Messages that only `postil check` gives. */

import { define } from './define.ts';

export const noteOrphan = define(
  'note/orphan',
  'warning',
  'No other note links to this one, embeds it or cites its paper, so that readers meet it only in lists.',
  () => ({
    message: 'no other note leads here',
    hint: 'link to it from a note on something near, or see what “postil check --mentions” offers',
  }),
);

export const labelUnused = define(
  'label/unused',
  'warning',
  'A label was given and nothing refers to it. It costs nothing, but may be a reference with a slip in it.',
  (name: string) => ({ message: `nothing refers to the label “${name}”`, hint: undefined }),
);

export const bibliographyUnused = define(
  'bibliography/unused',
  'warning',
  'An entry of the bibliography is cited by no note, and no note reads it.',
  (key: string) => ({ message: `no note cites “${key}”`, hint: undefined }),
);

export const tagSpelling = define(
  'tag/spelling',
  'warning',
  'Two tags differ only in case, width, hyphens or blanks: they are probably one tag, and have two pages, or one address, which is an error (`url/group-duplicate`). `postil check --fix` spells them as most notes do.',
  (tag: string, usual: string) => ({
    message: `the tag “${tag}” is elsewhere spelt “${usual}”`,
    hint: `write “${usual}”`,
    fix: usual,
  }),
);

export const mentionUnlinked = define(
  'link/mention',
  'warning',
  'The text names another note without a link to it. Readers of that note see it under 提及; a link would be found by readers of this one too.',
  (name: string, title: string, link: string) => ({
    message: `“${name}” is what “${title}” is about, and is not linked`,
    hint: `write ${link}`,
    fix: link,
  }),
);

export const linkDead = define(
  'link/dead',
  'warning',
  'A link to another host leads nowhere. Only `postil check --external` asks; a build never touches the network.',
  (url: string, problem: string) => ({
    message: `${url}: ${problem}`,
    hint: 'correct the address, or link to a copy in an archive',
  }),
);

export const draftStale = define(
  'note/stale-draft',
  'warning',
  'A draft that nobody has touched for half a year: finish it, or take it out.',
  (day: string) => ({ message: `a draft since ${day}`, hint: 'publish it, or delete it' }),
);

export const fileUnused = define(
  'file/unused',
  'warning',
  'A file below `posts/` that no published note shows or links to. It is not copied to the site.',
  () => ({ message: 'no note uses this file', hint: 'delete it, or link to it' }),
);
